/** Ways along connections, for rules about what can be reached from where. */
import type { Architecture, Connection, Path } from '../../model/index.ts';

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

/** What can be reached, and how. */
export interface Ways {
  readonly reached: readonly Path[];
  /** A way to one of these, both ends included. */
  to(path: Path): readonly Path[];
}

/**
 * The shortest ways from a component; never through one that `avoid` names. Breadth first, so that among equally short ways the first
 * declared is taken.
 */
export function waysFrom(outgoing: Outgoing, start: Path, avoid: Test = () => false): Ways {
  const before = new Map<Path, Path>();
  const queue: Path[] = [start];
  const seen = new Set<Path>(queue);
  for (const path of queue) {
    if (path !== start && avoid(path)) continue;
    for (const { to } of outgoing.get(path) ?? []) {
      if (seen.has(to)) continue;
      seen.add(to);
      before.set(to, path);
      queue.push(to);
    }
  }
  return { reached: queue.slice(1), to: (path) => wayTo(path, before) };
}

/** Ways through a component that `via` names and that is neither end. */
export function waysThrough(outgoing: Outgoing, start: Path, via: Test, avoid: Test): Ways {
  const first = waysFrom(outgoing, start, avoid);
  const found = new Map<Path, { readonly middle: Path; readonly second: Ways }>();
  for (const middle of first.reached) {
    if (!via(middle) || avoid(middle)) continue;
    const second = waysFrom(outgoing, middle, avoid);
    for (const end of second.reached) if (!found.has(end)) found.set(end, { middle, second });
  }
  return {
    reached: [...found.keys()],
    to: (path) => {
      const part = found.get(path);
      return part ? [...first.to(part.middle), ...part.second.to(path).slice(1)] : [];
    },
  };
}

function wayTo(path: Path, before: ReadonlyMap<Path, Path>): readonly Path[] {
  const way: Path[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = before.get(at)) way.push(at);
  return way.reverse();
}
