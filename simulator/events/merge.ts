/** From the records of independent runs to the figures of requests, components and calls. */
import type { Architecture } from '../../model/index.ts';
import { operation } from '../network/operation.ts';
import { prepare } from '../network/prepare.ts';
import { optional } from '../network/stations.ts';
import { rateOf } from '../steady/demand.ts';
import { type SolvedLoad, STATIC_FILES, solveLoad } from '../steady/solve.ts';
import type { LoadOptions } from '../steady/state.ts';
import { latencyOf, perSecond, type Records, ratio, total } from './figures.ts';
import { accuracyOf, limitsOf } from './limits.ts';
import { compile, type Program } from './program.ts';
import type {
  SimulatedCalls,
  SimulatedComponent,
  SimulatedRequest,
  SimulatedResource,
  Simulation,
} from './simulation.ts';
import {
  ANSWER_TIME,
  ANSWERED,
  ARRIVALS,
  ATTEMPTS,
  CALLS,
  CLASS_SIZE,
  ENTERED,
  FAILED,
  FAILURES,
  HELD,
  HOLDER_SIZE,
  HOLDER_WAIT,
  INSIDE,
  type Layout,
  LINK_SIZE,
  layoutOf,
  REFUSED,
  RESPONSE,
  SERVED,
  STATION_SIZE,
  TAKEN,
  WAIT,
  WAITING,
} from './tally.ts';

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

/**
 * The largest relative half-width of the mean responses, over the classes with a share of the requests that counts; Infinity where nothing was
 * answered.
 */
export function precisionOf({ layout }: Context, records: Records): number {
  let largest = 0;
  const all = total(records, ownClasses(layout, ANSWERED));
  if (all === 0) return Number.POSITIVE_INFINITY;
  for (const [index, counter] of ownClasses(layout, ANSWERED).entries()) {
    const answered = total(records, [counter]);
    if (answered === 0 || answered < RARE * all) continue;
    const { value, halfWidth } = ratio(records, [classAt(layout, index, ANSWER_TIME)], [counter]);
    if (value > 0) largest = Math.max(largest, halfWidth / value);
  }
  return largest;
}

/** Classes with a smaller share than this do not decide how long a simulation runs. */
const RARE = 0.001;

/** All figures of a simulation that was to be so precise. */
export function simulationFrom(context: Context, records: Records, seed: number, precision: number): Simulation {
  const { layout } = context;
  const own = (counter: number) => ownClasses(layout, counter);
  const observed = total(records, own(ENTERED));
  const reached = precisionOf(context, records);
  const isFlooded = records.some((record) => record.isFlooded);
  return {
    seed,
    replications: records.length,
    observed,
    seconds: records.reduce((sum, { slice, slices }) => sum + slice * slices.length, 0),
    warmUp: Math.max(...records.map(({ warmUp }) => warmUp)),
    events: records.reduce((sum, { events }) => sum + events, 0),
    ended: isFlooded ? 'flooded' : observed === 0 ? 'idle' : reached <= precision ? 'precise' : 'requests',
    precision: reached,
    rate: perSecond(records, own(ENTERED)),
    throughput: perSecond(records, own(ANSWERED)),
    errors: ratio(records, own(FAILED), [...own(FAILED), ...own(ANSWERED)], 0),
    ...optional({ response: latencyOf(records, 0, own(ANSWER_TIME), own(ANSWERED)) }),
    requests: requestsOf(context, records),
    components: [...stationsOf(context, records), ...hostsOf(context, records)],
    calls: callsOf(context, records),
    accuracy: accuracyOf(context, records),
    limits: limitsOf(context),
  };
}

function classAt(layout: Layout, index: number, counter: number): number {
  return layout.class + index * CLASS_SIZE + counter;
}

/** A counter of all classes but the static files. */
function ownClasses(layout: Layout, counter: number): readonly number[] {
  return Array.from({ length: layout.classes - 1 }, (_, index) => classAt(layout, index, counter));
}

function requestsOf({ solved, layout }: Context, records: Records): readonly SimulatedRequest[] {
  const { classes, streams } = solved.network;
  return [...classes.map(({ name }) => name), STATIC_FILES].flatMap((name, index) => {
    const isOwn = index < classes.length;
    if (!streams.some((stream) => (isOwn ? stream.class === index : stream.hasStatic))) return [];
    const at = (counter: number) => [classAt(layout, index, counter)];
    return [
      {
        name,
        rate: perSecond(records, at(ENTERED)),
        ...optional({ response: latencyOf(records, 1 + index, at(ANSWER_TIME), at(ANSWERED)) }),
        errors: ratio(records, at(FAILED), [...at(FAILED), ...at(ANSWERED)], 0),
        answered: total(records, at(ANSWERED)),
      },
    ];
  });
}

