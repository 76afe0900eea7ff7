/**
 * Edges that must not decide who stands above whom: replication between stores that other edges place already. The layered
 * algorithm would put one data center below the other for them. They are routed afterwards, around what stands there.
 */

import { grown, type Inner, moved, overlap } from './geometry.ts';
import type { Direction, Graph, GraphEdge } from './graph.ts';
import { headingOf } from './headings.ts';
import type { PlacedEdge, Point, Rectangle } from './placed.ts';
import { planLabel } from './plan.ts';
import { findRoute, type Port } from './route.ts';

/** Lateral are the replications between two that both have other edges. */
export function splitEdges({ edges }: Graph): {
  readonly layered: readonly GraphEdge[];
  readonly lateral: readonly GraphEdge[];
} {
  const held = new Set(edges.filter(({ kind }) => kind !== 'replication').flatMap(({ from, to }) => [from, to]));
  const isLateral = ({ kind, from, to }: GraphEdge) =>
    kind === 'replication' && from !== to && held.has(from) && held.has(to);
  return { layered: edges.filter((edge) => !isLateral(edge)), lateral: edges.filter(isLateral) };
}

/** Adds the lateral edges, one after the other, each around the ones before. */
export function addLateral(inner: Inner, lateral: readonly GraphEdge[], direction: Direction): Inner {
  const used = new Map<string, number>();
  let placed = inner;
  for (const edge of lateral) {
    const from = shapeOf(inner, edge.from);
    const to = shapeOf(inner, edge.to);
    if (!from || !to) continue;
    const points = findRoute({
      from: ports(from, direction, take(used, edge.from), to),
      to: ports(to, direction, take(used, edge.to), from),
      obstacles: obstaclesOf(placed),
      lines: [...placed.edges.map((each) => each.points), ...placed.boxes.map(outline)],
    });
    placed = { ...placed, edges: [...placed.edges, labelled(edge, points, placed)] };
  }
  return withBounds(placed);
}

/** Several edges at one card leave at different heights. */
const PORT_STEP = 16;
/** Distance of a port from the corners. */
const PORT_MARGIN = 12;
/** Room between a line and what it passes. */
const CLEARANCE = 12;

function take(used: Map<string, number>, id: string): number {
  const count = used.get(id) ?? 0;
  used.set(id, count + 1);
  return (count % 2 === 0 ? -1 : 1) * Math.ceil(count / 2) * PORT_STEP;
}

function shapeOf({ cards, boxes }: Inner, id: string): Rectangle | undefined {
  const card = cards.find((each) => each.card.id === id);
  if (card) return { x: card.x, y: card.y, width: card.width, height: card.plan.front };
  return boxes.find(({ box }) => box.id === id);
}

/** Places on the two sides at which the layered edges do not arrive, preferably at the same height as on the other card. */
function ports(shape: Rectangle, direction: Direction, offset: number, other: Rectangle): readonly Port[] {
  const { x, y, width, height } = shape;
  if (direction === 'down' || direction === 'up')
    return places([y, y + height], [other.y, other.y + other.height], offset).flatMap(({ at, cost }) => [
      { x, y: at, side: 'left' as const, cost },
      { x: x + width, y: at, side: 'right' as const, cost },
    ]);
  return places([x, x + width], [other.x, other.x + other.width], offset).flatMap(({ at, cost }) => [
    { x: at, y, side: 'top' as const, cost },
    { x: at, y: y + height, side: 'bottom' as const, cost },
  ]);
}

function places(own: Range, other: Range, offset: number): readonly { readonly at: number; readonly cost: number }[] {
  const middle = sharedMiddle(own, other, offset);
  return SHIFTS.map((shift) => ({ at: middle + shift, cost: Math.abs(shift) / 2 })).filter(
    ({ at, cost }) => cost === 0 || (at >= own[0] + PORT_MARGIN && at <= own[1] - PORT_MARGIN),
  );
}

