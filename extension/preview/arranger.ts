/** Lays graphs out, and as long as only figures change keeps the layout that there is: sliders must not move the picture. */
import type { Graph, GraphNode, PlacedGraph } from '../../diagram/index.ts';
import { refill } from './refill.ts';

export type Arranger = (uri: string, graph: Graph) => Promise<PlacedGraph>;

interface Arranged {
  readonly structure: string;
  readonly placed: PlacedGraph;
}

/** @param layout computes positions; slow. Keeps the last layout of the most recently previewed files. */
export function createArranger(layout: (graph: Graph) => Promise<PlacedGraph>, most = 8): Arranger {
  const kept = new Map<string, Arranged>();
  return async (uri, graph) => {
    const structure = structureOf(graph);
    const last = kept.get(uri);
    if (last?.structure === structure) return refill(last.placed, graph);
    const placed = await layout(graph);
    kept.delete(uri);
    kept.set(uri, { structure, placed });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return placed;
  };
}

/** Everything that positions depend on but the widths of figures. */
export function structureOf({ direction, nodes, edges }: Graph): string {
  return JSON.stringify([
    direction,
    nodes.map(nodeStructure),
    edges.map(({ id, from, to, flow, rate }) => [id, from, to, flow, rate !== undefined]),
  ]);
}

type Structure = readonly (string | number | boolean | undefined | Structure)[];

function nodeStructure(node: GraphNode): Structure {
  const shared = [node.id, node.kind, node.title, node.subtitle, node.load !== undefined];
  if (node.type === 'box') return [...shared, node.children.map(nodeStructure)];
  const { replicas, parts, hidden } = node;
  return [...shared, replicas.from, replicas.to, parts?.shards, parts?.readReplicas, hidden];
}
