/** Series of a playback, one value for each moment. */
import type { Path } from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { quantileOf } from '../statistics/index.ts';
import { arrivalRateOf } from '../steady/demand.ts';
import { responseOfAll } from '../steady/requests.ts';
import { resourcesOf } from '../steady/resources.ts';
import type { SolvedLoad } from '../steady/solve.ts';
import { failingRates, queuesBefore } from './flows.ts';
import { solvedAt } from './moment.ts';
import type { ComponentSeries, RequestSeries, WholeSeries } from './playback.ts';
import type { Frame } from './player.ts';

/** A frame, and what is computed from it when it is first read. */
export interface Look {
  readonly frame: Frame;
  readonly solved: SolvedLoad;
  readonly components: readonly ComponentLook[];
}

/** A component at a moment. */
export interface ComponentLook {
  readonly path: Path;
  readonly arrivalRate: number;
  readonly utilization: number | undefined;
  readonly backlog: number;
  readonly delay: number;
  readonly replicas: number;
  readonly failing: number;
  readonly hitRatio: number | undefined;
}

/** Looks at a frame; a frame in which nothing is new looks like the one before. */
export function lookAt(frame: Frame, before: Look | undefined): Look {
  if (!frame.isNew && before) return sameAs(before, frame);
  let solved: SolvedLoad | undefined;
  let components: readonly ComponentLook[] | undefined;
  return {
    frame,
    get solved() {
      solved ??= solvedAt(frame);
      return solved;
    },
    get components() {
      components ??= [...stationLooks(frame, this.solved), ...hostLooks(frame)];
      return components;
    },
  };
}

function sameAs(before: Look, frame: Frame): Look {
  return {
    frame,
    get solved() {
      return before.solved;
    },
    get components() {
      return before.components;
    },
  };
}

function stationLooks(frame: Frame, solved: SolvedLoad): readonly ComponentLook[] {
  const { conditions, flows, world } = frame;
  const { network } = conditions;
  const { backlog, delay } = backlogsOf(frame);
  const failing = failingRates(network, flows);
  return network.stations.map((station) => {
    const { index, path, cache } = station;
    return {
      path,
      arrivalRate: arrivalRateOf(network, flows.rates, index),
      utilization: utilizationOf(frame, solved, index),
      backlog: backlog[index]!,
      delay: delay[index]!,
      replicas: station.component.kind === 'users' ? 0 : conditions.machines[index]!,
      failing: failing[index]!,
      hitRatio: cache && world.network.stations[index]!.cache ? flows.treatment.hit[index] : undefined,
    };
  });
}

/** The highest of its resources, as in the steady state; at least 1 while something waits, because then nobody is idle. */
function utilizationOf({ conditions, flows }: Frame, solved: SolvedLoad, index: number): number | undefined {
  const station = conditions.network.stations[index]!;
  if (conditions.dead[index] === 1)
    return arrivalRateOf(conditions.network, flows.rates, index) > 0 ? Number.POSITIVE_INFINITY : 0;
  const used = resourcesOf(solved, station)
    .filter(({ resource }) => resource !== 'memory')
    .map(({ utilization }) => utilization);
  return used.length === 0 ? undefined : Math.max(...used);
}

function hostLooks({ conditions, flows }: Frame): readonly ComponentLook[] {
  const { network } = conditions;
  const failing = failingRates(network, flows);
  return network.hosts.map((host, index) => {
    const flow = flows.units.find(({ unit }) => unit.host === index);
    const own = host.parts;
    const rate = own.reduce((sum, part) => sum + arrivalRateOf(network, flows.rates, part), 0);
    const isDown = own.length > 0 && own.every((part) => conditions.dead[part] === 1);
    const busy = flow ? (flow.unit.servers > 0 ? flow.work / flow.unit.servers : Number.POSITIVE_INFINITY) : 0;
    return {
      path: host.path,
      arrivalRate: rate,
      utilization: isDown ? (rate > 0 ? Number.POSITIVE_INFINITY : 0) : flow?.queued ? Math.max(1, busy) : busy,
      backlog: 0,
      delay: finite(flow?.delay ?? 0),
      replicas: isDown ? 0 : 1,
      failing: own.reduce((sum, part) => sum + failing[part]!, 0),
      hitRatio: undefined,
    };
  });
}

