/** Caches that lose their contents. */
import type { Station } from '../network/network.ts';
import type { World } from './world.ts';

/** A share of a cache's items is gone; what was cold already starts again. How fast it fills is settled once its load is known. */
export function coolDown(world: World, station: Station, share: number): void {
  const known = world.cold.get(station.index);
  const all = Math.min(1, share + (known?.share ?? 0));
  world.cold.set(station.index, { share: share >= 1 ? 1 : all, requests: 0, warmUp: undefined });
  world.changed = true;
}
