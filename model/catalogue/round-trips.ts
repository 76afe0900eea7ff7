import type { Figure } from './figure.ts';
import { regionRoundTrips } from './region-round-trips.ts';
import { findRegion, type Region } from './regions.ts';

/** Round trip between two machines in one zone; seconds. */
export const sameZoneRoundTrip: Figure = { value: 0.17e-3, source: 'craver-2019' };

/** Round trip between two zones of one region; seconds. */
export const zoneRoundTrip: Figure = { value: 0.918e-3, source: 'zone-mean' };

/** The shortest and the longest round trip between zones that AWS regions show; seconds. */
export const zoneRoundTripExtremes = {
  shortest: { value: 0.25e-3, source: 'zone-extremes' },
  longest: { value: 3.37e-3, source: 'zone-extremes' },
} as const satisfies Record<string, Figure>;

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
