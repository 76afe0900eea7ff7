/**
 * The engine: what happens, one event after the other. A request is a tree of operations; each waits for a server, is served, makes its calls and
 * answers whoever waits for it. Nothing is allocated for an event, and no operation calls another one on the stack: who may go on is put on a
 * list and taken from there.
 */

import { Duties } from './duties.ts';
import { EventHeap } from './event-heap.ts';
import { Operations, role } from './operations.ts';
import { Patience } from './patience.ts';
import { Places } from './places.ts';
import { type Program, sampler } from './program.ts';
import { Queues } from './queues.ts';
import type { RandomStreams } from './random.ts';
import { Sources } from './sources.ts';
import { step } from './steps.ts';
import { layoutOf, Tally } from './tally.ts';

/** Kinds of events, the lowest four bits; the others say whom it is about. */
export const event = {
  served: 0,
  arrives: 1,
  answered: 2,
  tries: 3,
  request: 4,
  thought: 5,
  expires: 6,
  turnedAway: 7,
  enters: 8,
} as const;

/** Purposes that every station has a generator for, in this order; the streams come after the stations. */
export const purposes = ['service', 'choice'] as const;

/** A network that runs. */
export class Engine {
  now = 0;
  /** Events so far. */
  happened = 0;
  /** Requests of the users that are not over. */
  underWay = 0;
  readonly program: Program;
  readonly random: RandomStreams;
  readonly heap = new EventHeap();
  readonly ops = new Operations();
  readonly tally: Tally;
  readonly queues: Queues;
  readonly places: Places;
  /** Those who may go on. */
  private ready = new Int32Array(1024);
  private readyCount = 0;
  private readonly duties: Duties;
  private readonly patience: Patience;
  private readonly sources: Sources;
  /** Called with the response time of every request that is answered, while warming up. */
  onAnswer: ((seconds: number) => void) | undefined;

  constructor(program: Program, random: RandomStreams) {
    this.program = program;
    this.random = random;
    this.tally = new Tally(layoutOf(program));
    this.queues = new Queues(program, random);
    this.places = new Places(program);
    this.duties = new Duties(this);
    this.patience = new Patience(this, program);
    this.sources = new Sources(this, program);
    this.sources.begin();
  }

  /** Runs until a time, or until so many operations are under way at once; false in the second case. */
  run(until: number, mostLive: number): boolean {
    const { heap, ops } = this;
    for (let now = heap.earliest(); now <= until; now = heap.earliest()) {
      this.now = now;
      const what = heap.take();
      this.happened++;
      this.handle(what & 15, what >> 4);
      while (this.readyCount > 0) this.proceed(this.ready[--this.readyCount]!);
      if (ops.live > mostLive) return false;
    }
    this.now = until;
    return true;
  }

  /** Counts from zero; what is inside has come in now. */
  startSlice(): void {
    this.tally.clear();
    this.countInside(-this.now);
  }

  /** Adds what is inside to the areas. */
  endSlice(): void {
    this.countInside(this.now);
  }

  private countInside(time: number): void {
    const { tally, queues, places, program } = this;
    const { stations } = tally.layout;
    for (let station = 0; station < stations; station++) {
      tally.inside[station]! += queues.inside[station]! * time;
      tally.waiting[station]! += queues.waiting[station]! * time;
    }
    for (const [group, part] of program.servers.part.entries()) tally.busy[part]! += queues.busy[group]! * time;
    for (const [unit, owner] of program.holders.owner.entries()) tally.held[owner]! += places.used[unit]! * time;
  }

  /** No more requests from now on; what is under way goes on. */
  close(): void {
    this.sources.closed = true;
  }

  /** Something is going to happen. */
  schedule(delay: number, kind: number, index: number): void {
    this.heap.push(this.now + delay, (index << 4) | kind);
  }

  /** Who may go on. */
  wake(op: number): void {
    if (this.readyCount === this.ready.length) {
      const longer = new Int32Array(this.ready.length * 2);
      longer.set(this.ready);
      this.ready = longer;
    }
    this.ready[this.readyCount++] = op;
  }

