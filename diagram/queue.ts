/** A binary heap of numbered states, cheapest first; of equal costs the smaller state, so that only the input decides. */
export interface Queue {
  readonly push: (cost: number, state: number) => void;
  readonly pop: () => number | undefined;
}

/** An empty one. States of infinite cost are not taken. */
export function createQueue(): Queue {
  const heap: (readonly [cost: number, state: number])[] = [];
  const before = (a: number, b: number) => heap[a]![0] - heap[b]![0] || heap[a]![1] - heap[b]![1];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  return {
    push: (cost, state) => {
      if (cost === Number.POSITIVE_INFINITY) return;
      heap.push([cost, state]);
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (before(at, parent) >= 0) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      if (heap.length === 0) return undefined;
      swap(0, heap.length - 1);
      const [, state] = heap.pop()!;
      for (let at = 0; ; ) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < heap.length && before(child, least) < 0) least = child;
        if (least === at) return state;
        swap(at, least);
        at = least;
      }
    },
  };
}
