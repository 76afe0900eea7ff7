/** Threads and connections by replica: taken, given back, and waited for in turn. */
import { type Engine, event } from './engine.ts';
import { ENTERED, GROUP, NEXT, THREAD } from './operations.ts';
import type { Program } from './program.ts';
import { GROUP_SIZE } from './queues.ts';
import { HELD, HOLDER_SIZE, HOLDER_WAIT, layoutOf, TAKEN } from './tally.ts';

/** All units of all limits. */
export class Places {
  /** Places in use, by unit. */
  readonly used: Int32Array;
  private readonly program: Program;
  private readonly counters: number;
  private readonly places: Int32Array;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;

  constructor(program: Program) {
    const { places } = program.holders;
    this.program = program;
    this.counters = layoutOf(program).holders;
    this.places = Int32Array.from(places);
    this.used = new Int32Array(places.length);
    this.head = new Int32Array(places.length).fill(-1);
    this.tail = new Int32Array(places.length).fill(-1);
  }

  /** The unit of a limit that somebody at a group of its station uses. */
  unitOf(holder: number, group: number): number {
    const { first, units, firstGroup } = this.program.holders.all[holder]!;
    return units === 1 ? first : first + (group / GROUP_SIZE - firstGroup);
  }

  /** Takes a thread for an operation that arrives, or lets it wait for one. */
  takeThread(engine: Engine, op: number, station: number): boolean {
    const { ops } = engine;
    const unit = this.unitOf(this.program.holders.ofStation[station]!, ops.ints[op + GROUP]!);
    ops.times[(op >> 2) + ENTERED] = engine.now;
    if (!this.take(engine, unit, op)) return false;
    ops.ints[op + THREAD] = unit;
    return true;
  }

  /** Gives an operation's thread to who has waited longest for one. */
  giveThread(engine: Engine, op: number): void {
    const { ops } = engine;
    const unit = ops.ints[op + THREAD]!;
    ops.ints[op + THREAD] = -1;
    const next = this.give(engine, unit);
    if (next < 0) return;
    this.waited(engine, unit, next);
    ops.ints[next + THREAD] = unit;
    // Not at once: those who are turned away at once would give it back on top of each other.
    engine.schedule(0, event.enters, next);
  }

  /** Takes a place, or waits in turn; what waits has its beginning in `entered`. */
  take(engine: Engine, unit: number, op: number): boolean {
    const { tally, ops } = engine;
    if (this.used[unit]! < this.places[unit]!) {
      this.used[unit]! += 1;
      tally.values[this.at(unit) + TAKEN]! += 1;
      tally.values[this.at(unit) + HELD]! -= engine.now;
      return true;
    }
    ops.ints[op + NEXT] = -1;
    if (this.head[unit]! < 0) this.head[unit] = op;
    else ops.ints[this.tail[unit]! + NEXT] = op;
    this.tail[unit] = op;
    return false;
  }

  /** Gives a place back; who gets it, or -1. */
  give(engine: Engine, unit: number): number {
    const next = this.head[unit]!;
    if (next >= 0) {
      this.head[unit] = engine.ops.ints[next + NEXT]!;
      return next;
    }
    this.used[unit]! -= 1;
    engine.tally.values[this.at(unit) + HELD]! += engine.now;
    return -1;
  }

  /** Counts the wait of one that gets its place now. */
  waited(engine: Engine, unit: number, op: number): void {
    const { tally, ops, now } = engine;
    tally.values[this.at(unit) + TAKEN]! += 1;
    tally.values[this.at(unit) + HOLDER_WAIT]! += now - ops.times[(op >> 2) + ENTERED]!;
  }

  /** Where the counters of a unit's limit are. */
  private at(unit: number): number {
    return this.counters + this.program.holders.owner[unit]! * HOLDER_SIZE;
  }
}
