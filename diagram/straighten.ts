/** Takes out the little jogs with which lines meet their ends: a port a few pixels further along the side does as well. */
import type { PlacedEdge, Point, Rectangle } from './placed.ts';

/** Edges whose first and last parts are straight where that is possible without coming near another end. */
export function straighten(
  edges: readonly PlacedEdge[],
  shapeOf: (id: string) => Rectangle | undefined,
): readonly PlacedEdge[] {
  const straight: PlacedEdge[] = [...edges];
  for (const [index, placed] of edges.entries()) {
    const others = straight.filter((_, other) => other !== index).flatMap(({ points }) => [points[0]!, points.at(-1)!]);
    const { from, to } = placed.edge;
    const atEnd = withoutJog(placed.points, shapeOf(to), others);
    const atStart = withoutJog([...atEnd].reverse(), shapeOf(from), others);
    straight[index] = { ...placed, points: [...atStart].reverse() };
  }
  return straight;
}

/** A jog is at most this wide; larger ones are ways around something. */
const JOG = 12;
/** From the corners, and from other ends at the same side. */
const CLEARANCE = 12;

/** `points` end at `shape`. */
function withoutJog(
  points: readonly Point[],
  shape: Rectangle | undefined,
  others: readonly Point[],
): readonly Point[] {
  const [before, corner, turn, end] = points.slice(-4);
  if (!shape || !before || !corner || !turn || !end) return points;
  const vertical = turn.x === end.x && turn.y === corner.y && corner.x === before.x;
  const horizontal = turn.y === end.y && turn.x === corner.x && corner.y === before.y;
  if (!vertical && !horizontal) return points;
  const moved = vertical ? { x: corner.x, y: end.y } : { x: end.x, y: corner.y };
  const along = vertical ? Math.abs(end.x - moved.x) : Math.abs(end.y - moved.y);
  const back = vertical ? (corner.y - before.y) * (end.y - turn.y) < 0 : (corner.x - before.x) * (end.x - turn.x) < 0;
  const [at, start, length] = vertical ? [moved.x, shape.x, shape.width] : [moved.y, shape.y, shape.height];
  const free = others.every((other) => Math.abs(other.x - moved.x) + Math.abs(other.y - moved.y) >= CLEARANCE);
  if (back || along > JOG || at < start + CLEARANCE || at > start + length - CLEARANCE || !free) return points;
  return [...points.slice(0, -3), moved];
}
