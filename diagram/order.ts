/** The order in which nodes want to stand beside each other, and how well an arrangement keeps lines apart. */
import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import type { PlacedEdge, Point } from './placed.ts';

/**
 * Sorts siblings in the order in which a request reaches them: depth first from what nobody calls, along the edges as declared.
 * So the order follows the text, but a store that is declared late still stands below those that use it.
 */
export function inRequestOrder(graph: Graph): Graph {
  const next = Map.groupBy(graph.edges, ({ from }) => from);
  const called = new Set(graph.edges.map(({ to }) => to));
  const paths = pathsOf(graph.nodes);
  const rank = new Map<string, number>();
  const visit = (id: string): void => {
    const stack = [id];
    for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
      if (rank.has(path)) continue;
      rank.set(path, rank.size);
      stack.push(...(next.get(path) ?? []).map(({ to }: GraphEdge) => to).reverse());
    }
  };
  for (const path of paths) if (!called.has(path) && next.has(path)) visit(path);
  for (const path of paths) if (next.has(path)) visit(path);
  for (const path of paths) if (!rank.has(path)) rank.set(path, rank.size);
  return { ...graph, nodes: sorted(graph.nodes, rank) };
}

/** How often two lines cross. */
export function crossings(edges: readonly PlacedEdge[]): number {
  const segments = edges.flatMap(({ points }, edge) =>
    points.slice(1).map((end, index) => ({ edge, start: points[index]!, end })),
  );
  let count = 0;
  for (const [index, a] of segments.entries())
    for (const b of segments.slice(index + 1)) if (a.edge !== b.edge && cross(a.start, a.end, b.start, b.end)) count++;
  return count;
}

function pathsOf(nodes: readonly GraphNode[]): readonly string[] {
  return nodes.flatMap((node) => [node.id, ...(node.type === 'box' ? pathsOf(node.children) : [])]);
}

function sorted(nodes: readonly GraphNode[], rank: ReadonlyMap<string, number>): readonly GraphNode[] {
  const first = new Map(nodes.map((node) => [node, Math.min(...pathsOf([node]).map((path) => rank.get(path) ?? 0))]));
  return [...nodes]
    .sort((a, b) => first.get(a)! - first.get(b)!)
    .map((node) => (node.type === 'box' ? { ...node, children: sorted(node.children, rank) } : node));
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const [horizontal, vertical] = a.y === b.y ? [[a, b] as const, [c, d] as const] : [[c, d] as const, [a, b] as const];
  const [h, v] = [horizontal, vertical];
  if (h[0].y !== h[1].y || v[0].x !== v[1].x) return false;
  const inX = v[0].x > Math.min(h[0].x, h[1].x) && v[0].x < Math.max(h[0].x, h[1].x);
  const inY = h[0].y > Math.min(v[0].y, v[1].y) && h[0].y < Math.max(v[0].y, v[1].y);
  return inX && inY;
}
