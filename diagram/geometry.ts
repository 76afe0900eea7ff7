/** Rectangles and points, and pictures made of them. */
import type { PlacedGraph, Point, Rectangle } from './placed.ts';

/** A picture before it has a margin, a heading and a legend. */
export type Inner = Omit<PlacedGraph, 'heading' | 'legend'>;

/** The same picture elsewhere. */
export function moved(inner: Inner, by: Point): Inner {
  return {
    ...inner,
    boxes: inner.boxes.map((box) => shifted(box, by)),
    cards: inner.cards.map((card) => shifted(card, by)),
    edges: inner.edges.map((edge) => ({
      ...edge,
      points: edge.points.map(({ x, y }) => ({ x: x + by.x, y: y + by.y })),
      ...(edge.label ? { label: shifted(edge.label, by) } : {}),
    })),
  };
}

/** The same shape elsewhere. */
export function shifted<T extends Rectangle>(shape: T, by: Point): T {
  return { ...shape, x: shape.x + by.x, y: shape.y + by.y };
}

/** Larger by `by` on every side. */
export function grown({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** True if they share more than a border. */
export function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** True if the centre of `inner` lies in `outer`. */
export function contains(outer: Rectangle, inner: Rectangle): boolean {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x > outer.x && x < outer.x + outer.width && y > outer.y && y < outer.y + outer.height;
}
