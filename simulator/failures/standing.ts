/** Which machines are left after some failures, and how far each group still works. */
import type { FailureModel, Group } from '../availability/domains.ts';
import { type Working, works } from '../availability/evaluate.ts';
import type { Candidate } from './failure.ts';

/** What is left of a group. */
export interface Standing {
  readonly alive: number;
  readonly total: number;
  /** Of a store: the machine that takes the writes runs. */
  readonly primary: boolean;
  /** Only machines of one shard are missing. */
  readonly oneShard: boolean;
}

/** The groups that have lost machines. Two machines of a sharded store are taken to be of the same shard, the worst case. */
export function standingsAfter(model: FailureModel, failures: readonly Candidate[]): ReadonlyMap<number, Standing> {
  const up = domainsUp(model, failures);
  const anyDown = failures.some(({ domain }) => domain !== undefined);
  const hit = new Map<number, Standing>();
  for (const [index, group] of model.groups.entries()) {
    const own = failures.filter((failure) => failure.group === index);
    if (own.length === 0 && !anyDown) continue;
    const total = group.machines.reduce((sum, { count }) => sum + count, 0);
    const inUp = group.machines.reduce(
      (sum, { count, domains }) => sum + (domains.every((domain) => up[domain] === 1) ? count : 0),
      0,
    );
    const alive = own.some(isWhole) ? 0 : Math.max(0, inUp - own.length);
    if (alive === total) continue;
    const first = group.machines[0]?.domains.every((domain) => up[domain] === 1) ?? false;
    const primary = alive > 0 && first && !own.some(({ failure }) => failure.kind === 'primary');
    const oneShard = inUp === total && (group.store?.shards ?? 1) > 1 && !own.some(isWhole);
    hit.set(index, { alive, total, primary, oneShard });
  }
  return hit;
}

function isWhole({ failure }: Candidate): boolean {
  return failure.kind === 'service' || failure.kind === 'allMachines';
}

/** How far a group works once what can take over has done so. */
export function workingAfter(group: Group, standing: Standing | undefined): Working {
  if (!standing) return works;
  const lost = standing.oneShard ? shardShare(group) : 1;
  if (standing.alive === 0) return { full: 0, readOnly: 0, lost };
  if (group.store && !standing.primary && !group.store.promotes) return { full: 0, readOnly: 1, lost };
  return group.detection === Number.POSITIVE_INFINITY ? unnoticed(standing) : works;
}

/** The same before a new primary is promoted, and before balancers have noticed what is dead. */
export function workingAtFirst(group: Group, standing: Standing | undefined): Working {
  const after = workingAfter(group, standing);
  if (standing && after === works && group.detection > 0) return unnoticed(standing);
  if (!standing || after !== works || !group.store || standing.primary || group.store.failover === 0) return after;
  return { full: 0, readOnly: 1, lost: standing.oneShard ? shardShare(group) : 1 };
}

/** Requests still go to the dead machines. */
function unnoticed({ alive, total }: Standing): Working {
  return { full: alive / total, readOnly: 0, lost: 1 };
}

/** Share of a store's traffic that its hottest shard carries. */
export function shardShare({ store }: Group): number {
  return store && store.shards > 1 ? store.hottest + (1 - store.hottest) / store.shards : 1;
}

/** What is in a domain that is down is down with it. */
function domainsUp(model: FailureModel, failures: readonly Candidate[]): Uint8Array {
  const up = new Uint8Array(model.domains.length).fill(1);
  for (const { domain } of failures) if (domain !== undefined) up[domain] = 0;
  for (const [index, { within }] of model.domains.entries())
    if (within.some((around) => up[around] === 0)) up[index] = 0;
  return up;
}