  /** An operation has all its calls before it. */
  plan(op: number): void {
    this.ops.cursor[op] = this.program.steps.first[this.ops.node[op]!]!;
    this.ops.left[op] = -1;
  }

  /** A request of the users begins. */
  request(stream: number): void {
    const { ops, program } = this;
    const op = ops.take(program.roots[stream]!, role.request, -1);
    this.tally.entered[this.classOf(op)]! += 1;
    this.tally.arrivals[program.station[program.roots[stream]!]!]! += 1;
    this.underWay++;
    ops.began[op] = this.now;
    this.plan(op);
    this.wake(op);
  }

  /** An operation that has been on its way for its round trip arrives. */
  arrive(op: number): void {
    const { ops, program, tally } = this;
    const node = ops.node[op]!;
    const station = program.station[node]!;
    const duties = program.duties[node]!;
    tally.arrivals[station]! += 1;
    this.plan(op);
    if (duties === 0) {
      const group = program.group[node]!;
      ops.group[op] = group === CHOICE ? this.queues.choose(node, station) : group;
      this.enter(op, node, station);
    } else this.duties.arrive(op, node, station);
  }

  /** It begins to wait for a server, or is served at once. */
  enter(op: number, node: number, station: number): void {
    const { ops, queues, tally } = this;
    const group = ops.group[op]!;
    const { now } = this;
    if (group >= 0 && !queues.hasRoom(group)) {
      this.refuse(op, station);
      return;
    }
    ops.entered[op] = now;
    queues.inside[station]! += 1;
    tally.inside[station]! -= now;
    if (group < 0) {
      const time = this.serviceTime(node, station);
      if (time > 0) this.schedule(time, event.served, op);
      else this.serve(op, node);
    } else if (queues.take(group)) this.begin(op, node, group);
    else {
      queues.waiting[station]! += 1;
      tally.waiting[station]! -= now;
      queues.push(group, op, ops.next);
    }
  }

  /** It is turned away, and whoever waits for it knows. */
  refuse(op: number, station: number): void {
    this.tally.refused[station]! += 1;
    this.ops.failed[op] = 1;
    this.complete(op);
  }

  /** An answer, or that there will be none, for whoever waits for it. */
  complete(done: number): void {
    const { ops, program } = this;
    for (let op = done; op >= 0; ) {
      const node = ops.node[op]!;
      if (program.duties[node] !== 0) this.duties.leave(op, node);
      if (ops.connection[op]! >= 0) this.patience.giveBack(op);
      let next = -1;
      if (ops.role[op] === role.call) next = this.answerTo(ops.parent[op]!, ops.failed[op]!);
      else this.end(op);
      ops.release(op);
      op = next;
    }
  }

  /** One of the calls that an operation waits for is over; the operation, where it has nothing left to do. */
  answerTo(caller: number, failed: number): number {
    const { ops } = this;
    if (failed === 1) ops.failed[caller] = 1;
    const left = ops.pending[caller]! - 1;
    ops.pending[caller] = left;
    if (left > 0) return -1;
    if (ops.cursor[caller] === this.program.steps.first[ops.node[caller]! + 1]) return caller;
    this.wake(caller);
    return -1;
  }

  private end(op: number): void {
    const kind = this.ops.role[op];
    if (kind === role.request) this.finish(op, true);
    else if (kind === role.file) this.finish(op, false);
    else if (kind === role.attempt) this.patience.attempted(op);
  }

  /** How long an operation is served. */
  serviceTime(node: number, station: number): number {
    const { program, random } = this;
    const time = program.service[node]!;
    switch (program.sampler[node]) {
      case sampler.exponential:
        return time * random.exponential(station * 2);
      case sampler.constant:
        return time;
      case sampler.gamma:
        return time * random.gamma(station * 2, program.shape[node]!);
      default:
        return 0;
    }
  }

