/**
 * Electricity and carbon of data centers: the power of machines (idle, and busy at the mean load) and of disks, times the power usage
 * effectiveness of the building, times the carbon intensity of the grid there. By the method and the averages of the Cloud Carbon
 * Footprint project. Networks, the devices of the users and the making of the machines are not part of it.
 */
import {
  type Architecture,
  amount,
  type Component,
  carbonIntensity,
  declared,
  type EnergyResult,
  type EnergyUse,
  type Figure,
  findRegion,
  powerUsageEffectiveness,
  recommendedInletTemperature,
  savingPerDegree,
  word,
} from '../../model/index.ts';
import type { Network } from '../network/network.ts';
import { prepare } from '../network/prepare.ts';
import { approximate } from '../steady/accuracy.ts';
import { solveState } from '../steady/closed.ts';
import { type Drawing, dataCenterOf, drawingsOf, wattsOf } from './machines.ts';

/** Hours of a year of 365 days. */
export const HOURS_PER_YEAR = 8760;

/** Energy and carbon of an architecture at its mean load, or at a multiple of it. Never throws. */
export function energyOf(architecture: Architecture, options: { readonly scale?: number } = {}): EnergyResult {
  const network = prepare(architecture);
  const { known, unknown } = drawingsAt(network, options.scale ?? 1);
  const centers = architecture.components.filter(({ kind }) => kind === 'dataCenter');
  const places = [...centers, undefined].flatMap((center) => {
    const inside = known.filter(({ path }) => dataCenterOf(network, path) === center);
    return inside.length > 0 ? [useOf(center, inside)] : [];
  });
  const carbons = places.flatMap(({ carbon }) => carbon ?? []);
  return {
    places,
    energy: places.reduce((sum, { energy }) => sum + energy, 0),
    ...(carbons.length > 0 ? { carbon: carbons.reduce((sum, one) => sum + one, 0) } : {}),
    unknown,
    accuracy: ESTIMATE,
  };
}

/** The power of everything at the mean load. */
export function drawingsAt(network: Network, scale: number) {
  return drawingsOf(solveState(network, { scale, load: 'mean' }).state);
}

/** How far the figures can be trusted. */
export const ESTIMATE = approximate('average servers of cloud providers; memory and disks counted in full');

function useOf(center: Component | undefined, drawings: readonly Drawing[]): EnergyUse {
  const watts = drawings.reduce((sum, one) => sum + wattsOf(one), 0);
  const { value: pue, from: pueFrom } = effectivenessOf(center);
  const energy = (watts / 1000) * HOURS_PER_YEAR * pue;
  const intensity = intensityOf(center)?.value;
  const saving = savingOf(center, (watts / 1000) * HOURS_PER_YEAR * (pue - 1));
  return {
    ...(center ? { path: center.path } : {}),
    power: watts,
    pue,
    pueFrom,
    energy,
    ...(intensity === undefined ? {} : { intensity, carbon: energy * intensity }),
    ...(saving ? { saving } : {}),
  };
}

/** The effectiveness of a building: declared, else that of the provider of its region, else the average of the industry. */
export function effectivenessOf(center: Component | undefined): Figure & { readonly from: EnergyUse['pueFrom'] } {
  const { average, ...providers } = powerUsageEffectiveness;
  const own = center && declared(center, 'pue') ? amount(center, 'pue') : undefined;
  if (own !== undefined) return { ...average, value: own, from: 'declared' };
  const provider = findRegion((center && word(center, 'region')) ?? '')?.provider;
  const known =
    provider && Object.hasOwn(providers, provider) ? providers[provider as keyof typeof providers] : undefined;
  return known ? { ...known, from: 'provider' } : { ...average, from: 'average' };
}

/** Kilograms of CO2 equivalent per kilowatt-hour of the grid of its region. */
export function intensityOf(center: Component | undefined): Figure | undefined {
  const region = (center && word(center, 'region')) ?? '';
  return Object.hasOwn(carbonIntensity, region) ? carbonIntensity[region] : undefined;
}

/**
 * What the upper end of the recommended range would save of the energy for cooling, with all the overhead of the building taken for
 * cooling; each degree saves a share of what is left.
 */
function savingOf(center: Component | undefined, overhead: number): EnergyUse['saving'] {
  const temperature = center && declared(center, 'temperature') ? amount(center, 'temperature') : undefined;
  const { to } = recommendedInletTemperature;
  if (temperature === undefined || !(temperature < to) || !(overhead > 0)) return undefined;
  const { from: least, to: most } = savingPerDegree.cooling;
  const saved = (perDegree: number) => overhead * (1 - (1 - perDegree) ** (to - temperature));
  return { temperature, to, least: saved(least), most: saved(most) };
}
