/** Users: those who come at random, and those who think between an answer and their next request. */

import { customersOf } from '../steady/state.ts';
import type { Engine } from './engine.ts';
import { event } from './engine.ts';
import type { Program } from './program.ts';

/** All sources of a network. */
export class Sources {
  /** True once nobody comes any more. */
  closed = false;
  private readonly engine: Engine;
  private readonly program: Program;
  /** Of the streams: requests per second of those who come at random. */
  private readonly rates: Float64Array;

  constructor(engine: Engine, program: Program) {
    this.engine = engine;
    this.program = program;
    const { network, streamRates } = program.state;
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
    this.engine.request(stream);
  }

  /** A user has thought, and asks. */
  thought(source: number): void {
    if (this.closed) return;
    this.engine.request(this.classFor(source));
  }

  /** A request is over: its user thinks, if it has one. */
  over(stream: number): void {
    const { network } = this.program.state;
    const { source } = network.streams[stream]!;
    if (network.sources[source]!.closed) this.think(source);
  }

  private wait(stream: number): void {
    const rate = this.rates[stream]!;
    if (rate > 0 && Number.isFinite(rate))
      this.engine.schedule(this.engine.random.exponential(this.generator(stream)) / rate, event.request, stream);
  }

  private think(source: number): void {
    const { thinkTime } = this.program.state.network.sources[source]!.closed!;
    const own = this.program.state.network.streams.findIndex((stream) => stream.source === source);
    if (own < 0) return;
    const pause = thinkTime > 0 ? thinkTime * this.engine.random.exponential(this.generator(own)) : 0;
    this.engine.schedule(pause, event.thought, source);
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
