/** How far a group of replicas works, given which failure domains are up. */
import { kOfMixedAvailability } from './block-diagram.ts';
import type { Group } from './domains.ts';
import type { Working } from './evaluate.ts';
import { failoverUnavailability, groupUnavailability } from './repair.ts';

/**
 * Probabilities over the failures of the group's own machines. `up` says which domains are. They depend on no more than how many
 * machines that leaves, so they are kept.
 */
export function workingOf(group: Group, up: Uint8Array): Working {
  const alive = machinesUp(group, up);
  const primary = isPrimaryUp(group, up);
  let known = kept.get(group);
  if (!known) {
    known = [];
    kept.set(group, known);
  }
  const key = 2 * alive + (primary ? 1 : 0);
  known[key] ??= workingWith(group, alive, primary);
  return known[key];
}

const kept = new WeakMap<Group, Working[]>();

function workingWith(group: Group, alive: number, primaryUp: boolean): Working {
  const { availability } = group.reliability;
  if (alive === 0) return { full: 0, readOnly: 0, lost: 1 };
  if (group.reliability.whole) return { full: availability, readOnly: 0, lost: 1 };
  if (group.store) return storeWorking(group, alive, primaryUp);
  // With too few machines up for the load, what they can take is still done.
  if (alive < group.needed) return { full: Math.min(1, (alive * availability) / group.load), readOnly: 0, lost: 1 };
  return { full: atLeast(group, group.needed, alive) * (1 - unnoticedShare(group, alive)), readOnly: 0, lost: 1 };
}

/**
 * Probability that `needed` of some machines work. A share β of the failures takes all of them (β-factor model, Fleming, 1975;
 * IEC 61508-6 annex D); the others are independent but for the crews that repair them.
 */
function atLeast(group: Group, needed: number, alive: number): number {
  const { commonCause, crews, reliability } = group;
  const down = 1 - reliability.availability;
  const beta = alive > 1 ? commonCause : 0;
  const own = 1 - (1 - beta) * down;
  const independent =
    crews < alive && own > 0 && own < 1
      ? 1 -
        groupUnavailability({
          needed,
          total: alive,
          timeToFailure: (reliability.repair * own) / (1 - own),
          timeToRepair: reliability.repair,
          crews,
        })
      : kOfMixedAvailability(needed, new Array<number>(alive).fill(own));
  return independent * (1 - beta * down);
}

/** Share of the requests that reach a machine that is dead, because the balancer has not noticed yet, or never does. */
function unnoticedShare({ reliability, detection }: Group, alive: number): number {
  if (alive < 2 || detection === 0) return 0;
  return (1 - reliability.availability) * Math.min(1, detection / Math.max(reliability.repair, 1e-9));
}

/** What is lost when one machine is down and everything else is up: of a store the primary. */
export function withoutOne(group: Group): Working {
  const total = group.machines.reduce((sum, { count }) => sum + count, 0);
  const lost = shardShare(group);
  if (group.reliability.whole || total <= 1) return { full: 0, readOnly: 0, lost };
  if (group.store) return group.store.promotes ? { full: 1, readOnly: 0, lost } : { full: 0, readOnly: 1, lost };
  // A balancer that does not look goes on sending the dead machine its part.
  const sent = group.detection === Number.POSITIVE_INFINITY ? (total - 1) / total : 1;
  const carried = total - 1 >= group.needed ? 1 : Math.min(1, (total - 1) / group.load);
  return { full: Math.min(sent, carried), readOnly: 0, lost: 1 };
}

/** Share of a store's traffic that one shard carries at most. */
function shardShare({ store, reliability }: Group): number {
  if (!store || reliability.whole) return 1;
  return store.shards > 1 ? store.hottest + (1 - store.hottest) / store.shards : 1;
}

/**
 * One shard stands for all: an operation meets one of them. With a spare that is promoted, any machine is enough, but for
 * the time of the failover; else writes need the primary and reads any machine.
 */
function storeWorking(group: Group, alive: number, primaryUp: boolean): Working {
  const { reliability, store } = group;
  const atLeastOne = atLeast(group, 1, alive);
  if (!store!.promotes) {
    const full = primaryUp ? reliability.availability : 0;
    return { full, readOnly: Math.max(0, atLeastOne - full), lost: 1 };
  }
  const failures = (1 - reliability.availability) / Math.max(reliability.repair, 1e-9);
  const switching = Math.min(atLeastOne, failoverUnavailability(failures, store!.failover));
  return { full: atLeastOne - switching, readOnly: switching, lost: 1 };
}

function machinesUp(group: Group, up: Uint8Array): number {
  let count = 0;
  for (const machines of group.machines)
    if (machines.domains.every((domain) => up[domain] === 1)) count += machines.count;
  return count;
}

function isPrimaryUp(group: Group, up: Uint8Array): boolean {
  return group.machines[0]?.domains.every((domain) => up[domain] === 1) ?? false;
}
