/**
 * Calls that need more than to be made: a connection of a pool, a limit of the rate, a time limit, retries. What has a time limit or retries is a
 * record of its own between the caller and the attempts. Who gives up is no longer waiting, but the work is done all the same.
 * Time limits of one connection expire in the order in which they began, so a list and one event are enough for all of them.
 */
import { type Engine, event } from './engine.ts';
import { role } from './operations.ts';
import type { Program } from './program.ts';
import { TokenBuckets } from './token-buckets.ts';

/** A breaker looks back at so many attempts (Resilience4j's defaults) and opens when half of them fail. */
const WINDOW = 100;
const BREAKS_AT = 0.5;
/** Relative error of a sum of two times. */
const ROUNDING = 1e-15;

/** The calls along special edges. */
export class Patience {
  private readonly engine: Engine;
  private readonly program: Program;
  private readonly buckets: TokenBuckets;
  /** By link: the attempt whose time is over first, and last. */
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  /** By link: seconds, and 1 where an event for the first of them is to come. */
  private readonly timeouts: Float64Array;
  private readonly armed: Uint8Array;
  /** By link: the last attempts, 1 where they failed; how many there were, and how many of these failed. */
  private readonly outcomes: Uint8Array;
  private readonly seen: Int32Array;
  private readonly failing: Int32Array;

  constructor(engine: Engine, program: Program) {
    const { connections } = program.state.network;
    this.engine = engine;
    this.program = program;
    this.buckets = new TokenBuckets(
      Float64Array.from(connections, ({ rateLimit }) => rateLimit ?? Number.POSITIVE_INFINITY),
    );
    this.timeouts = Float64Array.from(connections, ({ patience }) => patience?.timeout ?? Number.POSITIVE_INFINITY);
    this.armed = new Uint8Array(connections.length);
    this.first = new Int32Array(connections.length).fill(-1);
    this.last = new Int32Array(connections.length).fill(-1);
    this.outcomes = new Uint8Array(connections.length * WINDOW);
    this.seen = new Int32Array(connections.length);
    this.failing = new Int32Array(connections.length);
  }

  /** A call along a special edge; the caller's count of pending calls includes it already. */
  call(caller: number, edge: number): void {
    const { ops } = this.engine;
    const { target, link } = this.program.steps;
    const node = target[edge]!;
    if (this.linkOf(edge).patience === undefined) {
      const op = ops.take(node, role.call, caller);
      this.connect(op, caller, edge);
      return;
    }
    const call = ops.take(node, role.patient, caller);
    ops.cursor[call] = 0;
    ops.left[call] = edge;
    this.engine.tally.calls[link[edge]!]! += 1;
    this.attempt(call);
  }

  /** Something is published along a special edge: only the limit of its rate matters. */
  publish(op: number, edge: number): void {
    const { engine, program } = this;
    if (!this.buckets.take(program.steps.link[edge]!, engine.now)) engine.ops.release(op);
    else engine.schedule(program.steps.roundTrip[edge]!, event.arrives, op);
  }

  /** The next attempt of a call. */
  attempt(call: number): void {
    const { engine } = this;
    const { ops } = engine;
    const edge = ops.left[call]!;
    const link = this.program.steps.link[edge]!;
    const op = ops.take(ops.node[call]!, role.attempt, call);
    engine.tally.attempts[link]! += 1;
    if (Number.isFinite(this.timeouts[link]!)) this.limit(op, edge, link);
    this.connect(op, ops.parent[call]!, edge);
  }

  /** An attempt is over before its time is. */
  attempted(op: number): void {
    const { ops } = this.engine;
    if (ops.limit[op]! >= 0) this.unlimit(op);
    this.ended(ops.parent[op]!, ops.failed[op] === 1);
  }

  /** The time of the oldest attempt along a link may be over. */
  expire(link: number): void {
    const { engine } = this;
    const { ops } = engine;
    this.armed[link] = 0;
    for (let op = this.first[link]!; op >= 0; op = this.first[link]!) {
      const left = ops.began[op]! + this.timeouts[link]! - engine.now;
      if (left > ROUNDING * engine.now) {
        this.arm(link, left);
        return;
      }
      this.unlimit(op);
      this.giveUp(op);
    }
  }

  /** Gives the connection of an operation to who has waited longest for one. */
  giveBack(op: number): void {
    const { engine } = this;
    const { ops, places } = engine;
    const unit = ops.connection[op]!;
    ops.connection[op] = -1;
    for (;;) {
      const next = places.give(engine, unit);
      if (next < 0) return;
      if (ops.role[next] !== role.detached) {
        places.waited(engine, unit, next);
        ops.connection[next] = unit;
        // Not at once: those who are turned away at once would give it back on top of each other.
        this.launch(next, ops.left[next]!, false);
        return;
      }
      // It has given up while it waited: its turn goes to the next one.
      ops.release(next);
    }
  }

