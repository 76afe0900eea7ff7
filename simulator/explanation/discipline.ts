/** How the wait at a component was computed, where that is not first come, first served. */
import { digits, formatTime, type Path } from '../../model/index.ts';
import type { PoolState } from '../steady/pool-load.ts';
import type { SolvedLoad } from '../steady/solve.ts';

/** Sentences about the formula of a component's response time. */
export function disciplineNotes(solved: SolvedLoad, path: Path): readonly string[] {
  const { network, actual } = solved;
  const station = network.stations[network.indexOf.get(path) ?? -1];
  const pool = station && actual.pools[station.index]!.find(({ wait }) => wait > 0);
  if (!pool) return [];
  return [...arrivalNotes(solved, station!.index), ...formulaNotes(solved, pool)];
}

/** What the times between arrivals do to the wait, where they are not random. */
function arrivalNotes({ actual }: SolvedLoad, index: number): readonly string[] {
  const variability = actual.arrivals?.[index] ?? 1;
  if (Math.abs(variability - 1) < 0.005) return [];
  return [
    `Arrivals have a coefficient of variation of ${digits(Math.sqrt(Math.max(0, variability)))} (1 is random), from the sources and the services on the way (Whitt 1983); the wait grows with (its square + the squared variability of the service) ÷ 2.`,
  ];
}

function formulaNotes(solved: SolvedLoad, pool: PoolState): readonly string[] {
  switch (pool.shape) {
    case 'shared':
      return [
        `Processor sharing of ${coresOf(pool)}: every request takes its service time × (1 + C ÷ (c − a)), with c cores, a of them busy, and C the probability that all are (Erlang C); the same for every distribution of the service time (Cohen 1979).`,
      ];
    case 'priority':
      return [priorityFormula(pool), ...levelNotes(solved, pool)];
    default:
      return [];
  }
}

function coresOf({ pool: { servers } }: PoolState): string {
  return servers === 1 ? 'one core' : `${servers} cores`;
}

function priorityFormula(state: PoolState): string {
  return state.pool.discipline === 'priority'
    ? `Priorities at ${coresOf(state)} without interruptions: a request waits W ÷ ((1 − u) × (1 − v)), with u the load of the more urgent ones, v that of those and its equals, and W the mean time until a core is free (Cobham 1954).`
    : `Priorities at ${coresOf(state)} with interruptions: a request is served as if less urgent ones were not there, and takes 1 ÷ (1 − u) of its time, with u the load of the more urgent ones (preemptive resume).`;
}

/** The load and the wait of each level, the most urgent first. */
function levelNotes({ network }: SolvedLoad, { demand, levels, pool }: PoolState): readonly string[] {
  if (!levels || !demand.levels) return [];
  return demand.levels.flatMap(({ rate, work }, level) => {
    if (!(rate > 0)) return [];
    const names = network.classes.filter((one) => one.level === level).map(({ name }) => `'${name}'`);
    const { wait, stretch, done } = levels[level]!;
    const mean = wait + (work / rate) * (stretch - 1);
    const waits = Number.isFinite(mean)
      ? `waits ${formatTime(mean)} on average`
      : `gets only ${digits(done * 100)} % of its requests done`;
    return [`${names.join(' and ')}: ${digits((work / pool.servers) * 100)} % of the cores, ${waits}.`];
  });
}
