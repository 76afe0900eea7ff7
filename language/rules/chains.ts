/** Questions about the ways that requests take. */
import {
  type Architecture,
  type Component,
  type Connection,
  flag,
  type Path,
  synchronousFlows,
} from '../../model/index.ts';
import { carriesRequests, componentAt, componentsOf, nameOf, outgoing } from './query.ts';

/** True if the source waits for an answer over this connection. */
export function isAwaited(architecture: Architecture, connection: Connection): boolean {
  if (!carriesRequests(connection) || componentAt(architecture, connection.from)?.kind === 'queue') return false;
  return (
    connection.flows.length === 0 ||
    connection.flows.some(({ type }) => synchronousFlows.includes(type) || type === 'share')
  );
}

/** True if the source cannot answer when the other end is down. */
export function isNeeded(architecture: Architecture, connection: Connection): boolean {
  return isAwaited(architecture, connection) && flag(connection, 'fallback') !== true;
}

/** The shortest way of a request from the users, both ends included; undefined if none leads there. */
export function wayTo(architecture: Architecture, isGoal: (path: Path) => boolean): readonly Component[] | undefined {
  const ways: Component[][] = componentsOf(architecture, 'users').map((users) => [users]);
  const seen = new Set(ways.map(([users]) => users?.path));
  for (const way of ways) {
    const last = way.at(-1);
    if (!last || isGoal(last.path)) return way;
    for (const { to } of outgoing(architecture, last).filter(carriesRequests)) {
      const next = componentAt(architecture, to);
      if (!next || seen.has(to)) continue;
      seen.add(to);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** `visitors → lb → app`. */
export function printWay(architecture: Architecture, way: readonly Component[]): string {
  return way.map((component) => nameOf(architecture, component)).join(' → ');
}
