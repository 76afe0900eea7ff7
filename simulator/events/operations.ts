/**
 * Operations under way, as records in two tables with a list of the free ones: nothing is allocated for each of them. An operation is the place
 * where its record begins.
 */

/** What becomes of an operation when it is done. */
export const role = {
  /** A request of the users. */
  request: 0,
  /** A static file that users ask for beside a request. */
  file: 1,
  /** Somebody waits for it. */
  call: 2,
  /** Somebody waits for it, but not for ever. */
  attempt: 3,
  /** Nobody waits for it, or no more. */
  detached: 4,
  /** One shard's part of an operation. */
  part: 5,
  /** A write that is applied by a copy. */
  apply: 6,
  /** Not an operation but a call with its attempts. */
  patient: 7,
} as const;

/** Whole numbers of a record: what it does at which node, and what becomes of it. */
export const NODE = 0;
export const ROLE = 1;
/** Who waits for it; -1 if nobody. */
export const PARENT = 2;
/** The next step; of a call with attempts, how many have failed. */
export const CURSOR = 3;
/** Calls left in this step, -1 before the first; of a call with attempts, its edge. */
export const LEFT = 4;
/** Calls that it waits for. */
export const PENDING = 5;
export const GROUP = 6;
/** 1 once something that it needs has failed. */
export const FAILED = 7;
/** The thread that it holds, -1 without. */
export const THREAD = 8;
/** The connection that it came by, -1 without. */
export const CONNECTION = 9;
/** The edge with the time limit that it came by, -1 without. */
export const LIMIT = 10;
/** The next one in a queue, or of those that are free. */
export const NEXT = 11;
/** Neighbours among the time limits. */
export const BEFORE = 12;
export const AFTER = 13;

/** Times of a record, which begin at a quarter of its place: when it began, and when it began to wait for a server. */
export const BEGAN = 0;
export const ENTERED = 1;
/** Where servers are shared: work that is left, and all of it. */
export const WORK = 2;
export const DEMAND = 3;

/** Room for one record. */
const SIZE = 16;

/** The records. The tables are replaced when there is no room: who takes a record has to read them again. */
export class Operations {
  /** Records in use. */
  live = 0;
  ints = new Int32Array(1024 * SIZE);
  times = new Float64Array(1024 * (SIZE / 4));
  private free = 0;

  constructor() {
    this.link(0);
  }

  /** A new operation. What is not set here has to be set before it is read. */
  take(node: number, roleOf: number, parent: number): number {
    if (this.free < 0) this.grow();
    const { ints } = this;
    const op = this.free;
    this.free = ints[op + NEXT]!;
    this.live++;
    ints[op + NODE] = node;
    ints[op + ROLE] = roleOf;
    ints[op + PARENT] = parent;
    ints[op + FAILED] = 0;
    ints[op + THREAD] = -1;
    ints[op + CONNECTION] = -1;
    ints[op + LIMIT] = -1;
    return op;
  }

  release(op: number): void {
    this.ints[op + NEXT] = this.free;
    this.free = op;
    this.live--;
  }

  private link(from: number): void {
    const { ints } = this;
    for (let op = from; op < ints.length; op += SIZE) ints[op + NEXT] = op + SIZE < ints.length ? op + SIZE : -1;
    this.free = from;
  }

  private grow(): void {
    const from = this.ints.length;
    const ints = new Int32Array(from * 2);
    const times = new Float64Array(this.times.length * 2);
    ints.set(this.ints);
    times.set(this.times);
    this.ints = ints;
    this.times = times;
    this.link(from);
  }
}
