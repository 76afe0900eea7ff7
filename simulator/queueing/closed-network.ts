import { approximateMultiClass } from './closed-multi-class.ts';
import { convolve, type ScaledStation, scaledStation, stationWeights } from './convolution.ts';
import { openRequestsBeside } from './mixed-weights.ts';

/** Users who send a request, wait for the answer, think, and send the next. */
export type ClosedNetwork = {
  /** Whole number of users. */
  readonly population: number;
  /** Mean seconds between an answer and the next request. */
  readonly thinkTime: number;
  readonly stations: readonly ClosedStation[];
};

/** A station of a closed network. */
export type ClosedStation = {
  /** Visits per request × seconds of service per visit. */
  readonly demand: number;
  /** Whole number of servers; `Infinity` for a delay without a queue. */
  readonly servers: number;
  /** Work in Erlangs that open requests bring to the servers, less than there are servers. None unless given. */
  readonly background?: number;
};

/** A closed network in equilibrium. */
export type ClosedMetrics = {
  /** Requests per second. */
  readonly throughput: number;
  /** Mean seconds per request over all its visits, without thinking. */
  readonly response: number;
  readonly stations: readonly ClosedStationMetrics[];
};

/** One station of a closed network in equilibrium. */
export type ClosedStationMetrics = {
  /** Share of the time that a server is busy; 0 for delays. */
  readonly utilization: number;
  /** Mean seconds per request, all its visits together; divide by the visits for the response of one. */
  readonly residence: number;
  /** Mean number of requests waiting or in service. */
  readonly inSystem: number;
  /** Mean number of open requests beside them, 0 without a background. */
  readonly open: number;
};

/**
 * A closed product-form network, exact. With single servers and delays by mean value analysis (Reiser and Lavenberg, JACM 27,
 * 1980), O(users × stations). Where a station has several servers, by convolution (Buzen, CACM 16, 1973):
 * it gives the same numbers, and all its terms are positive, where the marginal probabilities of multi-server
 * mean value analysis cancel and break down beyond some 40 servers. O(users × servers × multi-server stations²). Open requests
 * beside the users leave the network exact (mixed networks; Lazowska et al. 1984, §7.4.3).
 */
export function solveClosed(network: ClosedNetwork): ClosedMetrics {
  const population = Math.floor(network.population);
  const stations = network.stations.map(({ demand, servers, background = 0 }) => ({
    demand,
    servers: Math.floor(servers),
    background,
  }));
  if (stations.some(({ demand, servers }) => demand > 0 && servers < 1)) return stalled(network);
  if (population < 1)
    return metricsOf(
      network,
      0,
      stations.map(({ demand }) => demand),
    );
  const whole = { population, thinkTime: network.thinkTime, stations };
  const several = stations.some(
    ({ servers, demand }) => servers > 1 && servers !== Number.POSITIVE_INFINITY && demand > 0,
  );
  return several ? byConvolution(whole) : byMeanValue(whole);
}

/**
 * The same for any number of users at the price of a few: Schweitzer's approximation (1979), several servers
 * replaced by one fast server and a delay (Seidmann, 1987). Within 5 % typically, up to 15 % for several
 * servers at middling load; the population need not be whole.
 */
export function approximateClosed(network: ClosedNetwork): ClosedMetrics {
  const { population, thinkTime, stations } = network;
  if (stations.some(({ demand, servers }) => demand > 0 && servers < 1)) return stalled(network);
  if (population <= 0)
    return metricsOf(
      network,
      0,
      stations.map(({ demand }) => demand),
    );
  const queued = stations.map(({ demand, servers, background = 0 }) =>
    servers < 1 || demand === 0 ? 0 : demand / (Math.floor(servers) - background),
  );
  const idle = stations.map(({ demand }, k) => Math.max(0, demand - queued[k]!));
  const delay = idle.reduce((sum, seconds) => sum + seconds, 0);
  const { residences } = approximateMultiClass({
    classes: [{ population, thinkTime: thinkTime + delay, demands: queued }],
    delays: queued.map(() => false),
  });
  const residence = stations.map((_, k) => residences[0]![k]! + idle[k]!);
  const cycle = thinkTime + residence.reduce((sum, seconds) => sum + seconds, 0);
  return metricsOf(network, cycle === 0 ? Number.POSITIVE_INFINITY : population / cycle, residence);
}

