/** How the wait at a component was computed, where that is not first come, first served. */
import type { Path } from '../../model/index.ts';
import type { SolvedLoad } from '../steady/solve.ts';

/** A sentence about the formula of a component's response time. */
export function disciplineNotes({ network, actual }: SolvedLoad, path: Path): readonly string[] {
  const station = network.stations[network.indexOf.get(path) ?? -1];
  const pool = station && actual.pools[station.index]!.find(({ wait }) => wait > 0);
  if (!station || !pool || station.discipline === 'fifo') return [];
  const { servers } = pool.pool;
  const cores = servers === 1 ? 'one core' : `${servers} cores`;
  return [
    `Processor sharing of ${cores}: every request takes its service time × (1 + C ÷ (c − a)), with c cores, a of them busy, and C the probability that all are (Erlang C); the same for every distribution of the service time (Cohen 1979).`,
  ];
}
