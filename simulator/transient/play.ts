/** The entry point: plays scenarios. */
import {
  type Architecture,
  amount,
  type Path,
  type RequestResult,
  type Scenario,
  type Solution,
} from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { approximate } from '../steady/accuracy.ts';
import { solutionFrom } from '../steady/solve.ts';
import { callsAlong } from './calls-along.ts';
import type { LogEntry, Playback, PlayOptions } from './playback.ts';
import { type Frame, runScenario } from './player.ts';
import { errorsOf, errorsOfClass, type Look, lookAt, Recorder } from './recording.ts';
import { judgeOf } from './verdicts.ts';
import { createWatcher } from './watch.ts';
import { scalingEntries } from './words.ts';

/**
 * Plays a scenario of an architecture and says what happens when: the fluid view, in which requests are an amount that flows, waits and
 * fails. It knows means over time and the waits of backlogs exactly within that view, and takes everything that is left to
 * chance from the steady state. The same input gives the same playback to the last digit, and the cost does not depend on the request rate.
 * Never throws; events that hit nothing are said in the log. Undefined if `onProgress` has stopped it.
 */
export function play(architecture: Architecture, scenario: Scenario, options: PlayOptions = {}): Playback | undefined {
  return playNetwork(prepare(architecture), scenario, options);
}

/** The same for a network that is there already. */
export function playNetwork(network: Network, scenario: Scenario, options: PlayOptions = {}): Playback | undefined {
  return record(network, scenario, options)?.playback;
}

/** A playback with its moments, to be looked at one by one. */
export interface Film {
  readonly playback: Playback;
  /** The last moment before or at a time. */
  momentAt(time: number): Moment;
}

/** Plays a scenario and keeps what is needed to look at any of its moments. */
export function filmOf(architecture: Architecture, scenario: Scenario, options: PlayOptions = {}): Film | undefined {
  const recorded = record(prepare(architecture), scenario, options);
  if (!recorded) return undefined;
  const { playback, looks } = recorded;
  return {
    playback,
    momentAt: (time) => momentOf(looks.findLast(({ frame }) => frame.now <= time) ?? looks[0]!),
  };
}

function record(network: Network, scenario: Scenario, options: PlayOptions) {
  const { steps = STEPS, percentiles = false, onProgress } = options;
  const recorder = new Recorder(network, percentiles);
  const judges = scenario.requirements.map(judgeOf);
  const watch = createWatcher();
  let look: Look | undefined;
  let stopped = false;
  const { totals, world, assumed } = runScenario(network, scenario, steps, (frame) => {
    watch(frame);
    look = lookAt(frame, look);
    recorder.add(look);
    for (const judge of judges) judge.see(look);
    stopped = onProgress?.(frame.now, scenario.duration) === false;
    return !stopped;
  });
  if (stopped) return undefined;
  const playback: Playback = {
    scenario: scenario.name,
    ...(scenario.title === undefined ? {} : { title: scenario.title }),
    duration: scenario.duration,
    times: recorder.times,
    whole: recorder.whole(),
    requests: recorder.requests(),
    components: recorder.components(),
    totals,
    availability: availabilityOf(totals),
    log: inOrder([...world.log, ...scalingEntries(world.scalings)]).filter(({ at }) => at <= scenario.duration),
    requirements: judges.map((judge) => judge.verdict(scenario.duration, totals)),
    accuracy: approximate('requests are an amount that flows, not single ones'),
    limits: [...assumed, ...limitsOf(network)],
  };
  return { playback, looks: recorder.looks };
}

const STEPS = 240;

/** Whether the promises of a scenario are kept, and how many requests are answered: a playback without its series. */
export interface Judgement extends Pick<Playback, 'totals' | 'availability' | 'requirements'> {}

/** Judges a scenario of an architecture; asked again for the same architecture, it knows the answer. */
export function judgeScenario(architecture: Architecture, scenario: Scenario): Judgement {
  const known = judgements.get(architecture) ?? new Map<Scenario, Judgement>();
  judgements.set(architecture, known);
  const before = known.get(scenario);
  if (before) return before;
  const judges = scenario.requirements.map(judgeOf);
  let look: Look | undefined;
  const { totals } = runScenario(prepare(architecture), scenario, STEPS, (frame) => {
    look = lookAt(frame, look);
    for (const judge of judges) judge.see(look);
    return true;
  });
  const requirements = judges.map((judge) => judge.verdict(scenario.duration, totals));
  const judgement = { totals, availability: availabilityOf(totals), requirements };
  known.set(scenario, judgement);
  return judgement;
}

const judgements = new WeakMap<Architecture, Map<Scenario, Judgement>>();

/** 1 where nobody has asked. */
function availabilityOf({ entered, failed }: Playback['totals']): number {
  return entered > 0 ? 1 - failed / entered : 1;
}

