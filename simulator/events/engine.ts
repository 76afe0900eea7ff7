/**
 * The engine: what happens, one event after the other. A request is a tree of operations; each waits for a server, is served, makes its calls and
 * answers whoever waits for it. Nothing is allocated for an event, and no operation calls another one on the stack: who may go on is put on a
 * list and taken from there. What is read for every event is in few tables, because finding a table takes longer than reading it.
 */
import { Duties } from './duties.ts';
import { EventHeap } from './event-heap.ts';
import {
  BEGAN,
  CONNECTION,
  CURSOR,
  ENTERED,
  FAILED,
  GROUP,
  LEFT,
  NEXT,
  NODE,
  Operations,
  PARENT,
  PENDING,
  ROLE,
  role,
} from './operations.ts';
import { Patience } from './patience.ts';
import { Places } from './places.ts';
import {
  CHOICE,
  DUTIES,
  END,
  FIRST,
  LATENCY,
  ONLY,
  type Program,
  SAMPLER,
  SERVICE,
  SHAPE,
  STATION,
  sampler,
} from './program.ts';
import { BUSY, HEAD, LENGTH, PART, PLACES, Queues, RANKED, SERVERS } from './queues.ts';
import type { RandomStreams } from './random.ts';
import { SharedServers } from './shared-servers.ts';
import { BINS, binOf } from './sketch.ts';
import { Sources } from './sources.ts';
import { ARRIVALS, INSIDE, layoutOf, REFUSED, RESPONSE, SERVED, STATION_SIZE, Tally, WAIT, WAITING } from './tally.ts';
import { Walk } from './walk.ts';

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
  shares: 9,
} as const;

/** What the other bits count in where they are no operation. */
export const EVENT_STEP = 16;

/** Purposes that every station has a generator for, in this order; the streams come after the stations. */
export const purposes = ['service', 'choice'] as const;

/** A network that runs. */
export class Engine {
  now = 0;
  /** Events so far. */
  happened = 0;
  readonly program: Program;
  readonly random: RandomStreams;
  readonly heap = new EventHeap();
  readonly ops = new Operations();
  readonly tally: Tally;
  readonly queues: Queues;
  readonly places: Places;
  readonly duties: Duties;
  readonly patience: Patience;
  readonly sources: Sources;
  readonly shared: SharedServers;
  private readonly walk: Walk;
  /** Those who may go on. */
  private ready = new Int32Array(1024);
  private readyCount = 0;

  constructor(program: Program, random: RandomStreams) {
    this.program = program;
    this.random = random;
    this.tally = new Tally(layoutOf(program));
    this.queues = new Queues(program, random);
    this.places = new Places(program);
    this.duties = new Duties(this);
    this.patience = new Patience(this, program);
    this.sources = new Sources(this, program);
    this.shared = new SharedServers(this);
    this.walk = new Walk(this);
    this.sources.begin();
  }

  /** Runs until a time, or until so many operations are under way at once; false in the second case. */
  run(until: number, mostLive: number): boolean {
    const { heap, ops, walk } = this;
    for (heap.settle(); heap.times[0]! <= until; heap.settle()) {
      this.now = heap.times[0]!;
      const what = heap.take();
      this.happened++;
      const kind = what & (EVENT_STEP - 1);
      if (kind === event.served) this.served(what);
      else this.handle(kind, what - kind);
      while (this.readyCount > 0) walk.proceed(this.ready[--this.readyCount]!);
      if (ops.live > mostLive) return false;
    }
    this.now = until;
    return true;
  }

