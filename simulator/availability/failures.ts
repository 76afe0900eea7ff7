/** Single failures: what each of them loses, and how much of the unavailability is due to it. */
import { type AvailabilityResult, formatPercent, formatTime, type Path, type SinglePoint } from '../../model/index.ts';
import type { Reliance } from './availability.ts';
import { lossOf, type Working, works } from './evaluate.ts';
import { withoutOne, workingOf } from './groups.ts';

/**
 * Every replica, host, zone and data center whose failure alone loses requests, the worst first. What a provider runs consists of many
 * machines, so none of them is a single point.
 */
export function singlePointsOf(reliance: Reliance): readonly SinglePoint[] {
  const points: SinglePoint[] = [];
  for (const index of inOrder(reliance)) {
    if (isProviders(reliance, index)) continue;
    const left = withoutOne(reliance.model.groups[index]!);
    const lost = lostWith(reliance, (station) => (station === index ? left : works), index);
    if (lost > 0) points.push({ path: reliance.state.network.stations[index]!.path, lost });
  }
  for (const [index, { path }] of reliance.model.domains.entries()) {
    const lost = lostWithoutDomain(reliance, index);
    if (lost > 0) points.push({ path: containerOf(path), lost });
  }
  return worstByPath(points, (point) => point.lost);
}

function isProviders({ model, state }: Reliance, index: number): boolean {
  return model.groups[index]!.reliability.whole && state.network.stations[index]!.engine?.managed === true;
}

/** Fraction of time lost by each group and domain alone: how long it is down, times what is lost meanwhile. */
export function contributionsOf(reliance: Reliance): AvailabilityResult['contributions'] {
  const { model, state } = reliance;
  const found: { path: Path; unavailability: number; why: string }[] = [];
  const allUp = new Uint8Array(model.domains.length).fill(1);
  for (const index of inOrder(reliance)) {
    const group = model.groups[index]!;
    const working = workingOf(group, allUp);
    const unavailability = lostWith(reliance, (station) => (station === index ? working : works), index);
    if (unavailability > 0)
      found.push({ path: state.network.stations[index]!.path, unavailability, why: reasonOf(group) });
  }
  for (const [index, { path, reliability }] of model.domains.entries()) {
    const unavailability = (1 - reliability.availability) * lostWithoutDomain(reliance, index);
    if (unavailability > 0)
      found.push({
        path: containerOf(path),
        unavailability,
        why: `${percent(reliability.availability)}, ${reliability.why}`,
      });
  }
  return worstByPath(found, (one) => one.unavailability);
}

function reasonOf(group: Reliance['model']['groups'][number]): string {
  const { reliability, machines, needed, store } = group;
  const total = machines.reduce((sum, { count }) => sum + count, 0);
  const each = `${percent(reliability.availability)}, ${reliability.why}`;
  if (total <= 1) return each;
  const together = [...circumstances(group, total)].map((one) => `; ${one}`).join('');
  if (store)
    return store.promotes
      ? `${total} machines of ${each}${together}`
      : `only the primary takes writes: ${each}${together}`;
  return `${needed} of ${total} needed, each ${each}${together}`;
}

/** What makes several machines fail more often together than each alone would say. */
function* circumstances({ commonCause, crews, detection }: Reliance['model']['groups'][number], total: number) {
  if (commonCause > 0) yield `${formatPercent(commonCause)} of the failures hit all of them`;
  if (crews < total) yield crews === 1 ? 'repaired one at a time' : `repaired ${crews} at a time`;
  if (detection === Number.POSITIVE_INFINITY) yield 'the balancer never notices a dead one';
  else if (detection > 0) yield `${formatTime(detection)} until a dead one is noticed`;
}

function percent(availability: number): string {
  return `${Number((availability * 100).toPrecision(7))} %`;
}

/** Groups that any request needs, in the order of declaration. */
function inOrder({ used }: Reliance): readonly number[] {
  return used.toSorted((a, b) => a - b);
}

function lostWithoutDomain(reliance: Reliance, domain: number): number {
  const { model } = reliance;
  const up = new Uint8Array(model.domains.length).fill(1);
  up[domain] = 0;
  for (const [index, { within }] of model.domains.entries()) if (within.includes(domain)) up[index] = 0;
  return lostWith(reliance, (station) => survivors(model.groups[station]!, up));
}

/** The group with perfect machines in the domains that are up. */
function survivors(group: Reliance['model']['groups'][number], up: Uint8Array): Working {
  const perfect = { ...group, reliability: { ...group.reliability, availability: 1 } };
  return workingOf(perfect, up);
}

/** @param only the one station that may not work; without it all are asked */
function lostWith({ streams }: Reliance, working: (station: number) => Working, only?: number): number {
  let lost = 0;
  for (const { share, needs } of streams) if (share > 0) lost += share * lossOf(needs, working, () => 0, only);
  return lost < ROUNDING ? 0 : Math.min(1, lost);
}

/** Less than this is not a loss but rounding. */
const ROUNDING = 1e-15;

/** A counted zone `us#2` is reported as its data center. */
function containerOf(path: Path): Path {
  return path.replace(/#\d+$/, '');
}

/** One entry for each path, the largest first; equal ones in their order. */
function worstByPath<T extends { readonly path: Path }>(all: readonly T[], sizeOf: (one: T) => number): readonly T[] {
  const worst = new Map<Path, T>();
  for (const one of all) {
    const known = worst.get(one.path);
    if (!known || sizeOf(one) > sizeOf(known)) worst.set(one.path, one);
  }
  return [...worst.values()].sort((a, b) => sizeOf(b) - sizeOf(a));
}