/** Of what happens at the same moment, what was written in the scenario comes first, then harm, then what is done about it. */
function inOrder(log: readonly LogEntry[]): readonly LogEntry[] {
  const rank = { event: 0, harm: 1, reaction: 2 };
  return log.toSorted((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
}

/** An architecture at a moment of a scenario, as the steady-state engine would show it. */
export interface Moment {
  /** Seconds from the start. */
  readonly at: number;
  readonly solution: Solution;
  /** Components of which nothing is left. */
  readonly down: readonly Path[];
  /** Requests that wait because of a backlog. */
  readonly waiting: number;
}

/** What an architecture does at a moment of a scenario; a moment after its end is its end. */
export function snapshot(architecture: Architecture, scenario: Scenario, at: number): Moment {
  const end = Math.min(Math.max(0, at), scenario.duration);
  const steps = Math.max(1, Math.round(STEPS * (end / Math.max(scenario.duration, 1e-9))));
  let last: Frame | undefined;
  runScenario(prepare(architecture), { ...scenario, duration: end }, steps, (frame) => {
    last = frame;
    return true;
  });
  return momentOf(lookAt(last!, undefined));
}

function momentOf({ frame, solved, components }: Look): Moment {
  const solution = solutionFrom(solved);
  const byPath = new Map(components.map((component) => [component.path, component]));
  return {
    at: frame.now,
    down: frame.conditions.network.stations.flatMap(({ path }, index) =>
      frame.conditions.dead[index] === 1 ? [path] : [],
    ),
    waiting: frame.inProgress,
    solution: {
      users: solution.users,
      rate: frame.offered,
      throughput: frame.answered,
      errors: errorsOf(frame),
      response: solution.response,
      requests: solution.requests.map((request) => withErrors(request, frame)),
      connections: connectionsAt(solution, frame),
      accuracy: solution.accuracy,
      loadAccuracy: solution.loadAccuracy,
      components: solution.components.map((component) => {
        const own = byPath.get(component.path);
        if (!own) return component;
        const { arrivalRate, failing, utilization } = own;
        return {
          ...component,
          throughput: Math.max(0, arrivalRate - failing),
          refused: arrivalRate > 0 ? Math.min(1, failing / arrivalRate) : 0,
          ...(utilization === undefined ? {} : { utilization }),
        };
      }),
    },
  };
}

/** With the calls that are made, also where none of them gets an answer. */
function connectionsAt(
  { connections }: Solution,
  { conditions, flows, streamRates, offered }: Frame,
): Solution['connections'] {
  const { network } = conditions;
  const calls = callsAlong(network, streamRates, flows.sweeps, flows.treatment);
  const rates = new Map(network.connections.map(({ id }, link) => [id, calls[link]!]));
  return connections.map((connection) => {
    const rate = rates.get(connection.id) ?? 0;
    return { ...connection, rate, visits: offered > 0 ? rate / offered : 0 };
  });
}

/** Static files have no class of their own. */
function withErrors(request: RequestResult, frame: Frame): RequestResult {
  const index = frame.conditions.network.classes.findIndex(({ name }) => name === request.name);
  return index < 0 ? request : { ...request, errors: errorsOfClass(frame, index) };
}

/** What a playback of this network cannot know. */
function limitsOf({ sources, stations, connections }: Network): readonly string[] {
  const quoted = (paths: readonly string[]) => paths.map((path) => `'${path}'`).join(', ');
  const threaded = stations.filter(({ threads }) => threads !== undefined).map(({ path }) => path);
  const closed = sources.filter((source) => source.closed).map(({ station }) => stations[station]!.path);
  const blind = stations.filter(
    ({ component, engine }) =>
      component.kind === 'loadBalancer' &&
      engine?.failoverTime === undefined &&
      amount(component, 'failoverTime') === undefined,
  );
  const patient = connections.every(({ patience }) => !Number.isFinite(patience?.timeout ?? Number.POSITIVE_INFINITY));
  return [
    ...(threaded.length > 0
      ? [`Threads of ${quoted(threaded)} lengthen the response, but do not stop the flow when none is free.`]
      : []),
    ...(closed.length > 0
      ? [`${quoted(closed)} ${closed.length === 1 ? 'keeps' : 'keep'} asking as fast as before while answers are slow.`]
      : []),
    ...(blind.length > 0
      ? [
          `${quoted(blind.map(({ path }) => path))} ${blind.length === 1 ? 'notices' : 'notice'} at once what is down: without 'engine' or 'failoverTime' nobody knows how long it takes.`,
        ]
      : []),
    ...(patient ? ['Without a timeout everybody waits as long as it takes.'] : []),
  ];
}