  /** Something is going to happen to an operation, or to what `EVENT_STEP` times its index stands for. */
  schedule(delay: number, kind: number, whom: number): void {
    this.heap.due[0] = this.now + delay;
    this.heap.push(whom | kind);
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

  /** An operation that has been on its way for its round trip arrives. */
  arrive(op: number): void {
    const { ints } = this.ops;
    const { ints: code } = this.program;
    const node = ints[op + NODE]!;
    const station = code[node + STATION]!;
    this.tally.values[station * STATION_SIZE + ARRIVALS]! += 1;
    ints[op + CURSOR] = code[node + FIRST]!;
    ints[op + LEFT] = -1;
    if (code[node + DUTIES] === 0) {
      const only = code[node + ONLY]!;
      ints[op + GROUP] = only === CHOICE ? this.queues.choose(node) : only;
      this.enter(op, node, station);
    } else this.duties.arrive(op, node, station);
  }

  /** It begins to wait for a server, or is served at once. */
  enter(op: number, node: number, station: number): void {
    const { ops, queues, now } = this;
    const { ints } = ops;
    const { groups, inside } = queues;
    const { values } = this.tally;
    const group = ints[op + GROUP]!;
    if (this.shared.has(group)) {
      this.shared.enter(op, node, station);
      return;
    }
    const isFree = group < 0 || groups[group + BUSY]! < groups[group + SERVERS]!;
    if (!isFree && groups[group + LENGTH]! >= groups[group + PLACES]!) {
      this.refuse(op, station);
      return;
    }
    ops.times[(op >> 2) + ENTERED] = now;
    inside[station]! += 1;
    values[station * STATION_SIZE + INSIDE]! -= now;
    if (!isFree) {
      queues.waiting[station]! += 1;
      values[station * STATION_SIZE + WAITING]! -= now;
      queues.push(group, op, ints);
      return;
    }
    if (group >= 0) {
      groups[group + BUSY]! += 1;
      values[this.tally.layout.busy + groups[group + PART]!]! -= now;
    } else if (this.program.ints[node + SAMPLER] === sampler.nothing) {
      this.leaveServer(op, node);
      return;
    }
    this.serve(op, node, station);
  }

  /** Its service begins. */
  private serve(op: number, node: number, station: number): void {
    const { heap, random, program } = this;
    if (program.ints[node + SAMPLER] === sampler.exponential) {
      random.drawExponential(station * 2);
      heap.due[0] = this.now + program.reals[node + SERVICE]! * random.drawn[0]!;
    } else heap.due[0] = this.now + this.serviceTime(node, station);
    heap.push(op);
  }

  /** It is turned away, and whoever waits for it knows. */
  refuse(op: number, station: number): void {
    this.tally.values[station * STATION_SIZE + REFUSED]! += 1;
    this.ops.ints[op + FAILED] = 1;
    this.complete(op);
  }

  /** An answer, or that there will be none, for whoever waits for it. */
  complete(done: number): void {
    const { ops } = this;
    const { ints: code } = this.program;
    for (let op = done; op >= 0; ) {
      const node = ops.ints[op + NODE]!;
      if (code[node + DUTIES] !== 0) this.duties.leave(op, node);
      if (ops.ints[op + CONNECTION]! >= 0) this.patience.giveBack(op);
      let next = -1;
      if (ops.ints[op + ROLE] === role.call) next = this.answerTo(ops.ints[op + PARENT]!, ops.ints[op + FAILED]!);
      else this.end(op);
      ops.release(op);
      op = next;
    }
  }

  /** One of the calls that an operation waits for is over; the operation, where it has nothing left to do. */
  answerTo(caller: number, failed: number): number {
    const { ints } = this.ops;
    if (failed === 1) ints[caller + FAILED] = 1;
    const left = ints[caller + PENDING]! - 1;
    ints[caller + PENDING] = left;
    if (left > 0) return -1;
    if (ints[caller + CURSOR] === this.program.ints[ints[caller + NODE]! + END]) return caller;
    this.wake(caller);
    return -1;
  }

  /** How long an operation is served. */
  serviceTime(node: number, station: number): number {
    const { ints, reals } = this.program;
    const time = reals[node + SERVICE]!;
    const how = ints[node + SAMPLER]!;
    if (how === sampler.exponential) return time * this.random.exponential(station * 2);
    return how === sampler.gamma ? time * this.random.gamma(station * 2, reals[node + SHAPE]!) : time;
  }

  /** A server of a group begins with an operation. */
  begin(op: number, node: number, group: number): void {
    const { ints } = this.ops;
    this.tally.values[this.tally.layout.busy + this.queues.groups[group + PART]!]! -= this.now;
    if (ints[op + ROLE] === role.apply) this.schedule(this.duties.applyTime(node), event.served, op);
    else this.serve(op, node, this.program.ints[node + STATION]!);
  }

  /** What happens at its station is over; its calls come next. */
  answered(op: number): void {
    const { ops, program, tally, now } = this;
    const { ints } = ops;
    const { ints: code } = program;
    const { values, bins } = tally;
    const node = ints[op + NODE]!;
    const station = code[node + STATION]!;
    const seconds = now - ops.times[(op >> 2) + ENTERED]!;
    const at = station * STATION_SIZE;
    this.queues.inside[station]! -= 1;
    values[at + INSIDE]! += now;
    values[at + SERVED]! += 1;
    values[at + RESPONSE]! += seconds;
    bins[tally.stationBins + station * BINS + binOf(seconds)]! += 1;
    const isPlain = code[node + FIRST] === code[node + END] && code[node + DUTIES] === 0;
    if (isPlain && ints[op + CONNECTION]! < 0) this.complete(op);
    else this.wake(op);
  }

  private served(op: number): void {
    const { queues } = this;
    const { ints } = this.ops;
    const { groups } = queues;
    const group = ints[op + GROUP]!;
    if (group >= 0) {
      this.tally.values[this.tally.layout.busy + groups[group + PART]!]! += this.now;
      const left = groups[group + LENGTH]!;
      if (left === 0) groups[group + BUSY]! -= 1;
      else if (groups[group + RANKED]! >= 0) this.beginNext(queues.shiftRanked(group, ints), group);
      else {
        const next = groups[group + HEAD]!;
        groups[group + HEAD] = ints[next + NEXT]!;
        groups[group + LENGTH] = left - 1;
        this.beginNext(next, group);
      }
    }
    this.leaveServer(op, ints[op + NODE]!);
  }

  /** Who has waited longest. */
  private beginNext(op: number, group: number): void {
    const { ops, tally, now } = this;
    const node = ops.ints[op + NODE]!;
    const station = this.program.ints[node + STATION]!;
    if (ops.ints[op + ROLE]! < role.part) {
      const at = station * STATION_SIZE;
      this.queues.waiting[station]! -= 1;
      tally.values[at + WAITING]! += now;
      tally.values[at + WAIT]! += now - ops.times[(op >> 2) + ENTERED]!;
    } else this.duties.waited(op, station);
    this.begin(op, node, group);
  }

  /** It has been served, and takes its latency. */
  leaveServer(op: number, node: number): void {
    const latency = this.program.reals[node + LATENCY]!;
    if (this.ops.ints[op + ROLE]! >= role.part) this.duties.partServed(op);
    else if (latency === 0) this.answered(op);
    else this.schedule(latency * this.duties.variedBy(node), event.answered, op);
  }

  private handle(kind: number, whom: number): void {
    const { ints } = this.ops;
    if (kind === event.request) this.sources.next(whom / EVENT_STEP);
    else if (kind === event.arrives) this.arrive(whom);
    else if (kind === event.answered) this.answered(whom);
    else if (kind === event.thought) this.sources.thought(whom / EVENT_STEP);
    else if (kind === event.tries) this.patience.attempt(whom);
    else if (kind === event.shares) this.shared.end(whom / EVENT_STEP);
    else if (kind === event.expires) this.patience.expire(whom / EVENT_STEP);
    else if (kind === event.enters)
      this.enter(whom, ints[whom + NODE]!, this.program.ints[ints[whom + NODE]! + STATION]!);
    else {
      ints[whom + FAILED] = 1;
      this.complete(whom);
    }
  }

  /** An operation that nobody waits for, or that users or attempts wait for, is over. */
  private end(op: number): void {
    const { ints, times } = this.ops;
    const kind = ints[op + ROLE];
    if (kind === role.attempt) this.patience.attempted(op);
    else if (kind === role.request || kind === role.file)
      this.sources.finish(
        ints[op + NODE]!,
        this.now - times[(op >> 2) + BEGAN]!,
        ints[op + FAILED] === 1,
        kind === role.request,
      );
  }
}
