/** Gives a graph its positions, with the layered algorithm of the Eclipse Layout Kernel. */
import type { ELK } from 'elkjs/lib/elk-api.js';
import { type Attempt, type Effort, fromElk, toElk } from './elk-graph.ts';
import { frame } from './frame.ts';
import type { Inner } from './geometry.ts';
import type { Graph, GraphCard, GraphNode } from './graph.ts';
import { addLateral, splitEdges } from './lateral.ts';
import { crossings, inRequestOrder } from './order.ts';
import type { PlacedGraph } from './placed.ts';

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
      const inner = inRequestOrder({ ...graph, nodes: cards, edges: layered });
      const placed = await best(inner, (ordered) => place(elk, inner, ordered));
      return frame(addLateral(placed, lateral, graph.direction), observers, { framed });
    },
    dispose: () => {
      if (options.worker) kernel?.then((elk) => elk.terminateWorker());
      kernel = undefined;
    },
  };
}

/** The order of requests where it costs hardly any crossing, otherwise the order that the kernel finds. */
async function best(graph: Graph, place: (ordered: boolean) => Promise<Inner>): Promise<Inner> {
  const ordered = await place(true);
  const crossed = effortFor(graph) === 'careful' ? crossings(ordered.edges) : 0;
  if (crossed <= TOLERATED) return ordered;
  const free = await place(false);
  return crossed <= crossings(free.edges) + TOLERATED ? ordered : free;
}

/**
 * The compaction of the kernel (elkjs 0.12) and its model order refuse some graphs ("Invalid hitboxes", a missing port order);
 * a picture with more room or in another order is better than none.
 */
async function place(elk: ELK, graph: Graph, ordered: boolean): Promise<Inner> {
  const effort = effortFor(graph);
  const attempts: readonly Attempt[] = [
    ...(effort === 'careful' ? [{ ordered, compact: true, effort }] : []),
    { ordered, compact: false, effort },
    { ordered: false, compact: false, effort },
  ];
  let refusal: unknown;
  for (const attempt of attempts) {
    try {
      return fromElk(graph, await elk.layout(toElk(graph, attempt)));
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/** So many crossings are better than another order after every small edit. */
const TOLERATED = 1;

/**
 * Up to 60 edges a careful layout takes less than a tenth of a second, twice with the order that is compared. Of large graphs the
 * compaction is refused more often than not, after most of the work; above 200 edges the network simplex takes most of the time:
 * 300 components of generated models need 0.8 s instead of 3.3 s, 1 000 need 3 s instead of 27 s.
 */
function effortFor({ edges }: Graph): Effort {
  if (edges.length <= 60) return 'careful';
  return edges.length <= 200 ? 'quick' : 'hasty';
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
