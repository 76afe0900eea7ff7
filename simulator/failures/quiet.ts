/**
 * Pairs of failures that need not be looked at. Most single failures are quiet: a machine is missing, the others do its work, and nobody
 * sends more or less than before. Beside another failure such a one adds nothing but waits at its own station, which are found
 * without solving the rest again.
 */
import type { Requirement } from '../../model/index.ts';
import type { FailureModel } from '../availability/domains.ts';
import { works } from '../availability/evaluate.ts';
import type { PoolState } from '../steady/pool-load.ts';
import type { State } from '../steady/state.ts';
import type { Intact, Outcome } from './impact.ts';
import { type Standing, workingAfter } from './standing.ts';
import { holdsElsewhere, isOfRequests, marginIn, mostAdded } from './strain.ts';
import { poolsLeft } from './survivors.ts';

/** A station that has lost machines and still works. */
export interface Quiet {
  readonly outcome: Outcome;
  readonly station: number;
  readonly standing: Standing;
}

/** The one station that a quiet failure has hit; undefined of any other. */
export function quietOf({ state, model }: Intact, outcome: Outcome): Quiet | undefined {
  const [hit, ...others] = outcome.standings;
  if (!hit || others.length > 0 || outcome.after.visits !== state.visits) return undefined;
  const [station, standing] = hit;
  const { cache, host } = state.network.stations[station]!;
  const group = model.groups[station]!;
  const isQuiet =
    cache === undefined &&
    host === undefined &&
    standing.alive > 0 &&
    !group.reliability.whole &&
    (group.store === undefined || standing.primary) &&
    workingAfter(group, standing) === works;
  return isQuiet ? { outcome, station, standing } : undefined;
}

/** What is left of the promises after one failure, as far as it has been asked for. */
export type Margins = Map<Requirement, number | undefined>;

/** True if a quiet failure beside another does nothing that neither of the two does alone. */
export function addsNothing(intact: Intact, base: Outcome, margins: Margins, quiet: Quiet): boolean {
  const { after, impact, standings } = base;
  const { network } = after;
  if (standings.has(quiet.station) || network.loadDependent || holdsElsewhere(after)) return false;
  const pools = poolsBeside(intact, after, intact.model, quiet);
  if (pools.some(({ utilization }) => utilization >= 1)) return false;
  return intact.pledges.every(({ requirement }) => {
    if (impact.broken.includes(requirement) || quiet.outcome.impact.broken.includes(requirement)) return true;
    // What keeps up answers everything.
    if (requirement.metric === 'errors') return true;
    if (!isOfRequests(requirement)) return false;
    if (!margins.has(requirement)) margins.set(requirement, marginIn(after, requirement));
    const margin = margins.get(requirement);
    return margin !== undefined && mostAdded(after, requirement, quiet.station, pools) < margin;
  });
}

/** The pools of the quiet station under the load that the other failure leaves. */
function poolsBeside(
  { state }: Intact,
  after: State,
  model: FailureModel,
  { outcome, station, standing }: Quiet,
): readonly PoolState[] {
  return after.visits === state.visits ? outcome.after.pools[station]! : poolsLeft(after, model, station, standing);
}
