/** From the records of independent runs to figures with intervals. */
import type { Architecture } from '../../model/index.ts';
import { operation } from '../network/operation.ts';
import { prepare } from '../network/prepare.ts';
import { optional } from '../network/stations.ts';
import { rateOf as operationRate } from '../steady/demand.ts';
import { type SolvedLoad, STATIC_FILES, solveLoad } from '../steady/solve.ts';
import type { LoadOptions } from '../steady/state.ts';
import { type Estimate, estimate, type Slices } from './estimate.ts';
import { accuracyOf, limitsOf } from './limits.ts';
import { compile, type Program } from './program.ts';
import { probabilities, type ReplicationRecord, rateOf } from './replication.ts';
import { REPLICATIONS } from './simulate.ts';
import type {
  SimulatedCalls,
  SimulatedComponent,
  SimulatedLatency,
  SimulatedRequest,
  SimulatedResource,
  SimulateOptions,
  Simulation,
} from './simulation.ts';
import { BINS, quantilesOf } from './sketch.ts';
import { type Layout, layoutOf } from './tally.ts';

/** What records are read with. */
export interface Context {
  readonly solved: SolvedLoad;
  readonly program: Program;
  readonly layout: Layout;
}

/** The context of an architecture at a load. */
export function contextOf(architecture: Architecture, options: LoadOptions): Context {
  const solved = solveLoad(prepare(architecture), options);
  const program = compile(solved.actual);
  return { solved, program, layout: layoutOf(program) };
}

type Records = readonly ReplicationRecord[];

/** The largest relative half-width of the mean responses, over the classes with a share of the requests that counts. */
export function precisionOf({ layout }: Context, records: Records): number {
  let largest = 0;
  const all = sum(records, layout.answered, layout.classes);
  for (let index = 0; index < layout.classes - 1; index++) {
    const answered = sum(records, layout.answered + index);
    if (answered === 0 || answered < RARE * all) continue;
    const { value, halfWidth } = ratio(records, layout.answerTime + index, layout.answered + index);
    if (value > 0) largest = Math.max(largest, halfWidth / value);
  }
  return largest;
}

/** Classes with a smaller share than this do not decide how long a simulation runs. */
const RARE = 0.001;

/** All figures of a simulation. */
export function simulationFrom(
  context: Context,
  records: Records,
  { seed = 1, precision = 0 }: SimulateOptions,
): Simulation {
  const { layout } = context;
  const own = layout.classes - 1;
  const seconds = records.reduce((total, { slice, slices }) => total + slice * slices.length, 0);
  const observed = sum(records, layout.entered, own);
  const reached = precisionOf(context, records);
  const isFlooded = records.some((record) => record.isFlooded);
  return {
    seed,
    replications: REPLICATIONS,
    observed,
    seconds,
    warmUp: Math.max(...records.map(({ warmUp }) => warmUp)),
    events: records.reduce((total, { events }) => total + events, 0),
    ended: isFlooded
      ? 'flooded'
      : observed === 0
        ? 'idle'
        : reached <= precision / (1 + precision)
          ? 'precise'
          : 'requests',
    precision: reached,
    rate: perSecond(records, layout.entered, own),
    throughput: perSecond(records, layout.answered, own),
    errors: errorsOf(records, layout, 0, own),
    ...optional({ response: latencyOf(records, 0, layout.answerTime, layout.answered, own) }),
    requests: requestsOf(context, records),
    components: componentsOf(context, records),
    calls: callsOf(context, records),
    accuracy: accuracyOf(context, records),
    limits: limitsOf(context),
  };
}

function requestsOf({ solved, layout }: Context, records: Records): readonly SimulatedRequest[] {
  const names = [...solved.network.classes.map(({ name }) => name), STATIC_FILES];
  const present = (index: number) =>
    index < layout.classes - 1
      ? solved.network.streams.some((stream) => stream.class === index)
      : solved.network.streams.some((stream) => stream.hasStatic);
  return names.flatMap((name, index) => {
    if (!present(index)) return [];
    return [
      {
        name,
        rate: perSecond(records, layout.entered + index),
        ...optional({ response: latencyOf(records, 1 + index, layout.answerTime + index, layout.answered + index) }),
        errors: errorsOf(records, layout, index, 1),
        answered: sum(records, layout.answered + index),
      },
    ];
  });
}

function componentsOf(context: Context, records: Records): readonly SimulatedComponent[] {
  const { solved, layout, program } = context;
  const stations = solved.network.stations.map((station, index): SimulatedComponent => {
    const timed = isTimed(context, index) && sum(records, layout.served + index) > 0;
    const response = timed
      ? latencyOf(records, 1 + layout.classes + index, layout.response + index, layout.served + index)
      : undefined;
    return {
      path: station.path,
      arrivalRate: perSecond(records, layout.arrivals + index),
      throughput: perSecond(records, layout.served + index),
      refused: ratio(records, layout.refused + index, layout.arrivals + index, 0),
      resources: resourcesOf(context, records, station.path),
      ...optional({
        waiting: timed ? ratio(records, layout.wait + index, layout.served + index) : undefined,
        response,
      }),
      inSystem: perSecond(records, layout.inside + index),
      queueLength: perSecond(records, layout.waiting + index),
    };
  });
  const hosts = solved.network.hosts.map(({ path, parts }): SimulatedComponent => {
    const over = (from: number) =>
      combined(
        records,
        parts.map((part) => from + part),
      );
    return {
      path,
      arrivalRate: over(layout.arrivals),
      throughput: over(layout.served),
      refused: { value: 0, halfWidth: 0 },
      resources: resourcesOf({ solved, layout, program }, records, path),
      inSystem: over(layout.inside),
      queueLength: over(layout.waiting),
    };
  });
  return [...stations, ...hosts];
}

