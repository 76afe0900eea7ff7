/** Finding things in the picture and on the page by the path of a component or the id of a connection. */
import type { PlacedGraph, Point, Rectangle } from '../../../diagram/index.ts';

/** The middle of every node, by its path. */
export function centresOf({ boxes, cards }: PlacedGraph): ReadonlyMap<string, Point> {
  return new Map(
    [...boxes.map((it) => ({ id: it.box.id, it })), ...cards.map((it) => ({ id: it.card.id, it }))].map(
      ({ id, it }) => [id, { x: it.x + it.width / 2, y: it.y + it.height / 2 }],
    ),
  );
}

/** Where something is in the picture; of a connection, the part around its label. */
export function rectangleOf(placed: PlacedGraph, wanted: string): Rectangle | undefined {
  const { boxes, cards, edges } = placed;
  const id = shownId(placed, wanted);
  const node = cards.find(({ card }) => card.id === id) ?? boxes.find(({ box }) => box.id === id);
  if (node) return node;
  const line = edges.find(({ edge }) => edge.id === id);
  if (!line) return undefined;
  const [start = { x: 0, y: 0 }] = line.points;
  return line.label ?? { ...start, width: 1, height: 1 };
}

/** The elements that stand for something: those of the line for each of the connections that share it, and the box for what it hides. */
export function elementsOf(root: Element | null, placed: PlacedGraph, id: string): readonly Element[] {
  return [...(root?.querySelectorAll(`[data-id="${CSS.escape(shownId(placed, id))}"]`) ?? [])];
}

/** The id under which something is shown. */
export function shownId({ boxes, cards, edges }: PlacedGraph, id: string): string {
  const nodes = new Set([...cards.map(({ card }) => card.id), ...boxes.map(({ box }) => box.id)]);
  const line = edges.find(({ edge }) => edge.connections.includes(id));
  if (line) return line.edge.id;
  let path = id;
  while (!nodes.has(path) && path.includes('.')) path = path.slice(0, path.lastIndexOf('.'));
  return nodes.has(path) ? path : id;
}

/** The id of the thing that an element is part of. */
export function idAt(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest('[data-id]') : null;
  return element?.getAttribute('data-id') ?? undefined;
}
