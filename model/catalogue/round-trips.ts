import type { Figure } from './figure.ts';
import { findRegion, type Region } from './regions.ts';
import type { SourceId } from './sources.ts';

/** Round trip between two machines in one zone; seconds. */
export const sameZoneRoundTrip: Figure = { value: 0.17e-3, source: 'craver-2019' };

/** Round trip between two zones of one region; seconds. */
export const zoneRoundTrip: Figure = { value: 0.918e-3, source: 'zone-mean' };

/** The shortest and the longest round trip between zones that AWS regions show; seconds. */
export const zoneRoundTripExtremes = {
  shortest: { value: 0.25e-3, source: 'zone-extremes' },
  longest: { value: 3.37e-3, source: 'zone-extremes' },
} as const satisfies Record<string, Figure>;

/** Two regions, the seconds of a round trip between them, and who says so. */
export type RegionRoundTrip = readonly [one: string, other: string, seconds: number, source: SourceId];

/** Measured round trips; each pair once, valid in both directions. */
export const regionRoundTrips: readonly RegionRoundTrip[] = [
  ['us-east-1', 'us-east-2', 12e-3, 'regions-recalled'],
  ['us-east-1', 'us-west-2', 65e-3, 'regions-recalled'],
  ['us-east-1', 'eu-west-1', 70e-3, 'regions-recalled'],
  ['us-east-1', 'eu-central-1', 90e-3, 'regions-recalled'],
  ['us-east-1', 'ap-northeast-1', 155e-3, 'regions-recalled'],
  ['us-east-1', 'ap-southeast-1', 215e-3, 'regions-recalled'],
  ['us-east-1', 'sa-east-1', 115e-3, 'regions-recalled'],
  ['us-east-1', 'ap-south-1', 190e-3, 'regions-recalled'],
  ['eu-west-1', 'eu-central-1', 25e-3, 'regions-recalled'],
  ['eu-west-1', 'ap-southeast-1', 175e-3, 'regions-recalled'],
  ['us-west-2', 'ap-northeast-1', 97e-3, 'regions-recalled'],
  ['ap-northeast-1', 'ap-southeast-1', 70e-3, 'regions-recalled'],
  ['us-east-1', 'us-west-1', 72.74e-3, 'regions-2017'],
  ['us-east-1', 'ap-northeast-2', 178.4e-3, 'regions-2017'],
  ['us-east-1', 'ap-southeast-2', 230e-3, 'regions-2017'],
  ['us-west-1', 'us-west-2', 19.46e-3, 'regions-2017'],
  ['us-west-1', 'eu-west-1', 153.2e-3, 'regions-2017'],
  ['us-west-1', 'eu-central-1', 166.6e-3, 'regions-2017'],
  ['us-west-1', 'ap-northeast-1', 102.5e-3, 'regions-2017'],
  ['us-west-1', 'ap-northeast-2', 131.5e-3, 'regions-2017'],
  ['us-west-1', 'ap-southeast-1', 174e-3, 'regions-2017'],
  ['us-west-1', 'ap-southeast-2', 157.5e-3, 'regions-2017'],
  ['us-west-1', 'sa-east-1', 192.7e-3, 'regions-2017'],
  ['us-west-2', 'eu-west-1', 137e-3, 'regions-2017'],
  ['us-west-2', 'eu-central-1', 159.5e-3, 'regions-2017'],
  ['us-west-2', 'ap-northeast-2', 118.3e-3, 'regions-2017'],
  ['us-west-2', 'ap-southeast-1', 161.4e-3, 'regions-2017'],
  ['us-west-2', 'ap-southeast-2', 162.2e-3, 'regions-2017'],
  ['us-west-2', 'sa-east-1', 182.7e-3, 'regions-2017'],
  ['eu-west-1', 'ap-northeast-1', 212.4e-3, 'regions-2017'],
  ['eu-west-1', 'ap-northeast-2', 242.4e-3, 'regions-2017'],
  ['eu-west-1', 'ap-southeast-2', 309.6e-3, 'regions-2017'],
  ['eu-west-1', 'sa-east-1', 191.3e-3, 'regions-2017'],
  ['eu-central-1', 'ap-northeast-1', 236.5e-3, 'regions-2017'],
  ['eu-central-1', 'ap-northeast-2', 266.2e-3, 'regions-2017'],
  ['eu-central-1', 'ap-southeast-1', 325.9e-3, 'regions-2017'],
  ['eu-central-1', 'ap-southeast-2', 323.5e-3, 'regions-2017'],
  ['eu-central-1', 'sa-east-1', 194.9e-3, 'regions-2017'],
  ['ap-northeast-1', 'ap-northeast-2', 31.44e-3, 'regions-2017'],
  ['ap-northeast-1', 'ap-southeast-2', 103.9e-3, 'regions-2017'],
  ['ap-northeast-1', 'sa-east-1', 256.8e-3, 'regions-2017'],
  ['ap-northeast-2', 'ap-southeast-1', 71.87e-3, 'regions-2017'],
  ['ap-northeast-2', 'ap-southeast-2', 134e-3, 'regions-2017'],
  ['ap-northeast-2', 'sa-east-1', 286.3e-3, 'regions-2017'],
  ['ap-southeast-1', 'ap-southeast-2', 175.3e-3, 'regions-2017'],
  ['ap-southeast-1', 'sa-east-1', 328.1e-3, 'regions-2017'],
  ['ap-southeast-2', 'sa-east-1', 322.5e-3, 'regions-2017'],
  ['us-south', 'ca-tor', 34e-3, 'regions-ibm-2024'],
  ['us-south', 'us-east', 31e-3, 'regions-ibm-2024'],
  ['us-south', 'eu-de', 123e-3, 'regions-ibm-2024'],
  ['us-south', 'eu-gb', 113e-3, 'regions-ibm-2024'],
  ['us-south', 'eu-es', 119e-3, 'regions-ibm-2024'],
  ['us-south', 'jp-osa', 150e-3, 'regions-ibm-2024'],
  ['us-south', 'au-syd', 186e-3, 'regions-ibm-2024'],
  ['us-south', 'jp-tok', 143e-3, 'regions-ibm-2024'],
  ['us-south', 'br-sao', 146e-3, 'regions-ibm-2024'],
  ['ca-tor', 'us-east', 19e-3, 'regions-ibm-2024'],
  ['ca-tor', 'eu-de', 93e-3, 'regions-ibm-2024'],
  ['ca-tor', 'eu-gb', 82e-3, 'regions-ibm-2024'],
  ['ca-tor', 'eu-es', 108e-3, 'regions-ibm-2024'],
  ['ca-tor', 'jp-osa', 168e-3, 'regions-ibm-2024'],
  ['ca-tor', 'au-syd', 215e-3, 'regions-ibm-2024'],
  ['ca-tor', 'jp-tok', 162e-3, 'regions-ibm-2024'],
  ['ca-tor', 'br-sao', 129e-3, 'regions-ibm-2024'],
  ['us-east', 'eu-de', 91e-3, 'regions-ibm-2024'],
  ['us-east', 'eu-gb', 75e-3, 'regions-ibm-2024'],
  ['us-east', 'eu-es', 87e-3, 'regions-ibm-2024'],
  ['us-east', 'jp-osa', 172e-3, 'regions-ibm-2024'],
  ['us-east', 'au-syd', 214e-3, 'regions-ibm-2024'],
  ['us-east', 'jp-tok', 164e-3, 'regions-ibm-2024'],
  ['us-east', 'br-sao', 118e-3, 'regions-ibm-2024'],
  ['eu-de', 'eu-gb', 13e-3, 'regions-ibm-2024'],
  ['eu-de', 'eu-es', 29e-3, 'regions-ibm-2024'],
  ['eu-de', 'jp-osa', 232e-3, 'regions-ibm-2024'],
  ['eu-de', 'au-syd', 250e-3, 'regions-ibm-2024'],
  ['eu-de', 'jp-tok', 233e-3, 'regions-ibm-2024'],
  ['eu-de', 'br-sao', 198e-3, 'regions-ibm-2024'],
  ['eu-gb', 'eu-es', 27e-3, 'regions-ibm-2024'],
  ['eu-gb', 'jp-osa', 244e-3, 'regions-ibm-2024'],
  ['eu-gb', 'au-syd', 261e-3, 'regions-ibm-2024'],
  ['eu-gb', 'jp-tok', 243e-3, 'regions-ibm-2024'],
  ['eu-gb', 'br-sao', 188e-3, 'regions-ibm-2024'],
  ['eu-es', 'jp-osa', 257e-3, 'regions-ibm-2024'],
  ['eu-es', 'au-syd', 275e-3, 'regions-ibm-2024'],
  ['eu-es', 'jp-tok', 258e-3, 'regions-ibm-2024'],
  ['eu-es', 'br-sao', 209e-3, 'regions-ibm-2024'],
  ['jp-osa', 'au-syd', 122e-3, 'regions-ibm-2024'],
  ['jp-osa', 'jp-tok', 9e-3, 'regions-ibm-2024'],
  ['jp-osa', 'br-sao', 293e-3, 'regions-ibm-2024'],
  ['au-syd', 'jp-tok', 115e-3, 'regions-ibm-2024'],
  ['au-syd', 'br-sao', 328e-3, 'regions-ibm-2024'],
  ['jp-tok', 'br-sao', 284e-3, 'regions-ibm-2024'],
];