/** What waits for the servers behind a queue waits in the queue. */
function backlogsOf({ flows, world, waiting }: Frame): {
  readonly backlog: Float64Array;
  readonly delay: Float64Array;
} {
  const { network } = world;
  const backlog = new Float64Array(network.stations.length);
  const delay = new Float64Array(network.stations.length);
  for (const flow of flows.units)
    for (const { slot, station, arrives, grows } of flow.parts) {
      const places = queuesBefore(network, station);
      const now = waiting[slot]!;
      const wait = now > 0 || (flow.unit.servers === 0 && arrives > 0 && grows > 0) ? flow.delay : 0;
      for (const place of places.length > 0 ? places : [station]) {
        backlog[place] = backlog[place]! + now / Math.max(1, places.length);
        delay[place] = Math.max(delay[place]!, wait);
      }
    }
  return { backlog, delay };
}

function finite(seconds: number): number {
  return Number.isNaN(seconds) ? Number.POSITIVE_INFINITY : seconds;
}

/** Collects looks into series. */
export class Recorder {
  readonly times: number[] = [];
  readonly looks: Look[] = [];
  private readonly network: Network;
  private readonly percentiles: boolean;

  constructor(network: Network, percentiles: boolean) {
    this.network = network;
    this.percentiles = percentiles;
  }

  add(look: Look): void {
    this.times.push(look.frame.now);
    this.looks.push(look);
  }

  whole(): WholeSeries {
    const frames = this.looks.map(({ frame }) => frame);
    return {
      offered: frames.map(({ offered }) => offered),
      throughput: frames.map(({ answered }) => answered),
      errors: frames.map(errorsOf),
      waiting: frames.map(({ inProgress }) => inProgress),
      mean: this.looks.map(({ solved }) => meanOfAll(solved)),
      ...(this.percentiles ? { p99: this.looks.map(({ solved }) => p99Of(solved)) } : {}),
    };
  }

  requests(): readonly RequestSeries[] {
    return this.network.classes.flatMap(({ name }, index) => {
      if (!this.network.streams.some((stream) => stream.class === index)) return [];
      return {
        name,
        errors: this.looks.map(({ frame }) => errorsOfClass(frame, index)),
        mean: this.looks.map(({ solved }) => meanOfAll(solved, index)),
      };
    });
  }

  components(): readonly ComponentSeries[] {
    const series = (pick: (look: ComponentLook) => number, i: number) =>
      this.looks.map(({ components }) => pick(components[i]!));
    return (this.looks[0]?.components ?? []).map(({ path, utilization, hitRatio }, i) => ({
      path,
      arrivalRate: series((look) => look.arrivalRate, i),
      ...(utilization === undefined ? {} : { utilization: series((look) => look.utilization ?? 0, i) }),
      backlog: series((look) => look.backlog, i),
      delay: series((look) => look.delay, i),
      replicas: series((look) => look.replicas, i),
      failing: series((look) => look.failing, i),
      ...(hitRatio === undefined ? {} : { hitRatio: series((look) => look.hitRatio ?? 0, i) }),
    }));
  }
}

/** Share of the requests that fail at a moment. */
export function errorsOf({ offered, failing }: Frame): number {
  return offered > 0 ? shareOf(failing / offered) : 0;
}

/** The same of one class. */
export function errorsOfClass({ conditions, flows, streamRates }: Frame, requestClass: number): number {
  let offered = 0;
  let failing = 0;
  for (const [i, stream] of conditions.network.streams.entries()) {
    if (stream.class !== requestClass) continue;
    offered += streamRates[i]!;
    failing += streamRates[i]! * flows.sweeps[i]!.down[0]!;
  }
  return offered > 0 ? shareOf(failing / offered) : 0;
}

/** Less than this is the error of the fixed point. */
const ROUNDING = 1e-9;

function shareOf(share: number): number {
  return share < ROUNDING ? 0 : Math.min(1, share);
}

/** Mean response of all requests, or of one class. */
export function meanOfAll({ actual, responses }: SolvedLoad, requestClass?: number): number {
  let total = 0;
  let sum = 0;
  for (const [i, stream] of actual.network.streams.entries()) {
    if (requestClass !== undefined && stream.class !== requestClass) continue;
    const rate = actual.streamRates[i]!;
    if (rate === 0) continue;
    total += rate;
    sum += rate * responses.whole[i]![0]!;
  }
  const mean = total > 0 ? sum / total : 0;
  return Number.isNaN(mean) ? Number.POSITIVE_INFINITY : mean;
}

function p99Of(solved: SolvedLoad): number {
  if (!solved.actual.streamRates.some((rate) => rate > 0)) return 0;
  return quantileOf(responseOfAll(solved), 0.99);
}
