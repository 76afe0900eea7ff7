/** Operations under way, as records by index with a list of the free ones: nothing is allocated for each of them. */

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

/** Tables of operations; a record that is free is in the list that `take` takes from. */
export class Operations {
  capacity = 1024;
  /** Records in use. */
  live = 0;
  node = new Int32Array(1024);
  role = new Uint8Array(1024);
  /** Who waits for it; -1 if nobody. */
  parent = new Int32Array(1024);
  /** The next step; of a call with attempts, how many have failed. */
  cursor = new Int32Array(1024);
  /** Calls left in this step, -1 before the first; of a call with attempts, its edge. */
  left = new Int32Array(1024);
  /** Calls that it waits for. */
  pending = new Int32Array(1024);
  group = new Int32Array(1024);
  /** 1 once something that it needs has failed. */
  failed = new Uint8Array(1024);
  /** The thread that it holds, -1 without. */
  thread = new Int32Array(1024);
  /** The connection that it came by, -1 without. */
  connection = new Int32Array(1024);
  /** The edge with the time limit that it came by, -1 without. */
  limit = new Int32Array(1024);
  /** Neighbours in a queue, and among the time limits. */
  next = new Int32Array(1024);
  before = new Int32Array(1024);
  after = new Int32Array(1024);
  /** When it began, and when it began to wait for a server. */
  began = new Float64Array(1024);
  entered = new Float64Array(1024);
  private free = 0;

  constructor() {
    this.link(0, 1024);
  }

  /** A new operation. What is not set here has to be set before it is read. */
  take(node: number, roleOf: number, parent: number): number {
    if (this.free < 0) this.grow();
    const op = this.free;
    this.free = this.next[op]!;
    this.live++;
    this.node[op] = node;
    this.role[op] = roleOf;
    this.parent[op] = parent;
    this.failed[op] = 0;
    this.thread[op] = -1;
    this.connection[op] = -1;
    this.limit[op] = -1;
    return op;
  }

  release(op: number): void {
    this.next[op] = this.free;
    this.free = op;
    this.live--;
  }

  private link(from: number, to: number): void {
    for (let op = from; op < to; op++) this.next[op] = op + 1 < to ? op + 1 : -1;
    this.free = from;
  }

  private grow(): void {
    const from = this.capacity;
    this.capacity = from * 2;
    this.node = larger(this.node, this.capacity);
    this.parent = larger(this.parent, this.capacity);
    this.cursor = larger(this.cursor, this.capacity);
    this.left = larger(this.left, this.capacity);
    this.pending = larger(this.pending, this.capacity);
    this.group = larger(this.group, this.capacity);
    this.thread = larger(this.thread, this.capacity);
    this.connection = larger(this.connection, this.capacity);
    this.limit = larger(this.limit, this.capacity);
    this.next = larger(this.next, this.capacity);
    this.before = larger(this.before, this.capacity);
    this.after = larger(this.after, this.capacity);
    this.role = largerBytes(this.role, this.capacity);
    this.failed = largerBytes(this.failed, this.capacity);
    this.began = largerTimes(this.began, this.capacity);
    this.entered = largerTimes(this.entered, this.capacity);
    this.link(from, this.capacity);
  }
}

function larger(old: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(capacity);
  table.set(old);
  return table;
}

function largerBytes(old: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(capacity);
  table.set(old);
  return table;
}

function largerTimes(old: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const table = new Float64Array(capacity);
  table.set(old);
  return table;
}
