/**
 * Simulates an architecture request by request: independent runs in rounds, each round as long as all before, until the figures are precise enough or
 * there were enough requests. How many runs there are does not depend on the machine, so the figures do not either.
 */
import type { Architecture } from '../../model/index.ts';
import type { LoadOptions } from '../steady/state.ts';
import { type Context, contextOf, precisionOf, simulationFrom } from './merge.ts';
import { Replication, type ReplicationRecord, type ReplicationTask } from './replication.ts';
import type { SimulateOptions, Simulation } from './simulation.ts';

/** Independent runs of a simulation. */
export const REPLICATIONS = 4;

/**
 * The figures of an architecture, simulated request by request. Means, quantiles and shares come with intervals of 95 % from the slices of the
 * independent runs. Never throws; undefined if `onProgress` has stopped it.
 */
export function simulate(architecture: Architecture, options: SimulateOptions = {}): Simulation | undefined {
  const plan = planOf(architecture, options);
  const runs = plan.tasks.map((task) => new Replication(task));
  let done = 0;
  for (const requests of plan.rounds) {
    const records: ReplicationRecord[] = [];
    for (const run of runs) {
      const part = requests / runs.length;
      const record = run.observe(part, () => options.onProgress?.(done + part, plan.most) !== false);
      if (!record) return undefined;
      records.push(record);
      done += part;
    }
    done = requests;
    if (isEnough(plan, records, requests)) return simulationFrom(plan.context, records, plan.seed, plan.wanted);
  }
  return undefined;
}

/** A run elsewhere, such as in a worker. */
export interface RemoteRun {
  /** Observes until about so many requests have come. */
  observe(requests: number): Promise<ReplicationRecord>;
}

/** The same with runs elsewhere, several at the same time; the same figures to the byte. */
export async function simulateRemotely(
  architecture: Architecture,
  options: SimulateOptions,
  start: (task: ReplicationTask) => RemoteRun,
): Promise<Simulation | undefined> {
  const plan = planOf(architecture, options);
  const runs = plan.tasks.map(start);
  for (const requests of plan.rounds) {
    const records = await Promise.all(runs.map((run) => run.observe(requests / runs.length)));
    if (options.onProgress?.(requests, plan.most) === false) return undefined;
    if (isEnough(plan, records, requests)) return simulationFrom(plan.context, records, plan.seed, plan.wanted);
  }
  return undefined;
}

interface Plan {
  readonly context: Context;
  readonly tasks: readonly ReplicationTask[];
  /** Requests at the end of each round. */
  readonly rounds: readonly number[];
  readonly most: number;
  readonly seed: number;
  /** Relative half-width of the intervals at which it ends; 0 where only the requests count. */
  readonly wanted: number;
}

function planOf(architecture: Architecture, options: SimulateOptions): Plan {
  const { load = 'peak', scale = 1, precision = 0 } = options;
  const most = Math.max(1, options.requests ?? (precision > 0 ? MOST_REQUESTS : USUAL_REQUESTS));
  const seed = Number.isFinite(options.seed) ? Math.floor(options.seed!) : 1;
  const loadOptions: LoadOptions = { load, scale: Number.isFinite(scale) && scale > 0 ? scale : 0 };
  const tasks = Array.from({ length: REPLICATIONS }, (_, index) => ({
    architecture,
    options: loadOptions,
    seed,
    index,
  }));
  // Precision is asked of the true value, but known of the estimate (Law, Simulation Modeling and Analysis, 2015, §9.4.1).
  const wanted = precision > 0 ? precision / (1 + precision) : 0;
  return {
    context: contextOf(architecture, loadOptions),
    tasks,
    rounds: roundsOf(most, precision),
    most,
    seed,
    wanted,
  };
}

/** Every round doubles what is observed, so that slices can be joined; the last one reaches the most. */
function roundsOf(most: number, precision: number): readonly number[] {
  const rounds = [most];
  while (precision > 0 && rounds[0]! / 2 >= LEAST_REQUESTS) rounds.unshift(rounds[0]! / 2);
  return rounds;
}

function isEnough({ most, wanted, context }: Plan, records: readonly ReplicationRecord[], requests: number): boolean {
  return requests >= most || records.some(({ isFlooded }) => isFlooded) || precisionOf(context, records) <= wanted;
}

const USUAL_REQUESTS = 1e6;
const MOST_REQUESTS = 1e8;
/** A first round has at least so many requests. */
const LEAST_REQUESTS = 20_000;
