import type { Graph, GraphBox, GraphCard, GraphEdge, GraphNode, PlacedGraph } from '../../diagram/index.ts';
import { planBox, planCard, planLabel } from '../../diagram/plan.ts';

/** The same places with the figures, loads and findings of another graph of the same structure. */
export function refill(placed: PlacedGraph, graph: Graph): PlacedGraph {
  const nodes = new Map([...allNodes(graph.nodes)].map((node) => [node.id, node]));
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  return {
    ...placed,
    figures: graph.figures,
    description: graph.description,
    badges: graph.badges,
    boxes: placed.boxes.map((it) => {
      const box = nodes.get(it.box.id) as GraphBox;
      return { ...it, box, plan: planBox(box) };
    }),
    cards: placed.cards.map((it) => {
      const card = nodes.get(it.card.id) as GraphCard;
      return { ...it, card, plan: planCard(card) };
    }),
    edges: placed.edges.map((it) => ({ ...it, ...refilledEdge(it, edges.get(it.edge.id)!) })),
  };
}

/** A label that gets wider or narrower keeps its middle. */
function refilledEdge(
  { label }: PlacedGraph['edges'][number],
  edge: GraphEdge,
): Partial<PlacedGraph['edges'][number]> & { readonly edge: GraphEdge } {
  const plan = planLabel(edge);
  if (!label || !plan) return { edge };
  const { width, height } = plan;
  const x = label.x + (label.width - width) / 2;
  const y = label.y + (label.height - height) / 2;
  return { edge, label: { x, y, width, height, plan } };
}

function* allNodes(nodes: readonly GraphNode[]): Generator<GraphNode> {
  for (const node of nodes) {
    yield node;
    if (node.type === 'box') yield* allNodes(node.children);
  }
}
