/** A directed graph by adjacency. */
export type Successors = readonly (readonly number[])[];

/** An order of the nodes of a graph. */
export interface Ordering {
  /** Nodes such that edges outside of cycles lead forward; the nodes of a cycle are neighbours. */
  readonly order: readonly number[];
  /** Ranges [from, to) of `order` that form a cycle; a node that leads to itself is one. */
  readonly cycles: readonly (readonly [number, number])[];
}

/**
 * Topological order with cycles kept together: strongly connected components by the algorithm of Tarjan ("Depth-first search and
 * linear graph algorithms", SIAM J. Computing 1, 1972), without recursion so that long chains cannot overflow the stack.
 * Only what node 0 reaches is in it, node 0 first unless it is part of a cycle.
 */
export function orderFrom(successors: Successors): Ordering {
  const size = successors.length;
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  const path: number[] = [];
  const components: number[][] = [];
  let counter = 0;
  const enter = (node: number) => {
    index[node] = low[node] = counter++;
    onStack[node] = 1;
    stack.push(node);
    path.push(node);
  };
  if (size > 0) enter(0);
  while (path.length > 0) {
    const node = path[path.length - 1]!;
    const target = successors[node]![next[node]!];
    if (target !== undefined) {
      next[node] = next[node]! + 1;
      if (index[target] === -1) enter(target);
      else if (onStack[target]) low[node] = Math.min(low[node]!, index[target]!);
      continue;
    }
    path.pop();
    const parent = path[path.length - 1];
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] === index[node]) components.push(popComponent(stack, node, onStack));
  }
  return arrange(components, successors);
}

function popComponent(stack: number[], root: number, onStack: Uint8Array): number[] {
  const component: number[] = [];
  for (let node = -1; node !== root; ) {
    node = stack.pop()!;
    onStack[node] = 0;
    component.push(node);
  }
  return component.reverse();
}

/** Tarjan finds components last to first. */
function arrange(components: readonly number[][], successors: Successors): Ordering {
  const order: number[] = [];
  const cycles: (readonly [number, number])[] = [];
  for (const component of components.toReversed()) {
    const first = component[0]!;
    if (component.length > 1 || successors[first]!.includes(first))
      cycles.push([order.length, order.length + component.length]);
    order.push(...component);
  }
  return { order, cycles };
}