const byPair: ReadonlyMap<string, Figure> = new Map(
  regionRoundTrips.map(([one, other, value, source]) => [pair(one, other), { value, source }]),
);

/** Round trip between two regions in seconds; between the zones if they are the same; undefined for a pair that nobody has measured. */
export function roundTrip(one: string, other: string): Figure | undefined {
  return one === other ? zoneRoundTrip : byPair.get(pair(one, other));
}

/** Round trip in seconds that the distance suggests; undefined for a region whose place is unknown. */
export function estimateRoundTrip(one: string, other: string): Figure | undefined {
  const from = findRegion(one);
  const to = findRegion(other);
  if (!from || !to) return undefined;
  if (from === to) return zoneRoundTrip;
  return { value: zoneRoundTrip.value + (2 * FIBRE_DETOUR * distance(from, to)) / FIBRE_SPEED, source: 'fibre' };
}

/** Kilometres per second: light in glass goes at two thirds of its speed in a vacuum. */
const FIBRE_SPEED = 200_000;
const FIBRE_DETOUR = 1.5;
const EARTH_RADIUS = 6371;

/** Kilometres along the great circle (haversine formula). */
function distance(from: Region, to: Region): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((to.latitude - from.latitude) * radians) / 2) ** 2;
  const east = Math.sin(((to.longitude - from.longitude) * radians) / 2) ** 2;
  const chord = north + Math.cos(from.latitude * radians) * Math.cos(to.latitude * radians) * east;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(chord));
}

function pair(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
