/** Where the heading of a box stands: as far left as no edge that comes in from above crosses it. */
import { grown, overlap } from './geometry.ts';
import type { PlacedBox, PlacedEdge, Rectangle } from './placed.ts';
import { BOX_HEADING } from './plan.ts';

/** The boxes with the `heading` of each moved out of the way of the edges. */
export function placeHeadings(boxes: readonly PlacedBox[], edges: readonly PlacedEdge[]): readonly PlacedBox[] {
  const lines = edges.flatMap(({ points, label }) => [
    ...points.slice(1).map((end, index): Rectangle => {
      const start = points[index]!;
      const [x, y] = [Math.min(start.x, end.x), Math.min(start.y, end.y)];
      return grown({ x, y, width: Math.abs(end.x - start.x), height: Math.abs(end.y - start.y) }, 6);
    }),
    ...(label ? [label] : []),
  ]);
  return boxes.map((box) => {
    const crossing = lines.filter((line) => overlap(line, headingOf({ ...box, heading: 0 }, box.width)));
    const starts = [0, ...crossing.map((line) => Math.ceil(line.x + line.width - box.x - EDGE))];
    const fits = (heading: number) =>
      heading >= 0 &&
      heading + box.plan.width <= box.width &&
      !crossing.some((line) => overlap(line, headingOf({ ...box, heading })));
    const heading = starts.sort((a, b) => a - b).find(fits);
    return { ...box, heading: heading ?? 0, crossed: heading === undefined };
  });
}

/** What the words of a heading cover. */
export function headingOf({ x, y, plan, heading }: PlacedBox, width: number = plan.end - EDGE): Rectangle {
  return { x: x + heading + EDGE, y: y + 8, width, height: BOX_HEADING - 16 };
}

/** Distance of the words from the border of the box. */
const EDGE = 12;
