/**
 * What only some operations need: limits on arrival, threads, counts for balancers, copies of writes, shards that all take part, cold starts. The
 * engine comes here only where a node has such a duty.
 */
import { type Engine, event } from './engine.ts';
import { role } from './operations.ts';
import { duty, type Program } from './program.ts';
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
    const duties = program.duties[node]!;
    if (duties & duty.guarded && !this.admits(station)) {
      ops.group[op] = TURNED_AWAY;
      engine.refuse(op, station);
      return;
    }
    const group = queues.choose(node, station);
    ops.group[op] = group;
    if (duties & duty.counted) {
      this.executing[station]! += 1;
      queues.count(group);
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
    if (program.duties[node]! & duty.counted && ops.group[op] !== TURNED_AWAY) {
      this.executing[program.station[node]!]! -= 1;
      engine.queues.discount(ops.group[op]!);
    }
    if (ops.thread[op]! >= 0) engine.places.giveThread(engine, op);
  }

  /** How long applying a write takes. */
  applyTime(node: number): number {
    return this.program.apply[node]! * this.latencyFactor(node);
  }

  /** A time of mean 1 with the variability of a node. */
  latencyFactor(node: number): number {
    const { random } = this.engine;
    const shape = this.program.shape[node]!;
    const stream = this.program.station[node]! * 2;
    if (shape === 0) return 1;
    return shape === 1 ? random.exponential(stream) : random.gamma(stream, shape);
  }

  /** A part or a copy has waited for its server. Every part counts for its share of the operation. */
  waited(op: number, station: number): void {
    const { engine } = this;
    const { ops, tally, now } = engine;
    if (ops.role[op] !== role.part) return;
    const { shards } = this.program.servers.stations[station]!;
    tally.wait[station]! += (now - ops.entered[op]!) / shards;
  }

  /** A part or a copy is done. */
  partServed(op: number): void {
    const { engine } = this;
    const { ops } = engine;
    if (ops.role[op] === role.part) {
      const whole = ops.parent[op]!;
      if (ops.failed[op] === 1) ops.failed[whole] = 1;
      const left = ops.pending[whole]! - 1;
      ops.pending[whole] = left;
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
    for (const other of this.program.servers.copies[group] ?? []) this.place(role.apply, node, -1, other);
    for (let left = this.program.ownCopies[node]!; left > 0; left--) this.place(role.apply, node, -1, group);
  }

  /** One part for each shard; of what is written, one for every copy of one shard. */
  private scatter(op: number, node: number, station: number): void {
    const { engine, program } = this;
    const { ops, queues, tally, now } = engine;
    const { first, count, shards } = program.servers.stations[program.home[node]!]!;
    const copies = count / shards;
    ops.entered[op] = now;
    queues.inside[station]! += 1;
    tally.inside[station]! -= now;
    const writes = program.writesOneShard[node] === 1;
    const shard = writes ? engine.random.below(station * 2 + 1, shards) : 0;
    ops.pending[op] = writes ? program.copiesOfShard[station]! : shards;
    const start = engine.random.below(station * 2 + 1, copies);
    for (let i = ops.pending[op]!; i > 0; i--) {
      const copy = writes ? (start + i) % copies : engine.random.below(station * 2 + 1, copies);
      this.place(role.part, node, op, first + copy * shards + (writes ? shard : i - 1));
    }
  }

  /** Puts a part or a copy before the servers of a group. */
  private place(as: number, node: number, whole: number, group: number): void {
    const { engine } = this;
    const { ops, queues } = engine;
    const op = ops.take(node, as, whole);
    ops.group[op] = group;
    ops.entered[op] = engine.now;
    if (queues.take(group)) engine.begin(op, node, group);
    else if (queues.hasRoom(group)) queues.push(group, op, ops.next);
    else {
      ops.failed[op] = 1;
      engine.schedule(0, event.turnedAway, op);
    }
  }

  /** All parts are done. */
  private gathered(op: number): void {
    const { engine, program } = this;
    const { ops } = engine;
    const node = ops.node[op]!;
    const latency = program.latency[node]!;
    if (latency === 0) engine.answered(op);
    else engine.schedule(latency * this.latencyFactor(node), event.answered, op);
  }

  private isCold(station: number): boolean {
    const ratio = this.program.coldRatio[station]!;
    return ratio > 0 && this.engine.random.uniform(station * 2 + 1) < ratio;
  }

  /** A new environment is made before the execution. */
  private startCold(op: number, node: number, station: number): void {
    const { engine } = this;
    const { ops, queues, tally, now } = engine;
    ops.entered[op] = now;
    queues.inside[station]! += 1;
    tally.inside[station]! -= now;
    engine.schedule(this.program.coldStart[station]! + engine.serviceTime(node, station), event.served, op);
  }
}

/** In place of a group, of what was turned away before it got one. */
const TURNED_AWAY = -3;