  private linkOf(edge: number) {
    return this.program.state.network.connections[this.program.steps.link[edge]!]!;
  }

  /** Takes a connection where that is needed, or waits for one. */
  private connect(op: number, caller: number, edge: number): void {
    const { engine, program } = this;
    const { ops, places } = engine;
    const holder = program.holders.ofLink[program.steps.link[edge]!]!;
    if (holder < 0) {
      this.launch(op, edge, true);
      return;
    }
    const unit = places.unitOf(holder, ops.group[caller]!);
    ops.left[op] = edge;
    ops.entered[op] = engine.now;
    if (!places.take(engine, unit, op)) return;
    ops.connection[op] = unit;
    this.launch(op, edge, true);
  }

  /** Sends it on its way, or turns it away. */
  private launch(op: number, edge: number, atOnce: boolean): void {
    const { engine, program } = this;
    const { roundTrip, link } = program.steps;
    const delay = roundTrip[edge]!;
    if (!this.buckets.take(link[edge]!, engine.now)) engine.schedule(delay, event.turnedAway, op);
    else if (delay > 0 || !atOnce) engine.schedule(delay, event.arrives, op);
    else engine.arrive(op);
  }

  private ended(call: number, failed: boolean): void {
    const { engine } = this;
    const { ops, tally } = engine;
    const edge = ops.left[call]!;
    const link = this.program.steps.link[edge]!;
    const { patience, fallback } = this.linkOf(edge);
    const failures = ops.cursor[call]!;
    this.remember(link, failed);
    if (failed && failures < patience!.pauses.length && !(patience!.breaker && this.isOpen(link))) {
      ops.cursor[call] = failures + 1;
      engine.schedule(this.pause(patience!.pauses[failures]!, patience!.isJittered, call), event.tries, call);
      return;
    }
    if (failed) tally.failures[link]! += 1;
    const excused = fallback && Number.isFinite(patience!.timeout);
    const over = engine.answerTo(ops.parent[call]!, failed && !excused ? 1 : 0);
    ops.release(call);
    if (over >= 0) engine.wake(over);
  }

  private pause(mean: number, jittered: boolean, call: number): number {
    const station = this.program.station[this.engine.ops.node[call]!]!;
    return jittered ? mean * 2 * this.engine.random.uniform(station * 2 + 1) : mean;
  }

  private remember(link: number, failed: boolean): void {
    const at = link * WINDOW + (this.seen[link]! % WINDOW);
    this.failing[link]! += (failed ? 1 : 0) - this.outcomes[at]!;
    this.outcomes[at] = failed ? 1 : 0;
    // Counted on from one window to the next, without end.
    this.seen[link] = this.seen[link]! + 1 < 2 * WINDOW ? this.seen[link]! + 1 : WINDOW;
  }

  private isOpen(link: number): boolean {
    return this.seen[link]! >= WINDOW && this.failing[link]! >= BREAKS_AT * WINDOW;
  }

  /** The caller of an attempt no longer waits for it. */
  private giveUp(op: number): void {
    const { ops } = this.engine;
    const call = ops.parent[op]!;
    ops.role[op] = role.detached;
    ops.parent[op] = -1;
    if (ops.connection[op]! >= 0) this.giveBack(op);
    this.ended(call, true);
  }

  /** Appends an attempt to those whose time runs. */
  private limit(op: number, edge: number, link: number): void {
    const { engine } = this;
    const { ops } = engine;
    ops.limit[op] = edge;
    ops.began[op] = engine.now;
    ops.after[op] = -1;
    ops.before[op] = this.last[link]!;
    if (this.last[link]! >= 0) ops.after[this.last[link]!] = op;
    else this.first[link] = op;
    this.last[link] = op;
    if (this.armed[link] === 0) this.arm(link, this.timeouts[link]!);
  }

  private arm(link: number, delay: number): void {
    this.armed[link] = 1;
    this.engine.schedule(delay, event.expires, link);
  }

  private unlimit(op: number): void {
    const { ops } = this.engine;
    const link = this.program.steps.link[ops.limit[op]!]!;
    const before = ops.before[op]!;
    const after = ops.after[op]!;
    if (before >= 0) ops.after[before] = after;
    else this.first[link] = after;
    if (after >= 0) ops.before[after] = before;
    else this.last[link] = before;
    ops.limit[op] = -1;
  }
}
