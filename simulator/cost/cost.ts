/**
 * What an architecture costs per hour: machines by the price list or their own `price`, managed services by what they are used. Usage and
 * the replicas of autoscalers are those of the mean load, because a bill is for all hours and not for the busiest.
 * Prices that the catalogue does not have are not guessed: the component is listed as unknown. Network traffic other than
 * that of CDNs is left out.
 */
import {
  type Architecture,
  amount,
  type Component,
  type CostLine,
  type CostResult,
  declared,
  formatMoney,
  type InstanceType,
  isInside,
  multiZoneDatabaseFactor,
  type Path,
  word,
} from '../../model/index.ts';
import type { Network, Station } from '../network/network.ts';
import { placeOf } from '../network/placement.ts';
import { prepare } from '../network/prepare.ts';
import { instanceOf } from '../network/stations.ts';
import { solveState } from '../steady/closed.ts';
import type { LoadOptions, State } from '../steady/state.ts';
import { usageLines } from './usage.ts';

/** The cost per hour of an architecture at its mean load, or at a multiple of it. */
export function costOf(architecture: Architecture, options: { readonly scale?: number } = {}): CostResult {
  return costAt(prepare(architecture), { scale: options.scale ?? 1, load: 'mean' });
}

/** The same for a network that is there already. */
export function costAt(network: Network, options: LoadOptions): CostResult {
  return costFrom(solveState(network, { ...options, load: 'mean' }).state);
}

/** The cost of a solved load. */
export function costFrom(state: State): CostResult {
  const lines: CostLine[] = [];
  const unknown: Path[] = [];
  for (const host of state.network.hosts) addMachine(lines, unknown, host.component, 1);
  for (const station of state.network.stations) {
    if (station.component.kind === 'users') continue;
    const own = stationLines(state, station);
    if (own.length > 0) lines.push(...own);
    else if (station.host === undefined) unknown.push(station.path);
  }
  return { perHour: lines.reduce((sum, line) => sum + line.perHour, 0), lines, unknown };
}

/** Dollars per hour of a component, or of everything in a container; undefined where nothing of it has a known price. */
export function costWithin(cost: CostResult, path: Path): number | undefined {
  const lines = cost.lines.filter((line) => isInside(line.path, path));
  return lines.length === 0 ? undefined : lines.reduce((sum, line) => sum + line.perHour, 0);
}

function stationLines(state: State, station: Station): readonly CostLine[] {
  const { component } = station;
  const machines = nodesOf(state, station);
  const price = amount(component, 'price');
  if (price !== undefined) return [pricedLine(component, price, machines)];
  const instance = instanceOf(component);
  const usage = usageLines(state, station);
  if (instance?.price === undefined) return usage;
  return [instanceLine(state, station, instance, machines), ...usage];
}

function addMachine(lines: CostLine[], unknown: Path[], component: Component, count: number): void {
  const price = amount(component, 'price');
  const instance = instanceOf(component);
  if (price !== undefined) lines.push(pricedLine(component, price, count));
  else if (instance?.price !== undefined) lines.push(machineLine(component.path, instance, count));
  else unknown.push(component.path);
}

function pricedLine({ path }: Component, price: number, count: number): CostLine {
  const perHour = price * count;
  const why = count === 1 ? `${hourly(price)}, as declared` : `${count} × ${hourly(price)}, as declared`;
  return { path, perHour: Number.isFinite(perHour) ? perHour : 0, why };
}

function machineLine(path: Path, instance: InstanceType, count: number): CostLine {
  const { name, price = 0, priceSource } = instance;
  const why = `${count} × ${name} at ${hourly(price)}`;
  return { path, perHour: count * price, why, ...(priceSource ? { source: priceSource } : {}) };
}

function instanceLine(state: State, station: Station, instance: InstanceType, count: number): CostLine {
  const line = machineLine(station.path, instance, count);
  if (!hasStandby(state, station, instance)) return line;
  const factor = multiZoneDatabaseFactor.value;
  return { ...line, perHour: line.perHour * factor, why: `${line.why}, with a standby in a second zone` };
}

/** A managed database with automatic failover but no read replica to promote has a standby, which is paid for. */
function hasStandby(state: State, { component, engine, store }: Station, instance: InstanceType): boolean {
  if (instance.purpose !== 'database' || engine?.managed !== true || (store?.readReplicas ?? 0) > 0) return false;
  if (!declared(component, 'failover') || word(component, 'failover.mode') !== 'automatic') return false;
  return placeOf(state.network.architecture, component).zones > 1;
}

/** Machines of a station: replicas, and for stores their read replicas in every shard. */
export function nodesOf(state: State, station: Station): number {
  if (serviceKinds.has(station.component.kind)) return 1;
  const replicas = state.replicas[station.index]!;
  const { shards = 1, readReplicas = 0 } = station.store ?? {};
  return shards * (replicas + readReplicas);
}

/** Kinds whose `price` is for the whole. */
const serviceKinds = new Set<string>(['dns', 'cdn', 'function', 'workflow', 'external']);

function hourly(price: number): string {
  return price < 1 ? `$${Number(price.toPrecision(3))}/h` : `${formatMoney(price)}/h`;
}