  private handle(kind: number, index: number): void {
    switch (kind) {
      case event.served:
        this.served(index);
        break;
      case event.arrives:
        this.arrive(index);
        break;
      case event.request:
        this.sources.next(index);
        break;
      case event.answered:
        this.answered(index);
        break;
      case event.tries:
        this.patience.attempt(index);
        break;
      case event.thought:
        this.sources.thought(index);
        break;
      case event.expires:
        this.patience.expire(index);
        break;
      case event.enters:
        this.enter(index, this.ops.node[index]!, this.program.station[this.ops.node[index]!]!);
        break;
      default:
        this.ops.failed[index] = 1;
        this.complete(index);
        break;
    }
  }

  /** A server begins with it. */
  begin(op: number, node: number, group: number): void {
    const { program, tally } = this;
    const station = program.station[node]!;
    tally.busy[program.servers.part[group]!]! -= this.now;
    const time = this.ops.role[op] === role.apply ? this.duties.applyTime(node) : this.serviceTime(node, station);
    this.schedule(time, event.served, op);
  }

  private served(op: number): void {
    const { ops, program, queues, tally, now } = this;
    const group = ops.group[op]!;
    if (group >= 0) {
      tally.busy[program.servers.part[group]!]! += now;
      const next = queues.shift(group, ops.next);
      if (next < 0) queues.give(group);
      else {
        const node = ops.node[next]!;
        const station = program.station[node]!;
        if (ops.role[next]! < role.part) {
          queues.waiting[station]! -= 1;
          tally.waiting[station]! += now;
          tally.wait[station]! += now - ops.entered[next]!;
        } else this.duties.waited(next, station);
        this.begin(next, node, group);
      }
    }
    this.serve(op, ops.node[op]!);
  }

  private serve(op: number, node: number): void {
    const latency = this.program.latency[node]!;
    if (this.ops.role[op]! >= role.part) this.duties.partServed(op);
    else if (latency === 0) this.answered(op);
    else this.schedule(latency * this.duties.latencyFactor(node), event.answered, op);
  }

  /** What happens at its station is over; its calls come next. */
  answered(op: number): void {
    const { ops, program, tally, now } = this;
    const node = ops.node[op]!;
    const station = program.station[node]!;
    this.queues.inside[station]! -= 1;
    tally.inside[station]! += now;
    tally.serve(station, now - ops.entered[op]!);
    const { first } = program.steps;
    if (first[node] === first[node + 1] && program.duties[node] === 0 && ops.connection[op]! < 0) this.complete(op);
    else this.wake(op);
  }

  /** Makes the calls of an operation, until it has to wait for one or has made all. */
  private proceed(op: number): void {
    const { ops, program } = this;
    const { steps } = program;
    const node = ops.node[op]!;
    const end = steps.first[node + 1]!;
    for (let at = ops.cursor[op]!; at < end; at++) {
      const from = steps.from[at]!;
      switch (steps.kind[at]) {
        case step.call: {
          const left = ops.left[op]! >= 0 ? ops.left[op]! : this.times(from, node);
          ops.left[op] = left - 1;
          if (left === 0) break;
          // The last call of a step is made at the next one.
          ops.cursor[op] = left === 1 ? at + 1 : at;
          if (left === 1) ops.left[op] = -1;
          ops.pending[op] = 1;
          this.call(op, from, left === 1 && at + 1 === end);
          return;
        }
        case step.miss:
          if (this.chance(node) >= steps.share[at]!) break;
          ops.cursor[op] = at + 1;
          ops.pending[op] = 1;
          this.call(op, this.oneOf(at, node), at + 1 === end);
          return;
        case step.choose:
          ops.cursor[op] = at + 1;
          ops.pending[op] = 1;
          this.call(op, this.oneOf(at, node), at + 1 === end);
          return;
        case step.publish:
          for (let left = this.times(from, node); left > 0; left--) this.publish(from, role.detached);
          break;
        case step.chooseToPublish:
          this.publish(this.oneOf(at, node), role.detached);
          break;
        case step.static:
          for (let left = this.times(from, node); left > 0; left--) this.publish(from, role.file);
          break;
        default:
          if (this.callTogether(op, at, node)) return;
      }
    }
    this.complete(op);
  }

