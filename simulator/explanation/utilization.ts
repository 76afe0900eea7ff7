/** The utilisation of a component, from the rates of its operations and their service times. */
import { type ComponentResult, indexByPath, type Path } from '../../model/index.ts';
import type { Host, Network, Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { slowdownOf } from '../steady/demand.ts';
import type { PoolState } from '../steady/pool-load.ts';
import type { SolvedLoad } from '../steady/solve.ts';
import { computed, type ExplainedInput, type ExplainedTerm, type Explanation } from './explanation.ts';
import { coresInput, machinesInput, operationWords, serviceTimeInput } from './origins.ts';

/** Of the busiest resource of a component. Undefined where nothing is known that it could run out of. */
export function explainUtilization(solved: SolvedLoad, result: ComponentResult): Explanation | undefined {
  const { resources, utilization, path, loadAccuracy: accuracy } = result;
  if (utilization === undefined) return undefined;
  const busiest = resources.find((one) => one.utilization === utilization);
  if (!busiest) return undefined;
  const base = { figure: 'utilization', subject: path, value: utilization, dimension: 'ratio', accuracy } as const;
  const cores = busiest.resource === 'cpu' ? coreTerms(solved, path, utilization) : undefined;
  if (cores)
    return {
      ...base,
      formula: 'Σ rate × share × service time ÷ cores (utilisation law, Denning and Buzen 1978)',
      ...cores,
      addsUpTo: 'figure',
    };
  const component = indexByPath(solved.network.architecture).get(path);
  const used = utilization === 0 ? 0 : utilization * busiest.available;
  if (!Number.isFinite(used) || busiest.available === 0) return undefined;
  return {
    ...base,
    formula: 'used ÷ available',
    terms: [{ name: busiest.resource, factors: [computed('used', used, 'count', 'at peak load')] }],
    divisors: [
      component
        ? machinesInput(component, `${busiest.resource} available`, busiest.available, propertyOf(busiest.resource))
        : computed('available', busiest.available, 'count', 'of all machines'),
    ],
    addsUpTo: 'figure',
    notes: [],
  };
}

function propertyOf(resource: string): string {
  return resource === 'rate' ? 'maxRate' : resource === 'pool' ? 'threads' : resource;
}

function coreTerms(solved: SolvedLoad, path: Path, utilization: number) {
  const { network } = solved;
  const host = network.hosts.findIndex((one) => one.path === path);
  if (host >= 0) return hostTerms(solved, network.hosts[host]!);
  const station = network.stations[network.indexOf.get(path) ?? -1];
  if (!station) return undefined;
  if (station.host !== undefined) return hostTerms(solved, network.hosts[station.host]!);
  const pool = solved.actual.pools[station.index]!.find((one) => one.utilization === utilization);
  return pool && poolTerms(solved, station, pool);
}

function hostTerms(solved: SolvedLoad, host: Host) {
  const terms = host.parts.flatMap((part) => {
    const station = solved.network.stations[part]!;
    const pool = solved.actual.pools[part]![0];
    if (!pool || !Number.isFinite(station.cores)) return [];
    const whole = {
      ...pool,
      pool: {
        ...pool.pool,
        weight: new Float64Array(operationCount).fill(1),
        applied: station.store?.readReplicas ?? 0,
      },
    };
    return termsOf(solved, station, whole).map((term) => ({ ...term, name: `${station.path}: ${term.name}` }));
  });
  return {
    terms,
    divisors: [coresInput({ component: host.component, cores: host.cores })],
    notes: [`All parts of '${host.path}' share its cores.`],
  };
}

function poolTerms(solved: SolvedLoad, station: Station, pool: PoolState) {
  const { component, cores } = station;
  const machines = pool.pool.servers / cores;
  const divisors: ExplainedInput[] = [coresInput(station)];
  if (machines !== 1) divisors.push(machinesInput(component, 'machines that share the load', machines, 'replicas'));
  return {
    terms: termsOf(solved, station, pool),
    divisors,
    notes: pool.pool.part ? [`This is the ${partWords[pool.pool.part]}, the busiest part.`] : [],
  };
}

const partWords = { primary: 'primary', replica: 'read replicas', hottestShard: 'hottest shard' } as const;

/** One term for each operation and request class that reaches the group. */
function termsOf({ actual, network }: SolvedLoad, station: Station, { pool }: PoolState): readonly ExplainedTerm[] {
  const classes = network.classes.length;
  const slowdown = slowdownOf(station, pool.servers * pool.groups);
  const admitted = actual.thinning.admitted[station.index]!;
  const terms: ExplainedTerm[] = [];
  for (let kind = 0; kind < operationCount; kind++)
    for (let index = 0; index < classes; index++) {
      const rate = actual.rates[(station.index * operationCount + kind) * classes + index]! * admitted;
      if (rate === 0) continue;
      const words = operationWords[kind]!;
      const name = classes > 1 ? `${words}s of ${network.classes[index]!.name}` : `${words}s`;
      if (pool.weight[kind]! > 0)
        terms.push(term(network, station, { name, rate, share: pool.weight[kind]!, kind, index, slowdown }));
      if (kind === operation.write && pool.applied > 0)
        terms.push(
          term(network, station, {
            name: `applied ${name}`,
            rate,
            share: pool.applied,
            kind: operation.apply,
            index,
            slowdown,
          }),
        );
    }
  return terms;
}

interface TermParts {
  readonly name: string;
  readonly rate: number;
  readonly share: number;
  readonly kind: number;
  readonly index: number;
  readonly slowdown: number;
}

function term(network: Network, station: Station, parts: TermParts): ExplainedTerm {
  const { name, rate, share, kind, index, slowdown } = parts;
  const factors: ExplainedInput[] = [computed('rate', rate, 'rate', 'what reaches it at peak load')];
  if (share !== 1)
    factors.push(computed('share of one group of servers', share, 'ratio', 'by replicas, shards and read replicas'));
  factors.push(serviceTimeInput(network, station, kind, index));
  if (slowdown !== 1)
    factors.push(computed('slowdown', slowdown, 'count', 'Universal Scalability Law with contention and coherency'));
  return { name, factors };
}
