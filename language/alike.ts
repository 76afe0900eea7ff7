/**
 * How much two architectures have in common. Lowering keeps the objects of what an edit has not changed (see `lowering/memory.ts`), so
 * that comparing them is comparing objects.
 */
import type { Architecture } from '../model/index.ts';
import { saysTheSame } from './lowering/positions.ts';

type Parts = Pick<Architecture, 'components' | 'connections' | 'requests' | 'requirements'>;

/** True if two architectures say the same in every word; only positions may differ. */
export function isSame(one: Architecture, other: Architecture): boolean {
  return (
    one.title === other.title &&
    sameItems(one.files, other.files) &&
    sameItems(one.params, other.params) &&
    sameItems(one.components, other.components) &&
    sameItems(one.connections, other.connections) &&
    sameItems(one.requests, other.requests) &&
    sameItems(one.requirements, other.requirements) &&
    sameItems(one.scenarios, other.scenarios) &&
    sameItems(one.views, other.views)
  );
}

/** True if the simulator's answers are the same: titles, documentation, suppressions, scenarios and views do not matter to it. */
export function behavesTheSame(one: Parts, other: Parts): boolean {
  return (
    sameItems(one.requirements, other.requirements) &&
    sameBehaviour(one.components, other.components) &&
    sameBehaviour(one.connections, other.connections) &&
    sameBehaviour(one.requests, other.requests)
  );
}

function sameItems(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((item, i) => item === others[i]);
}

function sameBehaviour(some: readonly object[], others: readonly object[]): boolean {
  return some.length === others.length && some.every((item, i) => saysTheSame(item, others[i], described));
}

const described: ReadonlySet<string> = new Set(['title', 'doc', 'ignores']);
