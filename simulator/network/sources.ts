/** The load that users create: requests per second, or a closed population that thinks between two requests. */
import { amount, type Component, isDeclared } from '../../model/index.ts';
import type { Source } from './network.ts';

/**
 * `rate` where it is declared, else `population × dailyActive × requests`. With `thinkTime` the active users are a closed
 * population: each asks again only after its answer and that pause, so `requests` plays no part.
 */
export function sourceOf(component: Component, station: number): Source {
  const users = amount(component, 'population') ?? 0;
  const active = users * (amount(component, 'dailyActive') ?? 1);
  const rate = amount(component, 'rate') ?? active * (amount(component, 'requests') ?? 0);
  const peak = amount(component, 'peak') ?? 1;
  const thinkTime = amount(component, 'thinkTime');
  const variation = amount(component, 'variability') ?? 1;
  const variability = Number.isFinite(variation) ? variation * variation : 1;
  const source = { station, users, peak: finite(peak), variability };
  if (thinkTime !== undefined && active > 0 && !isDeclared(component, 'rate'))
    return { ...source, rate: 0, closed: { customers: finite(active), thinkTime: finite(thinkTime) } };
  return { ...source, rate: finite(rate) };
}

function finite(value: number): number {
  return Number.isFinite(value) && value > 0 ? value : 0;
}
