/**
 * What only some operations need: limits on arrival, threads, counts for balancers, copies of writes, shards that all take part, cold starts. The
 * engine comes here only where a node has such a duty.
 */
import { type Engine, event } from './engine.ts';
import { ENTERED, FAILED, GROUP, NODE, PARENT, PENDING, ROLE, role, THREAD } from './operations.ts';
import { APPLY, DUTIES, duty, HOME, LATENCY, ONE_SHARD, OWN_COPIES, type Program, SHAPE, STATION } from './program.ts';
import { BUSY, GROUP_SIZE, LENGTH, OUTSTANDING, PLACES, SERVERS } from './queues.ts';
import { INSIDE, STATION_SIZE, WAIT } from './tally.ts';
import { TokenBuckets } from './token-buckets.ts';

/** The duties of an engine's nodes. */
export class Duties {
  private readonly engine: Engine;
  private readonly program: Program;
  private readonly buckets: TokenBuckets;
  /** Executions by station. */
  private readonly executing: Int32Array;

  constructor(engine: Engine) {
    this.engine = engine;
    this.program = engine.program;
    this.buckets = new TokenBuckets(this.program.rateLimit);
    this.executing = new Int32Array(this.program.rateLimit.length);
  }

  /** An operation arrives at a node with duties. */
  arrive(op: number, node: number, station: number): void {
    const { engine, program } = this;
    const { ops, queues, places } = engine;
    const duties = program.ints[node + DUTIES]!;
    if (duties & duty.guarded && !this.admits(station)) {
      ops.ints[op + GROUP] = TURNED_AWAY;
      engine.refuse(op, station);
      return;
    }
    const group = queues.choose(node);
    ops.ints[op + GROUP] = group;
    if (duties & duty.counted) {
      this.executing[station]! += 1;
      if (group >= 0) queues.groups[group + OUTSTANDING]! += 1;
    }
    if (duties & duty.copied) this.copy(node, group);
    if (duties & duty.scattered) this.scatter(op, node, station);
    else if (duties & duty.threads && !places.takeThread(engine, op, station)) return;
    else if (duties & duty.cold && this.isCold(station)) this.startCold(op, node, station);
    else engine.enter(op, node, station);
  }

  /** What was taken on arrival is given back. */
  leave(op: number, node: number): void {
    const { engine, program } = this;
    const { ops } = engine;
    if (program.ints[node + DUTIES]! & duty.counted && ops.ints[op + GROUP] !== TURNED_AWAY) {
      this.executing[program.ints[node + STATION]!]! -= 1;
      const group = ops.ints[op + GROUP]!;
      if (group >= 0) engine.queues.groups[group + OUTSTANDING]! -= 1;
    }
    if (ops.ints[op + THREAD]! >= 0) engine.places.giveThread(engine, op);
  }

  /** How long applying a write takes. */
  applyTime(node: number): number {
    return this.program.reals[node + APPLY]! * this.variedBy(node);
  }

  /** A time of mean 1 with the variability of a node. */
  variedBy(node: number): number {
    const { random } = this.engine;
    const shape = this.program.reals[node + SHAPE]!;
    const stream = this.program.ints[node + STATION]! * 2;
    if (shape === 0) return 1;
    return shape === 1 ? random.exponential(stream) : random.gamma(stream, shape);
  }

  /** A part or a copy has waited for its server. Every part counts for its share of the operation. */
  waited(op: number, station: number): void {
    const { engine } = this;
    const { ops, tally, now } = engine;
    if (ops.ints[op + ROLE] !== role.part) return;
    const { shards } = this.program.servers.stations[station]!;
    tally.values[station * STATION_SIZE + WAIT]! += (now - ops.times[(op >> 2) + ENTERED]!) / shards;
  }

  /** A part or a copy is done. */
  partServed(op: number): void {
    const { engine } = this;
    const { ops } = engine;
    if (ops.ints[op + ROLE] === role.part) {
      const whole = ops.ints[op + PARENT]!;
      if (ops.ints[op + FAILED] === 1) ops.ints[whole + FAILED] = 1;
      const left = ops.ints[whole + PENDING]! - 1;
      ops.ints[whole + PENDING] = left;
      if (left === 0) this.gathered(whole);
    }
    ops.release(op);
  }

