/** Users: those who come at random, and those who think between an answer and their next request. */

import { customersOf } from '../steady/state.ts';
import type { Engine } from './engine.ts';
import { EVENT_STEP, event } from './engine.ts';
import { BEGAN, CURSOR, GROUP, LEFT, role } from './operations.ts';
import { CLASS, FIRST, type Program, STATION, STREAM } from './program.ts';
import { ARRIVALS, CLASS_SIZE, ENTERED, FAILED, STATION_SIZE } from './tally.ts';

/** All sources of a network. */
export class Sources {
  /** True once nobody comes any more. */
  closed = false;
  /** Requests of the users that are not over. */
  underWay = 0;
  /** Called with the response time of every request that is answered, while warming up. */
  onAnswer: ((seconds: number) => void) | undefined;
  /** Index of the class of static files. */
  readonly files: number;
  private readonly engine: Engine;
  private readonly program: Program;
  /** Of the streams: requests per second of those who come at random. */
  private readonly rates: Float64Array;

  /** Of the streams: the closed source whose users make its requests, else -1. */
  private readonly thinkers: Int32Array;

  constructor(engine: Engine, program: Program) {
    this.engine = engine;
    this.program = program;
    const { network, streamRates } = program.state;
    this.files = network.classes.length;
    this.thinkers = Int32Array.from(network.streams, ({ source }) => (network.sources[source]!.closed ? source : -1));
    this.rates = streamRates.map((rate, i) => (network.sources[network.streams[i]!.source]!.closed ? 0 : rate));
  }

  /** The first request of every stream, and the first of every user of a closed population. */
  begin(): void {
    for (let stream = 0; stream < this.rates.length; stream++) this.wait(stream);
    for (const [index, source] of this.program.state.network.sources.entries()) {
      if (!source.closed) continue;
      const customers = Math.round(customersOf(source, this.program.state.options));
      for (let i = 0; i < customers; i++) this.think(index);
    }
  }

  /** A request of those who come at random. */
  next(stream: number): void {
    if (this.closed) return;
    this.wait(stream);
    this.request(stream);
  }

  /** A user has thought, and asks. */
  thought(source: number): void {
    if (this.closed) return;
    this.request(this.classFor(source));
  }

  /** A request of a class has come. */
  entered(requestClass: number): void {
    const { tally } = this.engine;
    tally.values[tally.layout.class + requestClass * CLASS_SIZE + ENTERED]! += 1;
  }

  /** A request, or one of the files beside it, is over. */
  finish(node: number, seconds: number, failed: boolean, isOwn: boolean): void {
    const { engine } = this;
    const { tally } = engine;
    const { ints } = this.program;
    const requestClass = isOwn ? ints[node + CLASS]! : this.files;
    if (failed) tally.values[tally.layout.class + requestClass * CLASS_SIZE + FAILED]! += 1;
    else tally.answer(requestClass, seconds, isOwn);
    if (!isOwn) return;
    this.underWay--;
    if (!failed) this.onAnswer?.(seconds);
    const source = this.thinkers[ints[node + STREAM]!]!;
    if (source >= 0) this.think(source);
  }

  private request(stream: number): void {
    const { engine, program } = this;
    const { ops, tally } = engine;
    const node = program.roots[stream]!;
    const op = ops.take(node, role.request, -1);
    this.underWay++;
    this.entered(program.ints[node + CLASS]!);
    tally.values[program.ints[node + STATION]! * STATION_SIZE + ARRIVALS]! += 1;
    ops.times[(op >> 2) + BEGAN] = engine.now;
    ops.ints[op + CURSOR] = program.ints[node + FIRST]!;
    ops.ints[op + LEFT] = -1;
    ops.ints[op + GROUP] = -1;
    engine.wake(op);
  }

  private wait(stream: number): void {
    const rate = this.rates[stream]!;
    if (!(rate > 0) || !Number.isFinite(rate)) return;
    const { heap, random, now } = this.engine;
    random.drawExponential(this.generator(stream));
    heap.due[0] = now + random.drawn[0]! / rate;
    heap.push((stream * EVENT_STEP) | event.request);
  }

  private think(source: number): void {
    const { thinkTime } = this.program.state.network.sources[source]!.closed!;
    const own = this.program.state.network.streams.findIndex((stream) => stream.source === source);
    if (own < 0) return;
    const pause = thinkTime > 0 ? thinkTime * this.engine.random.exponential(this.generator(own)) : 0;
    this.engine.schedule(pause, event.thought, source * EVENT_STEP);
  }

  /** The stream of a user's next request, by the shares of the classes. */
  private classFor(source: number): number {
    const { streams, classes } = this.program.state.network;
    let last = -1;
    let chance = -1;
    let total = 0;
    for (let i = 0; i < streams.length; i++)
      if (streams[i]!.source === source) total += classes[streams[i]!.class]!.share;
    for (let i = 0; i < streams.length; i++) {
      if (streams[i]!.source !== source) continue;
      if (chance < 0) chance = this.engine.random.uniform(this.generator(i)) * total;
      last = i;
      chance -= classes[streams[i]!.class]!.share;
      if (chance < 0) return i;
    }
    return last;
  }

  /** The generator of a stream comes after those of the stations. */
  private generator(stream: number): number {
    return (this.program.state.network.stations.length + 1) * 2 + stream;
  }
}