  /** A call. The last one of an operation that holds nothing takes its place: whoever waits for it waits for the call. */
  private call(op: number, edge: number, isLast: boolean): void {
    const { ops, program } = this;
    const { special, target, roundTrip } = program.steps;
    if (special[edge] === 1) {
      this.patience.call(op, edge);
      return;
    }
    const called = ops.take(target[edge]!, role.call, op);
    const holds = program.duties[ops.node[op]!] !== 0 || ops.connection[op]! >= 0 || ops.role[op]! > role.call;
    if (isLast && !holds) {
      ops.role[called] = ops.role[op]!;
      ops.parent[called] = ops.parent[op]!;
      ops.failed[called] = ops.failed[op]!;
      ops.began[called] = ops.began[op]!;
      ops.release(op);
    }
    const delay = roundTrip[edge]!;
    if (delay > 0) this.schedule(delay, event.arrives, called);
    else this.arrive(called);
  }

  /** Calls along several edges at once; false if there are none. */
  private callTogether(op: number, at: number, node: number): boolean {
    const { steps } = this.program;
    const counts: number[] = [];
    let all = 0;
    for (let edge = steps.from[at]!; edge < steps.from[at + 1]!; edge++) {
      const times = this.times(edge, node);
      counts.push(times);
      all += times;
    }
    if (all === 0) return false;
    this.ops.cursor[op] = at + 1;
    this.ops.pending[op] = all;
    for (const [i, times] of counts.entries())
      for (let left = times; left > 0; left--) this.call(op, steps.from[at]! + i, false);
    return true;
  }

  private publish(edge: number, as: number): void {
    const { ops, program, tally } = this;
    const { special, target, roundTrip } = program.steps;
    const op = ops.take(target[edge]!, as, -1);
    ops.began[op] = this.now;
    if (as === role.file) tally.entered[tally.layout.classes - 1]! += 1;
    const delay = roundTrip[edge]!;
    if (special[edge] === 1) this.patience.publish(op, edge);
    else if (delay > 0) this.schedule(delay, event.arrives, op);
    else this.arrive(op);
  }

  /** How many calls an operation makes along an edge: the whole part always, the fraction as a chance of one more. */
  private times(edge: number, node: number): number {
    const { whole, fraction } = this.program.steps;
    const more = fraction[edge]!;
    return whole[edge]! + (more > 0 && this.chance(node) < more ? 1 : 0);
  }

  private oneOf(at: number, node: number): number {
    const { from, until } = this.program.steps;
    let edge = from[at]!;
    const last = from[at + 1]! - 1;
    if (edge === last) return edge;
    const chance = this.chance(node);
    while (edge < last && chance >= until[edge]!) edge++;
    return edge;
  }

  private chance(node: number): number {
    return this.random.uniform(this.program.station[node]! * 2 + 1);
  }

  /** A request is over. */
  private finish(op: number, isOwn: boolean): void {
    const { ops, program, tally } = this;
    const seconds = this.now - ops.began[op]!;
    const stream = program.stream[ops.node[op]!]!;
    const requestClass = isOwn ? program.state.network.streams[stream]!.class : tally.layout.classes - 1;
    if (ops.failed[op] === 1) tally.failed[requestClass]! += 1;
    else tally.answer(requestClass, seconds, isOwn);
    if (!isOwn) return;
    this.underWay--;
    if (ops.failed[op] === 0) this.onAnswer?.(seconds);
    this.sources.over(stream);
  }

  private classOf(op: number): number {
    const { program } = this;
    return program.state.network.streams[program.stream[this.ops.node[op]!]!]!.class;
  }
}

/** Of nodes that may go to several groups. */
const CHOICE = -2;