  private admits(station: number): boolean {
    const { concurrency } = this.program;
    return this.executing[station]! < concurrency[station]! && this.buckets.take(station, this.engine.now);
  }

  /** What is written is applied by the copies of the group; nobody waits for that. */
  private copy(node: number, group: number): void {
    for (const other of this.program.servers.copies[group / GROUP_SIZE] ?? [])
      this.place(role.apply, node, -1, other * GROUP_SIZE);
    for (let left = this.program.reals[node + OWN_COPIES]!; left > 0; left--) this.place(role.apply, node, -1, group);
  }

  /** One part for each shard; of what is written, one for every copy of one shard. */
  private scatter(op: number, node: number, station: number): void {
    const { engine, program } = this;
    const { ops, queues, tally, now } = engine;
    const { first, count, shards } = program.servers.stations[program.ints[node + HOME]!]!;
    const copies = count / shards;
    ops.times[(op >> 2) + ENTERED] = now;
    queues.inside[station]! += 1;
    tally.values[station * STATION_SIZE + INSIDE]! -= now;
    const writes = program.ints[node + ONE_SHARD] === 1;
    const shard = writes ? engine.random.below(station * 2 + 1, shards) : 0;
    ops.ints[op + PENDING] = writes ? program.copiesOfShard[station]! : shards;
    const start = engine.random.below(station * 2 + 1, copies);
    for (let i = ops.ints[op + PENDING]!; i > 0; i--) {
      const copy = writes ? (start + i) % copies : engine.random.below(station * 2 + 1, copies);
      this.place(role.part, node, op, (first + copy * shards + (writes ? shard : i - 1)) * GROUP_SIZE);
    }
  }

  /** Puts a part or a copy before the servers of a group. */
  private place(as: number, node: number, whole: number, group: number): void {
    const { engine } = this;
    const { ops, queues } = engine;
    const op = ops.take(node, as, whole);
    ops.ints[op + GROUP] = group;
    ops.times[(op >> 2) + ENTERED] = engine.now;
    const { groups } = queues;
    if (engine.shared.has(group)) engine.shared.join(op, group, this.workOf(op, node));
    else if (groups[group + BUSY]! < groups[group + SERVERS]!) {
      groups[group + BUSY]! += 1;
      engine.begin(op, node, group);
    } else if (groups[group + LENGTH]! < groups[group + PLACES]!) queues.push(group, op, ops.ints);
    else {
      ops.ints[op + FAILED] = 1;
      engine.schedule(0, event.turnedAway, op);
    }
  }

  private workOf(op: number, node: number): number {
    const { engine, program } = this;
    const isCopy = engine.ops.ints[op + ROLE] === role.apply;
    return isCopy ? this.applyTime(node) : engine.serviceTime(node, program.ints[node + STATION]!);
  }

  /** All parts are done. */
  private gathered(op: number): void {
    const { engine, program } = this;
    const { ops } = engine;
    const node = ops.ints[op + NODE]!;
    const latency = program.reals[node + LATENCY]!;
    if (latency === 0) engine.answered(op);
    else engine.schedule(latency * this.variedBy(node), event.answered, op);
  }

  private isCold(station: number): boolean {
    const ratio = this.program.coldRatio[station]!;
    return ratio > 0 && this.engine.random.uniform(station * 2 + 1) < ratio;
  }

  /** A new environment is made before the execution. */
  private startCold(op: number, node: number, station: number): void {
    const { engine } = this;
    const { ops, queues, tally, now } = engine;
    ops.times[(op >> 2) + ENTERED] = now;
    queues.inside[station]! += 1;
    tally.values[station * STATION_SIZE + INSIDE]! -= now;
    engine.schedule(this.program.coldStart[station]! + engine.serviceTime(node, station), event.served, op);
  }
}

/** In place of a group, of what was turned away before it got one. */
const TURNED_AWAY = -3;
