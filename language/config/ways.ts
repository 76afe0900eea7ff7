/** Ways along connections, for rules about what can be reached from where. */
import type { Architecture, Component, Connection, Path } from '../../model/index.ts';

export type Test = (path: Path) => boolean;

/** Connections by where they start. */
export type Outgoing = ReadonlyMap<Path, readonly Connection[]>;

/** Those that `follow` lets through, in the default mix and in every request class. */
export function outgoingOf(
  { connections, requests }: Architecture,
  follow: (connection: Connection) => boolean,
): Outgoing {
  const all = [...connections, ...requests.flatMap((request) => request.connections)];
  return Map.groupBy(all.filter(follow), ({ from }) => from);
}

/**
 * A shortest way from a component to each that it reaches, both ends included; never through one that `avoid` names. Breadth first,
 * so that among equally short ways the first declared is taken.
 */
export function waysFrom(
  outgoing: Outgoing,
  start: Component,
  avoid: Test = () => false,
): ReadonlyMap<Path, readonly Path[]> {
  const before = new Map<Path, Path | undefined>();
  const queue: Path[] = [start.path];
  const ways = new Map<Path, readonly Path[]>();
  const seen = new Set<Path>(queue);
  for (const path of queue) {
    if (path !== start.path && avoid(path)) continue;
    for (const { to } of outgoing.get(path) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      before.set(to, path);
      queue.push(to);
    }
  }
  for (const path of before.keys()) ways.set(path, wayTo(path, before));
  return ways;
}

/** A way to each component through one that `via` names and is neither end. */
export function waysThrough(
  outgoing: Outgoing,
  start: Component,
  via: Test,
  avoid: Test,
): ReadonlyMap<Path, readonly Path[]> {
  const found = new Map<Path, readonly Path[]>();
  for (const [middle, first] of waysFrom(outgoing, start, avoid)) {
    if (!via(middle) || avoid(middle)) continue;
    for (const [end, second] of waysFrom(outgoing, { ...start, path: middle }, avoid))
      if (!found.has(end)) found.set(end, [...first, ...second.slice(1)]);
  }
  return found;
}

function wayTo(path: Path, before: ReadonlyMap<Path, Path | undefined>): readonly Path[] {
  const way: Path[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = before.get(at)) way.unshift(at);
  return way;
}