/** True where the time of something that arrives is known. */
function isTimed({ solved: { actual } }: Context, index: number): boolean {
  const station = actual.network.stations[index]!;
  if (station.component.kind === 'users') return false;
  for (let kind = 0; kind < operation.apply; kind++)
    if (operationRate(actual.network, actual.rates, index, kind) > 0 && !station.unknown.includes(String(kind)))
      return true;
  return false;
}

function resourcesOf(
  { program, layout, solved }: Context,
  records: Records,
  path: string,
): readonly SimulatedResource[] {
  const { parts } = program.servers;
  const hosted = solved.network.stations.find((station) => station.path === path)?.host;
  const of = hosted === undefined ? path : solved.network.hosts[hosted]!.path;
  const cores = parts.flatMap(({ path: at, label, servers }, index): SimulatedResource[] => {
    if (at !== of || (hosted !== undefined && !hasServers(program, solved, path))) return [];
    const utilization = perSecond(records, layout.busy + index, 1, servers);
    return [{ resource: 'cpu', ...optional({ part: label }), utilization, available: servers }];
  });
  const held = program.holders.all.flatMap(({ path: at, resource, places }, index): SimulatedResource[] => {
    if (at !== path) return [];
    return [
      {
        resource,
        utilization: perSecond(records, layout.held + index, 1, places),
        available: places,
        waiting: ratio(records, layout.holderWait + index, layout.taken + index, 0),
      },
    ];
  });
  return [...cores, ...held];
}

function hasServers({ servers }: Program, { network }: SolvedLoad, path: string): boolean {
  return servers.stations[network.indexOf.get(path)!]!.first >= 0;
}

function callsOf({ solved, layout }: Context, records: Records): readonly SimulatedCalls[] {
  return solved.network.connections.flatMap(({ id }, link) => {
    if (sum(records, layout.calls + link) === 0) return [];
    return [
      {
        id,
        rate: perSecond(records, layout.calls + link),
        attempts: ratio(records, layout.attempts + link, layout.calls + link),
        failures: ratio(records, layout.failures + link, layout.calls + link),
      },
    ];
  });
}

/** Share of what is over that failed. */
function errorsOf(records: Records, { answered, failed }: Layout, first: number, count: number): Estimate {
  const over = (slice: Float64Array) => add(slice, answered + first, count) + add(slice, failed + first, count);
  return quotient(records, (slice) => add(slice, failed + first, count), over, 0);
}

/** Mean and quantiles; undefined where nothing was counted. */
function latencyOf(
  records: Records,
  sketch: number,
  time: number,
  counted: number,
  count = 1,
): SimulatedLatency | undefined {
  if (sum(records, counted, count) === 0) return undefined;
  const total = new Float64Array(BINS);
  for (const { sketches } of records) {
    const { from, counts } = sketches[sketch]!;
    for (const [i, seen] of counts.entries()) total[from + i]! += seen;
  }
  const values = quantilesOf(total, 0, probabilities);
  const stride = probabilities.length + 1;
  const at = (index: number): Estimate => {
    const runs = records.map(
      ({ quantiles }): Slices =>
        quantiles.map((slice) => ({
          value: slice[sketch * stride + index]!,
          weight: slice[sketch * stride + stride - 1]!,
        })),
    );
    return estimate(runs, values[index]!);
  };
  const mean = quotient(
    records,
    (slice) => add(slice, time, count),
    (slice) => add(slice, counted, count),
  );
  return { mean, p50: at(0), p90: at(1), p95: at(2), p99: at(3), p999: at(4) };
}

/** A counter over another one. */
function ratio(records: Records, above: number, below: number, none?: number): Estimate {
  return quotient(
    records,
    (slice) => slice[above]!,
    (slice) => slice[below]!,
    none,
  );
}

function quotient(
  records: Records,
  above: (slice: Float64Array) => number,
  below: (slice: Float64Array) => number,
  none = Number.NaN,
): Estimate {
  const runs = records.map(
    ({ slices }): Slices => slices.map((slice) => ({ value: above(slice) / below(slice), weight: below(slice) })),
  );
  if (runs.every((run) => run.every(({ weight }) => weight === 0))) return { value: none, halfWidth: 0 };
  return estimate(runs);
}

/** Counters per second, over `available`. */
function perSecond(records: Records, from: number, count = 1, available = 1): Estimate {
  return estimate(
    records.map(({ slices, slice }) =>
      slices.map((values) => ({ value: add(values, from, count) / slice / available, weight: slice })),
    ),
  );
}

function combined(records: Records, counters: readonly number[]): Estimate {
  return estimate(
    records.map(({ slices, slice }) =>
      slices.map((values) => ({
        value: counters.reduce((total, at) => total + values[at]!, 0) / slice,
        weight: slice,
      })),
    ),
  );
}

function sum(records: Records, from: number, count = 1): number {
  return records.reduce(
    (total, { slices }) => slices.reduce((part, slice) => part + add(slice, from, count), total),
    0,
  );
}

function add(slice: Float64Array, from: number, count: number): number {
  let total = 0;
  for (let at = from; at < from + count; at++) total += slice[at]!;
  return total;
}

/** Requests per second that the steady state expects. */
export function expectedRate({ solved }: Context): number {
  return rateOf(solved);
}
