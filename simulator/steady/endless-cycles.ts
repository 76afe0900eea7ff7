/** Which nodes of a cycle get requests without end. */
import { solveLinear } from '../queueing/linear-solve.ts';

/**
 * Visits to the nodes of a cycle whose equations have no positive solution. The limits and caches in it may cut it into parts: a part that
 * makes ever more of the requests that reach it gets infinite visits, and so does what it leads to; the rest has visits as always.
 *
 * @param weights operations at node `to` for each one at node `from`, at `to * size + from`
 * @param entering visits that come from outside of the cycle
 */
export function endlessVisits(weights: Float64Array, entering: Float64Array): Float64Array {
  const size = entering.length;
  const reach = reachability(weights, size);
  const from = (start: number) => nodes(size).filter((node) => start === node || reach[start * size + node] === 1);
  const visited = new Set(nodes(size).flatMap((node) => (entering[node]! > 0 ? from(node) : [])));
  const endless = new Set(
    nodes(size).flatMap((node) => (entering[node] === Number.POSITIVE_INFINITY ? from(node) : [])),
  );
  const tried = new Set<number>();
  for (const node of visited) {
    if (endless.has(node) || tried.has(node)) continue;
    const part = from(node).filter((other) => other === node || reach[other * size + node] === 1);
    for (const one of part) tried.add(one);
    if (multiplies(weights, size, part)) for (const one of from(node)) endless.add(one);
  }
  const finite = [...visited].filter((node) => !endless.has(node));
  const solution = solvePart(weights, size, finite, (node) => entering[node]!);
  const visits = new Float64Array(size);
  for (const node of endless) visits[node] = Number.POSITIVE_INFINITY;
  for (const [i, node] of finite.entries()) visits[node] = Math.max(0, solution?.[i] ?? Number.POSITIVE_INFINITY);
  return visits;
}

/** True if one request at the first node of a part causes ever more: a singular system or negative visits (theory of M-matrices). */
function multiplies(weights: Float64Array, size: number, part: readonly number[]): boolean {
  const solution = solvePart(weights, size, part, (node) => (node === part[0] ? 1 : 0));
  return !solution?.every((count) => Number.isFinite(count) && count >= -1e-9);
}

function solvePart(
  weights: Float64Array,
  size: number,
  part: readonly number[],
  entering: (node: number) => number,
): Float64Array | undefined {
  const matrix = part.flatMap((to) => part.map((from) => (to === from ? 1 : 0) - weights[to * size + from]!));
  return solveLinear(Float64Array.from(matrix), Float64Array.from(part, entering));
}

/** At `from * size + to`: 1 if requests at the one lead to requests at the other (Warshall, 1962). */
function reachability(weights: Float64Array, size: number): Uint8Array {
  const reach = new Uint8Array(size * size);
  for (const from of nodes(size))
    for (const to of nodes(size)) if (weights[to * size + from]! > 0) reach[from * size + to] = 1;
  for (const via of nodes(size))
    for (const from of nodes(size))
      if (reach[from * size + via] === 1)
        for (let to = 0; to < size; to++) if (reach[via * size + to] === 1) reach[from * size + to] = 1;
  return reach;
}

function nodes(size: number): readonly number[] {
  return Array.from({ length: size }, (_, node) => node);
}