function stationsOf(context: Context, records: Records): readonly SimulatedComponent[] {
  const { solved, layout, program } = context;
  return solved.network.stations.map(({ path }, index): SimulatedComponent => {
    const at = (counter: number) => [index * STATION_SIZE + counter];
    const timed = isTimed(context, index) && total(records, at(SERVED)) > 0;
    const sketch = 1 + layout.classes + index;
    const holder = program.holders.ofStation[index]!;
    const threads = holder < 0 ? [] : [layout.holders + holder * HOLDER_SIZE + HOLDER_WAIT];
    return {
      path,
      arrivalRate: perSecond(records, at(ARRIVALS)),
      throughput: perSecond(records, at(SERVED)),
      refused: ratio(records, at(REFUSED), at(ARRIVALS), 0),
      resources: resourcesOf(context, records, path),
      ...(timed ? { waiting: ratio(records, [...at(WAIT), ...threads], at(SERVED)) } : {}),
      ...(timed ? optional({ response: latencyOf(records, sketch, at(RESPONSE), at(SERVED)) }) : {}),
      inSystem: perSecond(records, at(INSIDE)),
      queueLength: perSecond(records, at(WAITING)),
    };
  });
}

function hostsOf(context: Context, records: Records): readonly SimulatedComponent[] {
  return context.solved.network.hosts.map(({ path, parts }): SimulatedComponent => {
    const of = (counter: number) =>
      perSecond(
        records,
        parts.map((part) => part * STATION_SIZE + counter),
      );
    return {
      path,
      arrivalRate: of(ARRIVALS),
      throughput: of(SERVED),
      refused: { value: 0, halfWidth: 0 },
      resources: resourcesOf(context, records, path),
      inSystem: of(INSIDE),
      queueLength: of(WAITING),
    };
  });
}

/** True where the time of something that arrives is known. */
function isTimed({ solved: { actual } }: Context, index: number): boolean {
  const station = actual.network.stations[index]!;
  if (station.component.kind === 'users') return false;
  for (let kind = 0; kind < operation.apply; kind++) {
    const arrives = rateOf(actual.network, actual.rates, index, kind) > 0;
    if (arrives && !station.unknown.includes(String(kind))) return true;
  }
  return false;
}

/** Cores, those of its host for a part of one, then threads and connections. */
function resourcesOf(
  { program, layout, solved }: Context,
  records: Records,
  path: string,
): readonly SimulatedResource[] {
  const { servers, holders } = program;
  const index = solved.network.indexOf.get(path);
  const host = index === undefined ? undefined : solved.network.stations[index]!.host;
  const owner = host === undefined ? path : solved.network.hosts[host]!.path;
  const waits = index === undefined || servers.stations[index]!.first >= 0;
  const cores = servers.parts.flatMap(({ path: at, label, servers: available }, part): SimulatedResource[] => {
    if (at !== owner || !waits) return [];
    const utilization = perSecond(records, [layout.busy + part], available);
    return [{ resource: 'cpu', ...optional({ part: label }), utilization, available }];
  });
  const held = holders.all.flatMap(({ path: at, resource, places: available }, holder): SimulatedResource[] => {
    if (at !== path) return [];
    const counters = layout.holders + holder * HOLDER_SIZE;
    const utilization = perSecond(records, [counters + HELD], available);
    const waiting = ratio(records, [counters + HOLDER_WAIT], [counters + TAKEN], 0);
    return [{ resource, utilization, available, waiting }];
  });
  return [...cores, ...held];
}

function callsOf({ solved, layout }: Context, records: Records): readonly SimulatedCalls[] {
  return solved.network.connections.flatMap(({ id }, link) => {
    const at = (counter: number) => [layout.links + link * LINK_SIZE + counter];
    if (total(records, at(CALLS)) === 0) return [];
    return [
      {
        id,
        rate: perSecond(records, at(CALLS)),
        attempts: ratio(records, at(ATTEMPTS), at(CALLS)),
        failures: ratio(records, at(FAILURES), at(CALLS)),
      },
    ];
  });
}
