/** Graphs in the terms of the Eclipse Layout Kernel, and its answers in ours. */
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { Inner } from './geometry.ts';
import type { Direction, Graph, GraphBox, GraphEdge, GraphNode } from './graph.ts';
import { placeHeadings } from './headings.ts';
import type { PlacedBox, PlacedCard, PlacedEdge, Point, Rectangle } from './placed.ts';
import { BOX_HEADING, planBox, planCard, planLabel } from './plan.ts';
import { straighten } from './straighten.ts';

/** What the kernel is asked for. */
export interface Attempt {
  /** Siblings stay in the order of the graph. */
  readonly ordered: boolean;
  /** What stands in a tall layer moves up, as far as there is room. */
  readonly compact: boolean;
  readonly effort: Effort;
}

/** How hard the kernel tries: more passes and straighter lines for pictures that people read card by card. */
export type Effort = 'careful' | 'quick' | 'hasty';

/** Passes over the layers against crossings, and how the places within a layer are found. */
const efforts: Readonly<Record<Effort, LayoutOptions>> = {
  careful: { 'elk.layered.thoroughness': '10', 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX' },
  quick: { 'elk.layered.thoroughness': '3', 'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX' },
  hasty: { 'elk.layered.thoroughness': '1', 'elk.layered.nodePlacement.strategy': 'LINEAR_SEGMENTS' },
};

const layered: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.randomSeed': '1',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '2',
  'elk.spacing.componentComponent': '40',
};

/** Labels of one and of two lines reserve the same room, so that what stands below them is aligned. */
const TWO_LINES = 32;

/** What stands in one layer is aligned where the requests come from. */
const alignments: Readonly<Record<Direction, string>> = { down: 'TOP', up: 'BOTTOM', right: 'LEFT', left: 'RIGHT' };

/** The graph as the kernel wants it. */
export function toElk(graph: Graph, { ordered, compact, effort }: Attempt): ElkNode {
  const least = graph.edges.some(({ flow, rate }) => flow && rate) ? TWO_LINES : 0;
  const options = {
    ...layered,
    ...efforts[effort],
    'elk.direction': graph.direction.toUpperCase(),
    'elk.alignment': alignments[graph.direction],
    'elk.layered.compaction.postCompaction.strategy': compact ? 'LEFT' : 'NONE',
  };
  return {
    id: 'root',
    layoutOptions: {
      ...options,
      'elk.layered.compaction.postCompaction.strategy': 'NONE',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.layered.crossingMinimization.forceNodeModelOrder': String(ordered),
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    },
    children: graph.nodes.map((node) => toElkNode(node, graph.direction, options)),
    edges: graph.edges.map((edge) => toElkEdge(edge, least)),
  };
}

/** Boxes inherit no options, so that each gets them. */
function toElkNode(node: GraphNode, direction: Direction, options: LayoutOptions): ElkNode {
  const id = `n:${node.id}`;
  if (node.type === 'card') {
    const { width, height } = planCard(node);
    return { id, width, height, layoutOptions: { 'elk.alignment': options['elk.alignment']! } };
  }
  return {
    id,
    layoutOptions: {
      ...options,
      'elk.padding': `[top=${BOX_HEADING},left=18,bottom=18,right=18]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${leastSize(node, direction).join()})`,
    },
    children: node.children.map((child) => toElkNode(child, direction, options)),
  };
}

/** Down and up, the kernel lays out from left to right and turns the result, but not this size (elkjs 0.12). */
function leastSize(box: GraphBox, direction: Direction): readonly [number, number] {
  const { width } = planBox(box);
  const height = BOX_HEADING + 18;
  return direction === 'down' || direction === 'up' ? [height, width] : [width, height];
}

function toElkEdge(edge: GraphEdge, least: number): ElkExtendedEdge {
  const plan = planLabel(edge);
  const label = plan && {
    text: ' ',
    width: plan.width,
    height: Math.max(plan.height, least),
    layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
  };
  return {
    id: `e:${edge.id}`,
    sources: [`n:${edge.from}`],
    targets: [`n:${edge.to}`],
    ...(label ? { labels: [label] } : {}),
    // The way of the requests is drawn straight; what branches off it bends.
    layoutOptions: { 'elk.layered.priority.straightness': edge.kind === 'sync' ? '10' : '1' },
  };
}

/** The graph with the positions that the kernel found. */
export function fromElk(graph: Graph, root: ElkNode): Inner {
  const positions = new Map<string, ElkNode>();
  const collect = (node: ElkNode): void => {
    positions.set(node.id, node);
    node.children?.forEach(collect);
  };
  collect(root);
  const boxes: PlacedBox[] = [];
  const cards: PlacedCard[] = [];
  const place = (node: GraphNode, depth: number): void => {
    const found = positions.get(`n:${node.id}`);
    if (!found) return;
    const at = { x: round(found.x), y: round(found.y), width: round(found.width), height: round(found.height) };
    if (node.type === 'card') cards.push({ ...at, card: node, plan: planCard(node) });
    else {
      boxes.push({ ...at, box: node, plan: planBox(node), depth, heading: 0, crossed: false });
      for (const child of node.children) place(child, depth + 1);
    }
  };
  for (const node of graph.nodes) place(node, 0);
  const lines = new Map(root.edges?.map((edge) => [edge.id, edge]));
  const shapes = new Map<string, Rectangle>();
  for (const each of boxes) shapes.set(each.box.id, each);
  for (const each of cards) shapes.set(each.card.id, each);
  const edges = straighten(
    graph.edges.flatMap((edge) => placeEdge(edge, lines.get(`e:${edge.id}`)) ?? []),
    (id) => shapes.get(id),
  );
  const { title, figures, description, badges } = graph;
  return {
    width: round(root.width),
    height: round(root.height),
    ...(title ? { title } : {}),
    figures,
    description,
    badges,
    boxes: placeHeadings(boxes, edges),
    cards,
    edges,
  };
}

function placeEdge(edge: GraphEdge, found: ElkExtendedEdge | undefined): PlacedEdge | undefined {
  const section = found?.sections?.[0];
  if (!section) return undefined;
  const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(toPoint);
  const plan = planLabel(edge);
  const label = found.labels?.[0];
  if (!plan || !label) return { edge, points };
  const { x, y } = toPoint(label);
  const room = ((label.height ?? plan.height) - plan.height) / 2;
  return { edge, points, label: { x, y: y + room, width: plan.width, height: plan.height, plan } };
}

function toPoint({ x, y }: { readonly x?: number; readonly y?: number }): Point {
  return { x: round(x), y: round(y) };
}

/** Half pixels: fine enough to see nothing, coarse enough to keep the files small. */
function round(value = 0): number {
  return Math.round(value * 2) / 2;
}
