/** A connection: a line with rounded corners, arrow heads, and a label on it. */
import type { PlacedEdge, Point } from '../placed.ts';
import { Badges } from './badges.tsx';
import { Chip } from './chip.tsx';

export function Edge({ placed, interactive }: { readonly placed: PlacedEdge; readonly interactive: boolean }) {
  const { edge, points } = placed;
  const width = edge.weight === undefined ? 1.5 : 1.25 + 1.75 * edge.weight;
  const head = 6 + width;
  const ends = shortened(points, edge.both ? head - 1.5 : 0, head - 1.5);
  const path = rounded(ends);
  return (
    <g data-id={edge.id} class={`edge kind-${edge.kind}`}>
      <title>{edge.tooltip}</title>
      {interactive && <path class="hit" d={path} />}
      <path class="line" d={path} stroke-width={Math.round(width * 100) / 100} />
      <path class="arrow" d={arrowHead(points.at(-2), points.at(-1), head)} />
      {edge.both && <path class="arrow" d={arrowHead(points[1], points[0], head)} />}
    </g>
  );
}

/** Drawn after all lines, so that none crosses it. `depth` is the number of tinted boxes that it lies in; it takes on their tint. */
export function EdgeLabel({ placed, depth }: { readonly placed: PlacedEdge; readonly depth: number }) {
  const { edge, label } = placed;
  if (!label) return null;
  const { x, y, width, height, plan } = label;
  const badges = edge.badges.length * 20;
  const top = y + (height - plan.lines.length * 14) / 2;
  return (
    <g data-id={edge.id} class={`label kind-${edge.kind}`}>
      <title>{edge.tooltip}</title>
      <Chip x={x} y={y} width={width} height={height} depth={depth} />
      {plan.lines.map((line, index) => (
        <text
          key={`${line.font}${index}`}
          class={line.font}
          text-anchor="middle"
          x={x + (width - badges) / 2}
          y={top + 10.5 + index * 14}
        >
          {line.text}
        </text>
      ))}
      <Badges badges={edge.badges} right={x + width} y={y + height / 2} />
    </g>
  );
}

const RADIUS = 8;

function rounded(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (!start) return '';
  const parts = [`M${at(start)}`];
  for (const [index, point] of rest.entries()) {
    const next = rest[index + 1];
    if (!next) parts.push(`L${at(point)}`);
    else {
      const before = points[index]!;
      const radius = Math.min(RADIUS, distance(before, point) / 2, distance(point, next) / 2);
      parts.push(`L${at(toward(point, before, radius))}Q${at(point)} ${at(toward(point, next, radius))}`);
    }
  }
  return parts.join('');
}

/** The line ends inside the arrow head, so that a thick line does not show beside its tip. */
function shortened(points: readonly Point[], atStart: number, atEnd: number): readonly Point[] {
  const copy = [...points];
  const last = copy.length - 1;
  if (last < 1) return copy;
  copy[last] = toward(points[last]!, points[last - 1]!, Math.min(atEnd, distance(points[last]!, points[last - 1]!)));
  copy[0] = toward(points[0]!, copy[1]!, Math.min(atStart, distance(points[0]!, copy[1]!)));
  return copy;
}

function arrowHead(from: Point | undefined, tip: Point | undefined, length: number): string {
  if (!from || !tip) return '';
  const far = distance(from, tip) || 1;
  const along = { x: (tip.x - from.x) / far, y: (tip.y - from.y) / far };
  const half = length * 0.46;
  const base = { x: tip.x - along.x * length, y: tip.y - along.y * length };
  const left = { x: base.x - along.y * half, y: base.y + along.x * half };
  const right = { x: base.x + along.y * half, y: base.y - along.x * half };
  return `M${at(tip)}L${at(left)}L${at(right)}Z`;
}

function toward(from: Point, to: Point, by: number): Point {
  const far = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / far) * by, y: from.y + ((to.y - from.y) / far) * by };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function at({ x, y }: Point): string {
  return `${tenths(x)} ${tenths(y)}`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