/** A little higher or lower a line may pass an obstacle without bends. */
const SHIFTS: readonly number[] = [0, -8, 8, -16, 16, -24, 24, -32, 32];

type Range = readonly [start: number, end: number];

/** The middle of what two ranges share, shifted by `offset`; of the first range alone if they share too little. */
function sharedMiddle(own: Range, other: Range, offset: number): number {
  const [start, end] = [Math.max(own[0], other[0]), Math.min(own[1], other[1])];
  const [from, to] = end - start >= 2 * PORT_MARGIN ? [start, end] : own;
  const middle = Math.round((from + to) / 2 + offset);
  return Math.max(own[0] + PORT_MARGIN, Math.min(own[1] - PORT_MARGIN, middle));
}

function obstaclesOf({ cards, boxes, edges }: Inner): readonly Rectangle[] {
  const labels = edges.flatMap(({ label }) => (label ? [grown(label, 4)] : []));
  return [...cards.map((card) => grown(card, CLEARANCE)), ...labels, ...boxes.map(headingOf)];
}

function labelled(edge: GraphEdge, points: readonly Point[], placed: Inner): PlacedEdge {
  const plan = planLabel(edge);
  if (!plan) return { edge, points };
  const occupied = [
    ...placed.cards,
    ...placed.boxes.map(headingOf),
    ...placed.edges.flatMap(({ label }) => label ?? []),
    ...placed.edges.flatMap((each) => each.points.slice(1).map((end, index) => between(each.points[index]!, end))),
  ];
  const at = labelSpots(points, plan).find((spot) => !occupied.some((other) => overlap(spot, other)));
  const spot = at ?? labelSpots(points, plan)[0];
  return spot ? { edge, points, label: { ...spot, plan } } : { edge, points };
}

/** The border of a box, which a line should not run along. */
function outline({ x, y, width, height }: Rectangle): readonly Point[] {
  const [right, bottom] = [x + width, y + height];
  return [
    { x, y },
    { x: right, y },
    { x: right, y: bottom },
    { x, y: bottom },
    { x, y },
  ];
}

/** Places for a label on a line: nearest to the middle of the line first. */
function labelSpots(
  points: readonly Point[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly Rectangle[] {
  const spots: { readonly spot: Rectangle; readonly along: number }[] = [];
  let walked = 0;
  for (const [index, end] of points.slice(1).entries()) {
    const start = points[index]!;
    const length = Math.abs(end.x - start.x) + Math.abs(end.y - start.y);
    for (let by = 0; by <= length; by += 8) {
      const part = length === 0 ? 0 : by / length;
      const x = Math.round(start.x + (end.x - start.x) * part - width / 2);
      const y = Math.round(start.y + (end.y - start.y) * part - height / 2);
      spots.push({ spot: { x, y, width, height }, along: walked + by });
    }
    walked += length;
  }
  return spots
    .sort((a, b) => Math.abs(a.along - walked / 2) - Math.abs(b.along - walked / 2) || a.along - b.along)
    .map(({ spot }) => spot);
}

/** Lines may have gone around the outside: everything moves so that nothing has a negative position. */
function withBounds(inner: Inner): Inner {
  const shapes = [
    ...inner.edges.flatMap(({ label }) => label ?? []),
    ...inner.edges.flatMap(({ points }) => points.map((point) => ({ ...point, width: 0, height: 0 }))),
  ];
  const left = Math.min(0, ...shapes.map(({ x }) => x));
  const top = Math.min(0, ...shapes.map(({ y }) => y));
  const right = Math.max(inner.width, ...shapes.map(({ x, width }) => x + width));
  const bottom = Math.max(inner.height, ...shapes.map(({ y, height }) => y + height));
  return { ...moved(inner, { x: -left, y: -top }), width: right - left, height: bottom - top };
}

function between(a: Point, b: Point): Rectangle {
  return grown(
    { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) },
    2,
  );
}
