/** The electrical power of machines and disks, by the average servers of cloud providers. */
import {
  amount,
  type Component,
  declared,
  isDeclared,
  type Path,
  power,
  providerStorage,
  type SourceId,
} from '../../model/index.ts';
import { nodesOf } from '../cost/cost.ts';
import type { Network, Station } from '../network/network.ts';
import { engineOf, instanceOf } from '../network/stations.ts';
import type { State } from '../steady/state.ts';

/** A part of the power of a component: a number of things at so many watts each. */
export interface Draw {
  readonly what: 'cores' | 'busy cores' | 'memory' | 'disks';
  /** Cores, or bytes. */
  readonly count: number;
  /** Watts of one core or one byte. */
  readonly each: number;
  readonly source: SourceId;
}

/** A component or host with the power of its parts. */
export interface Drawing {
  readonly path: Path;
  readonly component: Component;
  readonly draws: readonly Draw[];
}

/** Everything whose machines or disks are known, and the paths of what is not. */
export function drawingsOf(state: State): { readonly known: readonly Drawing[]; readonly unknown: readonly Path[] } {
  const { network } = state;
  const known: Drawing[] = network.hosts.map((host, i) => ({
    path: host.path,
    component: host.component,
    draws: machineDraws(host.cores, busyHostCores(state, i), host.memory),
  }));
  const unknown: Path[] = [];
  for (const station of network.stations) {
    if (station.component.kind === 'users' || station.component.kind === 'dns') continue;
    const machines = station.host === undefined ? stationDraws(state, station) : [];
    const draws = [...(machines ?? []), ...diskDraws(station)];
    if (draws.length > 0) known.push({ path: station.path, component: station.component, draws });
    if (machines === undefined && draws.length === 0) unknown.push(station.path);
  }
  return { known, unknown };
}

/** Mean watts. */
export function wattsOf({ draws }: Drawing): number {
  return draws.reduce((sum, { count, each }) => sum + count * each, 0);
}

/** Undefined where a provider runs it and nobody says on how many machines of which size. */
function stationDraws(state: State, station: Station): readonly Draw[] | undefined {
  const { component, engine } = station;
  const instance = instanceOf(component);
  const sized = instance !== undefined || isDeclared(component, 'cores');
  if (providedKinds.has(component.kind) || (engine?.managed === true && !sized)) return undefined;
  const cores = declared(component, 'cores') ? amount(component, 'cores') : instance?.cores;
  const machines = nodesOf(state, station);
  const all = machines * Math.max(1, cores ?? amount(component, 'cores') ?? 1);
  const memory = station.memory === undefined ? undefined : station.memory * machines;
  return machineDraws(all, Math.min(all, busyCores(state, station.index)), memory);
}

/** Kinds of which nobody but their provider sees machines. */
const providedKinds = new Set<string>(['cdn', 'function', 'workflow', 'external']);

function machineDraws(cores: number, busy: number, memory: number | undefined): readonly Draw[] {
  const { idleCore, busyCore } = power;
  return [
    { what: 'cores', count: cores, each: idleCore.value, source: idleCore.source },
    { what: 'busy cores', count: busy, each: busyCore.value - idleCore.value, source: busyCore.source },
    ...(memory === undefined
      ? []
      : [{ what: 'memory', count: memory, each: power.memory.value, source: power.memory.source } as const]),
  ];
}

/** Mean number of cores that work. */
function busyCores({ pools }: State, index: number): number {
  return pools[index]!.reduce((sum, { pool, utilization }) => {
    const cores = pool.groups * pool.servers;
    return Number.isFinite(cores) ? sum + cores * Math.min(1, utilization) : sum;
  }, 0);
}

function busyHostCores({ network, hosts }: State, index: number): number {
  return network.hosts[index]!.cores * Math.min(1, hosts[index]!.utilization);
}

/** What a store keeps: on SSD in as many copies as it has replicas, or as its provider does it. */
function diskDraws({ component }: Station): readonly Draw[] {
  const size = amount(component, 'size');
  if (size === undefined) return [];
  const provided = providerStorage[engineOf(component)?.name ?? ''];
  const { value, source } = provided?.medium === 'disk' ? power.disk : power.ssd;
  return [{ what: 'disks', count: size * (provided?.value ?? ownCopies(component)), each: value, source }];
}

function ownCopies(component: Component): number {
  return (
    Math.max(1, amount(component, 'replicas') ?? 1) + Math.max(0, Math.floor(amount(component, 'readReplicas') ?? 0))
  );
}

/** The data center of a component: the innermost one around it. */
export function dataCenterOf({ architecture }: Network, path: Path): Component | undefined {
  const around = architecture.components.filter((one) => one.kind === 'dataCenter' && path.startsWith(`${one.path}.`));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0];
}
