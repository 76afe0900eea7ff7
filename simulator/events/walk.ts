/** What an operation asks of others once it is served: its calls in turn, at the same time, or without waiting. */
import { type Engine, event } from './engine.ts';
import { BEGAN, CONNECTION, CURSOR, LEFT, NODE, PENDING, ROLE, role } from './operations.ts';
import { DUTIES, END, type Program, STATION } from './program.ts';
import { UNIT } from './random.ts';
import {
  EDGE,
  FRACTION,
  FROM,
  KIND,
  ROUND_TRIP,
  SHARE,
  SPECIAL,
  STEP,
  step,
  TARGET,
  TO,
  UNTIL,
  WHOLE,
} from './steps.ts';

/** Goes through the steps of operations. */
export class Walk {
  private readonly engine: Engine;
  private readonly program: Program;

  constructor(engine: Engine) {
    this.engine = engine;
    this.program = engine.program;
  }

  /** Makes the calls of an operation, until it has to wait for one or has made all. */
  proceed(op: number): void {
    const { ints } = this.engine.ops;
    const { ints: code, reals } = this.program;
    const node = ints[op + NODE]!;
    const end = code[node + END]!;
    for (let at = ints[op + CURSOR]!; at < end; at += STEP) {
      const from = code[at + FROM]!;
      const kind = code[at + KIND]!;
      if (kind === step.call) {
        const known = ints[op + LEFT]!;
        const left = known >= 0 ? known : this.times(from, node);
        if (left === 0) continue;
        this.call(op, from, at, end, left - 1);
        return;
      }
      if (kind === step.choose || (kind === step.miss && this.bits(node) * UNIT < reals[at + SHARE]!)) {
        this.call(op, this.oneOf(at, node), at, end, 0);
        return;
      }
      if (kind === step.together && this.callTogether(op, at, node)) return;
      if (kind === step.publish || kind === step.chooseToPublish || kind === step.static)
        this.publishAll(at, kind, node);
    }
    this.engine.complete(op);
  }

  /**
   * A call, with so many more to come in its step. The last one of an operation that holds nothing takes its place: whoever waits for it waits for
   * the call.
   */
  private call(op: number, edge: number, at: number, end: number, more: number): void {
    const { ops, patience } = this.engine;
    const { ints } = ops;
    const { ints: code } = this.program;
    const next = more > 0 ? at : at + STEP;
    ints[op + CURSOR] = next;
    ints[op + LEFT] = more > 0 ? more : -1;
    ints[op + PENDING] = 1;
    if (code[edge + SPECIAL] === 1) {
      patience.call(op, edge);
      return;
    }
    const holds = code[ints[op + NODE]! + DUTIES] !== 0 || ints[op + CONNECTION]! >= 0 || ints[op + ROLE]! > role.call;
    if (next < end || holds) this.send(ops.take(code[edge + TARGET]!, role.call, op), edge);
    else this.replace(op, edge);
  }

  private replace(op: number, edge: number): void {
    const { ops } = this.engine;
    const { ints } = ops;
    // The record stays, so that it can be found by whoever waits for it.
    ints[op + NODE] = this.program.ints[edge + TARGET]!;
    this.send(op, edge);
  }

  private send(op: number, edge: number): void {
    const delay = this.program.reals[edge + ROUND_TRIP]!;
    if (delay > 0) this.engine.schedule(delay, event.arrives, op);
    else this.engine.arrive(op);
  }

  /** Calls along several edges at once; false if there are none. */
  private callTogether(op: number, at: number, node: number): boolean {
    const { ops, patience } = this.engine;
    const { ints: code } = this.program;
    const counts: number[] = [];
    let all = 0;
    for (let edge = code[at + FROM]!; edge < code[at + TO]!; edge += EDGE) {
      const times = this.times(edge, node);
      counts.push(times);
      all += times;
    }
    if (all === 0) return false;
    ops.ints[op + CURSOR] = at + STEP;
    ops.ints[op + LEFT] = -1;
    ops.ints[op + PENDING] = all;
    for (const [i, times] of counts.entries()) {
      const edge = code[at + FROM]! + i * EDGE;
      for (let left = times; left > 0; left--)
        if (code[edge + SPECIAL] === 1) patience.call(op, edge);
        else this.send(ops.take(code[edge + TARGET]!, role.call, op), edge);
    }
    return true;
  }

  /** What nobody waits for, and the files that users ask for beside their request. */
  private publishAll(at: number, kind: number, node: number): void {
    const edge = kind === step.chooseToPublish ? this.oneOf(at, node) : this.program.ints[at + FROM]!;
    const as = kind === step.static ? role.file : role.detached;
    for (let left = kind === step.chooseToPublish ? 1 : this.times(edge, node); left > 0; left--)
      this.publish(edge, as);
  }

  private publish(edge: number, as: number): void {
    const { ops, now, patience, sources } = this.engine;
    const { ints: code } = this.program;
    const op = ops.take(code[edge + TARGET]!, as, -1);
    ops.times[(op >> 2) + BEGAN] = now;
    if (as === role.file) sources.entered(sources.files);
    if (code[edge + SPECIAL] === 1) patience.publish(op, edge);
    else this.send(op, edge);
  }

  /** How many calls an operation makes along an edge: the whole part always, the fraction as a chance of one more. */
  private times(edge: number, node: number): number {
    const more = this.program.reals[edge + FRACTION]!;
    return this.program.ints[edge + WHOLE]! + (more > 0 && this.bits(node) * UNIT < more ? 1 : 0);
  }

  private oneOf(at: number, node: number): number {
    const { ints, reals } = this.program;
    let edge = ints[at + FROM]!;
    const last = ints[at + TO]! - EDGE;
    if (edge === last) return edge;
    const chance = this.bits(node) * UNIT;
    while (edge < last && chance >= reals[edge + UNTIL]!) edge += EDGE;
    return edge;
  }

  /** Random bits for what a node's station chooses. */
  private bits(node: number): number {
    return this.engine.random.bits(this.program.ints[node + STATION]! * 2 + 1);
  }
}
