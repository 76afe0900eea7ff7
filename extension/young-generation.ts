/**
 * How much memory V8 takes for objects that have just been made. Node 24 lets it grow to 128 MiB, and a server that makes a large model
 * anew with each edit gets there. It does not become faster by that beyond 16 MiB: with 1,000 components and 60 edits, 79 ms of processor
 * time an edit and 384 MiB in all become 75 ms and 290 MiB. How large it may become can be set only on the command line of
 * Node, which belongs to the client; but by how much it grows is looked up whenever it grows.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes; both halves together. */
const ENOUGH = 16 * 2 ** 20;
/** Arrays of this many numbers, so that it grows while they are made, and how many at most; a few milliseconds. */
const LENGTH = 4096;
const MOST = 400;
/** Arrays between two looks at the size. */
const LOOK = 16;

/** From now on it does not grow beyond what is enough. */
export function limitYoungGeneration(): void {
  const kept: number[][] = [];
  while (kept.length < MOST && (kept.length % LOOK !== 0 || size() < ENOUGH)) kept.push(new Array(LENGTH).fill(0));
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Does something with the flags that Node has by itself: V8 takes compiled code only from a run with the same. */
export function withoutLimit(run: () => void): void {
  setFlagsFromString('--semi-space-growth-factor=2');
  run();
  setFlagsFromString('--semi-space-growth-factor=1');
}

function size(): number {
  return getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? ENOUGH;
}
