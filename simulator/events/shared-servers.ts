/**
 * Servers that do not serve one operation to its end: processor sharing, where all have an equal part of the cores, and priorities that interrupt
 * what is less urgent, which goes on later where it stopped. Whenever somebody comes or goes, the work that is left is brought up to date
 * and the next end is foreseen anew; an event that was foreseen before is then out of date and passes without effect.
 */
import type { Engine } from './engine.ts';
import { EVENT_STEP, event } from './engine.ts';
import { DEMAND, ENTERED, GROUP, NODE, ROLE, role, WORK } from './operations.ts';
import { LEVEL, type Program, STATION } from './program.ts';
import { BUSY, GROUP_SIZE, PART, PLACES, SERVERS } from './queues.ts';
import { INSIDE, STATION_SIZE, WAIT, WAITING } from './tally.ts';

interface SharedGroup {
  readonly group: number;
  readonly servers: number;
  readonly isEven: boolean;
  /** In the order in which they have come, the more urgent before the others where that matters. */
  readonly ops: number[];
  /** When the work left was last brought up to date, and when the next one ends. */
  since: number;
  due: number;
}

/** All groups of servers that are shared. */
export class SharedServers {
  private readonly engine: Engine;
  private readonly program: Program;
  private readonly shared: readonly SharedGroup[];
  /** By number of the group; -1 where one operation is served to its end. */
  private readonly indexes: Int32Array;

  constructor(engine: Engine) {
    const { servers, discipline } = engine.program.servers;
    this.engine = engine;
    this.program = engine.program;
    const shared: SharedGroup[] = [];
    this.indexes = Int32Array.from(discipline, (name, index) => {
      if (name !== 'processorSharing' && name !== 'preemptivePriority') return -1;
      const isEven = name === 'processorSharing';
      shared.push({ group: index * GROUP_SIZE, servers: servers[index]!, isEven, ops: [], since: 0, due: -1 });
      return shared.length - 1;
    });
    this.shared = shared;
  }

  /** True where a group is shared. */
  has(group: number): boolean {
    return group >= 0 && this.indexes[group / GROUP_SIZE]! >= 0;
  }

  /** An operation joins those at its group, or is refused. */
  enter(op: number, node: number, station: number): void {
    const { engine } = this;
    const { ops, queues, tally, now } = engine;
    const group = ops.ints[op + GROUP]!;
    const one = this.shared[this.indexes[group / GROUP_SIZE]!]!;
    if (one.ops.length >= one.servers + queues.groups[group + PLACES]!) {
      engine.refuse(op, station);
      return;
    }
    ops.times[(op >> 2) + ENTERED] = now;
    queues.inside[station]! += 1;
    tally.values[station * STATION_SIZE + INSIDE]! -= now;
    this.join(op, group, engine.serviceTime(node, station));
  }

  /** So much work joins that of a group. */
  join(op: number, group: number, work: number): void {
    const { times } = this.engine.ops;
    const one = this.shared[this.indexes[group / GROUP_SIZE]!]!;
    this.advance(one);
    times[(op >> 2) + WORK] = work;
    times[(op >> 2) + DEMAND] = work;
    one.ops.splice(one.isEven ? one.ops.length : this.placeFor(op, one), 0, op);
    this.foresee(one);
  }

  /** Somebody may be done. */
  end(index: number): void {
    const { engine } = this;
    const one = this.shared[index]!;
    if (engine.now !== one.due) return;
    this.advance(one);
    const at = this.firstToEnd(one);
    const op = one.ops[at]!;
    one.ops.splice(at, 1);
    this.foresee(one);
    this.countWait(op);
    engine.leaveServer(op, engine.ops.ints[op + NODE]!);
  }

  /** Behind everybody who is as urgent. */
  private placeFor(op: number, { ops }: SharedGroup): number {
    const { ints } = this.engine.ops;
    const level = (one: number) => this.program.ints[ints[one + NODE]! + LEVEL]!;
    let at = ops.length;
    while (at > 0 && level(ops[at - 1]!) > level(op)) at--;
    return at;
  }

  /** Takes off the work that was done since the last time. */
  private advance(one: SharedGroup): void {
    const { now, ops } = this.engine;
    const done = (now - one.since) * this.speedOf(one);
    one.since = now;
    const served = one.isEven ? one.ops.length : Math.min(one.ops.length, one.servers);
    for (let i = 0; i < served; i++) ops.times[(one.ops[i]! >> 2) + WORK]! -= done;
  }

  private speedOf({ isEven, ops, servers }: SharedGroup): number {
    return isEven ? Math.min(1, servers / ops.length) : 1;
  }

  /** Says when the next one ends, and counts the busy servers. */
  private foresee(one: SharedGroup): void {
    const { engine } = this;
    const { groups } = engine.queues;
    const busy = Math.min(one.ops.length, groups[one.group + SERVERS]!);
    const { tally, now, ops } = engine;
    tally.values[tally.layout.busy + groups[one.group + PART]!]! -= (busy - groups[one.group + BUSY]!) * now;
    groups[one.group + BUSY] = busy;
    one.due = -1;
    if (busy === 0) return;
    const left = ops.times[(one.ops[this.firstToEnd(one)]! >> 2) + WORK]!;
    const delay = Math.max(0, left / this.speedOf(one));
    one.due = now + delay;
    engine.schedule(delay, event.shares, this.indexes[one.group / GROUP_SIZE]! * EVENT_STEP);
  }

  /** Where the one of those in service is that has the least work left. */
  private firstToEnd({ ops, isEven, servers }: SharedGroup): number {
    const { times } = this.engine.ops;
    const served = isEven ? ops.length : Math.min(ops.length, servers);
    let first = 0;
    for (let i = 1; i < served; i++) if (times[(ops[i]! >> 2) + WORK]! < times[(ops[first]! >> 2) + WORK]!) first = i;
    return first;
  }

  /** What it took beyond its own work. */
  private countWait(op: number): void {
    const { ops, tally, now } = this.engine;
    if (ops.ints[op + ROLE]! >= role.part) return;
    const at = this.program.ints[ops.ints[op + NODE]! + STATION]! * STATION_SIZE;
    const waited = now - ops.times[(op >> 2) + ENTERED]! - ops.times[(op >> 2) + DEMAND]!;
    tally.values[at + WAIT]! += waited;
    tally.values[at + WAITING]! += waited;
  }
}
