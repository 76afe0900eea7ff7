/** Gives a graph its positions, with the layered algorithm of the Eclipse Layout Kernel. */
import type { ELK, ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import { frame } from './frame.ts';
import type { Inner } from './geometry.ts';
import type { Graph, GraphCard, GraphEdge, GraphNode } from './graph.ts';
import { placeHeadings } from './headings.ts';
import { addLateral, splitEdges } from './lateral.ts';
import type { PlacedBox, PlacedCard, PlacedEdge, PlacedGraph, Point } from './placed.ts';
import { BOX_HEADING, planBox, planCard, planLabel } from './plan.ts';

export interface LayoutOptionsOf {
  /** Reserves room for the title with the figures, and for the legend. Default: true. */
  readonly framed?: boolean;
}

export interface Layouter {
  readonly layout: (graph: Graph, options?: LayoutOptionsOf) => Promise<PlacedGraph>;
  /** Ends the worker, if there is one. */
  readonly dispose: () => void;
}

/** What the layouter needs of a web worker that runs `elkjs/lib/elk-worker.js`. */
export interface LayoutWorker {
  postMessage(message: unknown): void;
  onmessage: ((event: never) => unknown) | null;
  terminate(): void;
}

/**
 * Loads the layout kernel (1.5 MB) when it is first used. With `worker`, a function that starts a worker with
 * `elkjs/lib/elk-worker.js`, it computes there, otherwise in this thread.
 */
export function createLayouter(options: { readonly worker?: () => LayoutWorker } = {}): Layouter {
  let kernel: Promise<ELK> | undefined;
  return {
    layout: async (graph, { framed = true } = {}) => {
      kernel ??= loadKernel(options.worker);
      const { cards, observers } = apart(graph);
      const elk = await kernel;
      const { layered, lateral } = splitEdges(graph);
      const inner = { ...graph, nodes: cards, edges: layered };
      const placed = fromElk(inner, await elk.layout(toElk(inner)));
      return frame(addLateral(placed, lateral, graph.direction), observers, { framed });
    },
    dispose: () => {
      kernel?.then((elk) => elk.terminateWorker());
      kernel = undefined;
    },
  };
}

async function loadKernel(worker: (() => LayoutWorker) | undefined): Promise<ELK> {
  if (!worker) {
    const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
    return new (Elk as unknown as new () => ELK)();
  }
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  return new (Elk as unknown as new (options: { workerFactory: () => LayoutWorker }) => ELK)({ workerFactory: worker });
}

/** Those that take part in no edge and watch the rest stand in a row of their own, so that they do not push the others about. */
function apart(graph: Graph): { readonly cards: readonly GraphNode[]; readonly observers: readonly GraphCard[] } {
  const busy = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const observes = (node: GraphNode): node is GraphCard =>
    node.type === 'card' && (node.kind === 'monitoring' || node.kind === 'automation') && !busy.has(node.id);
  return { cards: graph.nodes.filter((node) => !observes(node)), observers: graph.nodes.filter(observes) };
}

const rootOptions: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
  'elk.randomSeed': '1',
  'elk.layered.thoroughness': '10',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.spacing.nodeNodeBetweenLayers': '36',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '14',
  'elk.spacing.edgeLabel': '2',
  'elk.spacing.componentComponent': '40',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

function toElk(graph: Graph): ElkNode {
  return {
    id: 'root',
    layoutOptions: { ...rootOptions, 'elk.direction': graph.direction.toUpperCase() },
    children: graph.nodes.map(toElkNode),
    edges: graph.edges.map(toElkEdge),
  };
}

function toElkNode(node: GraphNode): ElkNode {
  const id = `n:${node.id}`;
  if (node.type === 'card') {
    const { width, height } = planCard(node);
    return { id, width, height };
  }
  return {
    id,
    layoutOptions: {
      'elk.padding': `[top=${BOX_HEADING},left=18,bottom=18,right=18]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${planBox(node).width},${BOX_HEADING + 18})`,
    },
    children: node.children.map(toElkNode),
  };
}

function toElkEdge(edge: GraphEdge): ElkExtendedEdge {
  const plan = planLabel(edge);
  const label = plan && {
    text: ' ',
    width: plan.width,
    height: plan.height,
    layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' },
  };
  return {
    id: `e:${edge.id}`,
    sources: [`n:${edge.from}`],
    targets: [`n:${edge.to}`],
    ...(label ? { labels: [label] } : {}),
  };
}

function fromElk(graph: Graph, root: ElkNode): Inner {
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
      boxes.push({ ...at, box: node, plan: planBox(node), depth, heading: 0 });
      for (const child of node.children) place(child, depth + 1);
    }
  };
  for (const node of graph.nodes) place(node, 0);
  const lines = new Map(root.edges?.map((edge) => [edge.id, edge]));
  const edges = graph.edges.flatMap((edge) => placeEdge(edge, lines.get(`e:${edge.id}`)) ?? []);
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
  return { edge, points, label: { ...toPoint(label), width: plan.width, height: plan.height, plan } };
}

function toPoint({ x, y }: { readonly x?: number; readonly y?: number }): Point {
  return { x: round(x), y: round(y) };
}

/** Half pixels: fine enough to see nothing, coarse enough to keep the files small. */
function round(value = 0): number {
  return Math.round(value * 2) / 2;
}
