/** Threads and connections by replica: taken, given back, and waited for in turn. */
import { type Engine, event } from './engine.ts';
import type { Program } from './program.ts';

/** All units of all limits. */
export class Places {
  /** Places in use, by unit. */
  readonly used: Int32Array;
  private readonly program: Program;
  private readonly places: Int32Array;
  private readonly head: Int32Array;
  private readonly tail: Int32Array;

  constructor(program: Program) {
    const { places } = program.holders;
    this.program = program;
    this.places = Int32Array.from(places);
    this.used = new Int32Array(places.length);
    this.head = new Int32Array(places.length).fill(-1);
    this.tail = new Int32Array(places.length).fill(-1);
  }

  /** The unit of a limit that somebody at a group of its station uses. */
  unitOf(holder: number, group: number): number {
    const { first, units, firstGroup } = this.program.holders.all[holder]!;
    return units === 1 ? first : first + (group - firstGroup);
  }

  /** Takes a thread for an operation that arrives, or lets it wait for one. */
  takeThread(engine: Engine, op: number, station: number): boolean {
    const { ops } = engine;
    const unit = this.unitOf(this.program.holders.ofStation[station]!, ops.group[op]!);
    ops.entered[op] = engine.now;
    if (!this.take(engine, unit, op)) return false;
    ops.thread[op] = unit;
    return true;
  }

  /** Gives an operation's thread to who has waited longest for one. */
  giveThread(engine: Engine, op: number): void {
    const { ops } = engine;
    const unit = ops.thread[op]!;
    ops.thread[op] = -1;
    const next = this.give(engine, unit);
    if (next < 0) return;
    this.waited(engine, unit, next);
    ops.thread[next] = unit;
    // Not at once: those who are turned away at once would give it back on top of each other.
    engine.schedule(0, event.enters, next);
  }

  /** Takes a place, or waits in turn; what waits has its beginning in `entered`. */
  take(engine: Engine, unit: number, op: number): boolean {
    const { tally, ops } = engine;
    const owner = this.program.holders.owner[unit]!;
    if (this.used[unit]! < this.places[unit]!) {
      this.used[unit]! += 1;
      tally.taken[owner]! += 1;
      tally.held[owner]! -= engine.now;
      return true;
    }
    ops.next[op] = -1;
    if (this.head[unit]! < 0) this.head[unit] = op;
    else ops.next[this.tail[unit]!] = op;
    this.tail[unit] = op;
    return false;
  }

  /** Gives a place back; who gets it, or -1. */
  give(engine: Engine, unit: number): number {
    const next = this.head[unit]!;
    if (next >= 0) {
      this.head[unit] = engine.ops.next[next]!;
      return next;
    }
    this.used[unit]! -= 1;
    engine.tally.held[this.program.holders.owner[unit]!]! += engine.now;
    return -1;
  }

  /** Counts the wait of one that gets its place now. */
  waited(engine: Engine, unit: number, op: number): void {
    const owner = this.program.holders.owner[unit]!;
    engine.tally.taken[owner]! += 1;
    engine.tally.holderWait[owner]! += engine.now - engine.ops.entered[op]!;
  }
}
