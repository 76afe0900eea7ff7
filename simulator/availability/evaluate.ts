/** The share of the requests that is lost in one state of the world. */
import type { Choice, Need, Needs } from './structure.ts';

/** How far a station works: probabilities, or the state itself as 0 and 1. */
export interface Working {
  /** Probability that it does everything. */
  readonly full: number;
  /** Probability that a store still answers reads, but takes no writes. */
  readonly readOnly: number;
  /** Share of its load that is lost when it is down: less than 1 where others take a part. */
  readonly lost: number;
}

/** A station that works. */
export const works: Working = { full: 1, readOnly: 0, lost: 1 };

/** Seconds that a router needs to leave out a dead target, over the time that the target stays dead; 0 to look at states alone. */
export type SwitchShare = (router: number) => number;

/**
 * Share of the requests that is lost. Computed as a loss, so that many nines keep their digits.
 * @param only the one station that may not work; without it all are asked
 */
export function lossOf(
  needs: Needs,
  working: (station: number) => Working,
  switching: SwitchShare,
  only?: number,
): number {
  let kept = 0;
  const add = (index: number, need: Need | undefined) => {
    const state = need && working(index);
    if (state && state !== works) kept += Math.log1p(-neededLoss(need, state));
  };
  if (only === undefined) for (const [index, need] of needs.stations) add(index, need);
  else add(only, needs.stations.get(only));
  for (const choice of needs.choices.values())
    kept += Math.log1p(-Math.min(1, choiceLoss(choice, working, switching, only)));
  return -Math.expm1(kept);
}

/** Share of the requests that one station loses. */
export function neededLoss({ uses, writes }: Need, { full, readOnly, lost }: Working): number {
  const down = Math.max(0, 1 - full - readOnly);
  return Math.min(1, down * Math.min(1, uses * lost) + readOnly * Math.min(1, writes * lost));
}

function choiceLoss(
  choice: Choice,
  working: (station: number) => Working,
  switching: SwitchShare,
  only: number | undefined,
): number {
  let all = 1;
  let shared = 0;
  for (const { share, needs } of choice.targets) {
    const loss = lossOf(needs, working, switching, only);
    all *= loss;
    shared += share * loss;
  }
  const transition = choice.healthy ? switching(choice.router) : 1;
  return Math.min(1, choice.uses) * (choice.healthy ? all + Math.min(1, transition) * (shared - all) : shared);
}

/** How often each station occurs in an expression. */
export function occurrences(needs: Needs, counts: Map<number, number> = new Map()): ReadonlyMap<number, number> {
  for (const index of needs.stations.keys()) counts.set(index, (counts.get(index) ?? 0) + 1);
  for (const choice of needs.choices.values()) for (const target of choice.targets) occurrences(target.needs, counts);
  return counts;
}
