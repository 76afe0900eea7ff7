/**
 * Calls that need more than to be made: a connection of a pool, a limit of the rate, a time limit, retries. What has a time limit or retries is a
 * record of its own between the caller and the attempts. Who gives up is no longer waiting, but the work is done all the same.
 * Time limits of one connection expire in the order in which they began, so a list and one event are enough for all of them.
 */
import { type Engine, EVENT_STEP, event } from './engine.ts';
import {
  AFTER,
  BEFORE,
  BEGAN,
  CONNECTION,
  CURSOR,
  ENTERED,
  FAILED,
  GROUP,
  LEFT,
  LIMIT,
  NODE,
  PARENT,
  ROLE,
  role,
} from './operations.ts';
import { type Program, STATION } from './program.ts';
import { LINK, ROUND_TRIP, TARGET, TRANSFER } from './steps.ts';
import { ATTEMPTS, CALLS, FAILURES, LINK_SIZE } from './tally.ts';
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
    const { ints: code } = this.program;
    const node = code[edge + TARGET]!;
    if (this.linkOf(edge).patience === undefined) {
      const op = ops.take(node, role.call, caller);
      this.connect(op, caller, edge);
      return;
    }
    const call = ops.take(node, role.patient, caller);
    ops.ints[call + CURSOR] = 0;
    ops.ints[call + LEFT] = edge;
    this.count(code[edge + LINK]!, CALLS);
    this.attempt(call);
  }

  /** Something is published along a special edge: only the limit of its rate matters. */
  publish(op: number, edge: number): void {
    const { engine, program } = this;
    if (!this.buckets.take(program.ints[edge + LINK]!, engine.now)) engine.ops.release(op);
    else engine.schedule(this.wayOf(edge), event.arrives, op);
  }

  /** The next attempt of a call. */
  attempt(call: number): void {
    const { engine } = this;
    const { ops } = engine;
    const edge = ops.ints[call + LEFT]!;
    const link = this.program.ints[edge + LINK]!;
    const op = ops.take(ops.ints[call + NODE]!, role.attempt, call);
    this.count(link, ATTEMPTS);
    if (Number.isFinite(this.timeouts[link]!)) this.limit(op, edge, link);
    this.connect(op, ops.ints[call + PARENT]!, edge);
  }

  /** An attempt is over before its time is. */
  attempted(op: number): void {
    const { ops } = this.engine;
    if (ops.ints[op + LIMIT]! >= 0) this.unlimit(op);
    this.ended(ops.ints[op + PARENT]!, ops.ints[op + FAILED] === 1);
  }

  /** The time of the oldest attempt along a link may be over. */
  expire(link: number): void {
    const { engine } = this;
    const { ops } = engine;
    this.armed[link] = 0;
    for (let op = this.first[link]!; op >= 0; op = this.first[link]!) {
      const left = ops.times[(op >> 2) + BEGAN]! + this.timeouts[link]! - engine.now;
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
    const unit = ops.ints[op + CONNECTION]!;
    ops.ints[op + CONNECTION] = -1;
    for (;;) {
      const next = places.give(engine, unit);
      if (next < 0) return;
      if (ops.ints[next + ROLE] !== role.detached) {
        places.waited(engine, unit, next);
        ops.ints[next + CONNECTION] = unit;
        // Not at once: those who are turned away at once would give it back on top of each other.
        this.launch(next, ops.ints[next + LEFT]!, false);
        return;
      }
      // It has given up while it waited: its turn goes to the next one.
      ops.release(next);
    }
  }

  /** Round trip and transfer. */
  private wayOf(edge: number): number {
    const { ints, reals } = this.program;
    const transfer = reals[edge + TRANSFER]!;
    if (transfer === 0) return reals[edge + ROUND_TRIP]!;
    const station = ints[ints[edge + TARGET]! + STATION]!;
    const shape = this.program.transferShape[ints[edge + LINK]!]!;
    return reals[edge + ROUND_TRIP]! + transfer * this.engine.random.gamma(station * 2 + 1, shape);
  }

  private count(link: number, counter: number): void {
    const { values, layout } = this.engine.tally;
    values[layout.links + link * LINK_SIZE + counter]! += 1;
  }

  private linkOf(edge: number) {
    return this.program.state.network.connections[this.program.ints[edge + LINK]!]!;
  }

  /** Takes a connection where that is needed, or waits for one. */
  private connect(op: number, caller: number, edge: number): void {
    const { engine, program } = this;
    const { ops, places } = engine;
    const holder = program.holders.ofLink[program.ints[edge + LINK]!]!;
    if (holder < 0) {
      this.launch(op, edge, true);
      return;
    }
    const unit = places.unitOf(holder, ops.ints[caller + GROUP]!);
    ops.ints[op + LEFT] = edge;
    ops.times[(op >> 2) + ENTERED] = engine.now;
    if (!places.take(engine, unit, op)) return;
    ops.ints[op + CONNECTION] = unit;
    this.launch(op, edge, true);
  }

  /** Sends it on its way, or turns it away. */
  private launch(op: number, edge: number, atOnce: boolean): void {
    const { engine, program } = this;
    const { ints } = program;
    const delay = this.wayOf(edge);
    if (!this.buckets.take(ints[edge + LINK]!, engine.now)) engine.schedule(delay, event.turnedAway, op);
    else if (delay > 0 || !atOnce) engine.schedule(delay, event.arrives, op);
    else engine.arrive(op);
  }

  private ended(call: number, failed: boolean): void {
    const { engine } = this;
    const { ops } = engine;
    const edge = ops.ints[call + LEFT]!;
    const link = this.program.ints[edge + LINK]!;
    const { patience, fallback } = this.linkOf(edge);
    const failures = ops.ints[call + CURSOR]!;
    this.remember(link, failed);
    if (failed && failures < patience!.pauses.length && !(patience!.breaker && this.isOpen(link))) {
      ops.ints[call + CURSOR] = failures + 1;
      engine.schedule(this.pause(patience!.pauses[failures]!, patience!.isJittered, call), event.tries, call);
      return;
    }
    if (failed) this.count(link, FAILURES);
    const excused = fallback && Number.isFinite(patience!.timeout);
    const over = engine.answerTo(ops.ints[call + PARENT]!, failed && !excused ? 1 : 0);
    ops.release(call);
    if (over >= 0) engine.wake(over);
  }

  private pause(mean: number, jittered: boolean, call: number): number {
    const station = this.program.ints[this.engine.ops.ints[call + NODE]! + STATION]!;
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
    const call = ops.ints[op + PARENT]!;
    ops.ints[op + ROLE] = role.detached;
    ops.ints[op + PARENT] = -1;
    if (ops.ints[op + CONNECTION]! >= 0) this.giveBack(op);
    this.ended(call, true);
  }

  /** Appends an attempt to those whose time runs. */
  private limit(op: number, edge: number, link: number): void {
    const { engine } = this;
    const { ops } = engine;
    ops.ints[op + LIMIT] = edge;
    ops.times[(op >> 2) + BEGAN] = engine.now;
    ops.ints[op + AFTER] = -1;
    ops.ints[op + BEFORE] = this.last[link]!;
    if (this.last[link]! >= 0) ops.ints[this.last[link]! + AFTER] = op;
    else this.first[link] = op;
    this.last[link] = op;
    if (this.armed[link] === 0) this.arm(link, this.timeouts[link]!);
  }

  private arm(link: number, delay: number): void {
    this.armed[link] = 1;
    this.engine.schedule(delay, event.expires, link * EVENT_STEP);
  }

  private unlimit(op: number): void {
    const { ops } = this.engine;
    const link = this.program.ints[ops.ints[op + LIMIT]! + LINK]!;
    const before = ops.ints[op + BEFORE]!;
    const after = ops.ints[op + AFTER]!;
    if (before >= 0) ops.ints[before + AFTER] = after;
    else this.first[link] = after;
    if (after >= 0) ops.ints[after + BEFORE] = before;
    else this.last[link] = before;
    ops.ints[op + LIMIT] = -1;
  }
}