function byMeanValue(network: ClosedNetwork): ClosedMetrics {
  const { population, thinkTime, stations } = network;
  const queue = new Float64Array(stations.length);
  const residence = new Float64Array(stations.length);
  let throughput = 0;
  for (let users = 1; users <= population; users++) {
    let cycle = thinkTime;
    for (let k = 0; k < stations.length; k++) {
      const { demand, servers, background = 0 } = stations[k]!;
      // The open requests slow a single server down by 1 / (1 - their load).
      residence[k] = servers === 1 ? (demand * (1 + queue[k]!)) / (1 - background) : demand;
      cycle += residence[k]!;
    }
    throughput = cycle === 0 ? Number.POSITIVE_INFINITY : users / cycle;
    for (let k = 0; k < stations.length; k++) queue[k] = residence[k] === 0 ? 0 : throughput * residence[k]!;
  }
  return metricsOf(network, throughput, residence);
}

function byConvolution(network: ClosedNetwork): ClosedMetrics {
  const { population, thinkTime, stations } = network;
  // Demands in units of the expected cycle time keep all the terms within the range of a double.
  const unit = approximateClosed(network).throughput;
  const scaled = stations.map((station) => scaledStation(station, unit));
  const base = new Float64Array(population + 1);
  base[0] = 1;
  convolve(base, { load: thinkTime * unit, servers: Number.POSITIVE_INFINITY, background: 0 });
  const several: ScaledStation[] = [];
  for (const station of scaled) {
    if (station.servers === 1 || station.servers === Number.POSITIVE_INFINITY) convolve(base, station);
    else several.push(station);
  }
  const all = base.slice();
  for (const station of several) convolve(all, station);
  const throughput = (unit * all[population - 1]!) / all[population]!;
  const open = new Map<number, number>();
  const residences = scaled.map((station, k) => {
    if (station.load === 0) return 0;
    if (station.servers === Number.POSITIVE_INFINITY) return stations[k]!.demand;
    if (station.servers === 1) return meanAt(station, undefined, all) / throughput;
    const rest = restWithout(base, several, station);
    open.set(k, openAt(station, rest, all));
    return meanAt(station, rest, all) / throughput;
  });
  return metricsOf(network, throughput, residences, open);
}

/** Mean number of open requests at a station with several servers. */
function openAt(station: ScaledStation, rest: Float64Array, all: Float64Array): number {
  if (station.background === 0) return 0;
  const population = all.length - 1;
  const weights = stationWeights(station, population);
  let sum = 0;
  for (let j = 0; j <= population; j++) {
    const probability = (weights[j]! * rest[population - j]!) / all[population]!;
    if (probability > 0) sum += probability * openRequestsBeside(station, j);
  }
  return sum;
}

function restWithout(base: Float64Array, several: readonly ScaledStation[], excluded: ScaledStation): Float64Array {
  const rest = base.slice();
  for (const station of several) if (station !== excluded) convolve(rest, station);
  return rest;
}

/** Mean number at a station: Σ j f(j) G_rest(N - j) / G(N), or for a single server Σ load^j G(N - j) / G(N). */
function meanAt(station: ScaledStation, rest: Float64Array | undefined, all: Float64Array): number {
  const population = all.length - 1;
  let sum = 0;
  if (rest === undefined) {
    let power = 1;
    for (let j = 1; j <= population; j++) {
      power *= station.load;
      sum += power * all[population - j]!;
    }
  } else {
    const weights = stationWeights(station, population);
    for (let j = 1; j <= population; j++) sum += j * weights[j]! * rest[population - j]!;
  }
  return sum / all[population]!;
}

function metricsOf(
  network: ClosedNetwork,
  throughput: number,
  residences: ArrayLike<number>,
  open?: ReadonlyMap<number, number>,
): ClosedMetrics {
  let response = 0;
  const stations = network.stations.map(({ demand, servers, background = 0 }, k) => {
    const residence = residences[k]!;
    response += residence;
    const delay = servers === Number.POSITIVE_INFINITY || demand === 0;
    return {
      utilization: delay ? 0 : (throughput * demand) / Math.floor(servers),
      residence,
      inSystem: residence === 0 ? 0 : throughput * residence,
      open:
        open?.get(k) ??
        openRequestsBeside({ servers: Math.floor(servers), background }, residence === 0 ? 0 : throughput * residence),
    };
  });
  return { throughput, response, stations };
}

/** A station without a server that requests have to pass: everybody ends up there. */
function stalled(network: ClosedNetwork): ClosedMetrics {
  const broken = network.stations.findIndex(({ demand, servers }) => demand > 0 && servers < 1);
  return {
    throughput: 0,
    response: Number.POSITIVE_INFINITY,
    stations: network.stations.map(({ demand }, k) =>
      k === broken
        ? { utilization: 1, residence: Number.POSITIVE_INFINITY, inSystem: network.population, open: 0 }
        : { utilization: 0, residence: demand, inSystem: 0, open: 0 },
    ),
  };
}
