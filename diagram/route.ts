/** An orthogonal line between two shapes, around obstacles: Dijkstra's algorithm on the grid of the lines that obstacles suggest. */
import { overlap } from './geometry.ts';
import type { Point, Rectangle } from './placed.ts';
import { createQueue } from './queue.ts';

export interface Port extends Point {
  readonly side: 'left' | 'right' | 'top' | 'bottom';
  /** Pixels of detour that another port is worth. */
  readonly cost?: number;
}

export interface RouteTask {
  /** The places where it may start and end. */
  readonly from: readonly Port[];
  readonly to: readonly Port[];
  /** It keeps out of these. */
  readonly obstacles: readonly Rectangle[];
  /** It crosses these if it must, but does not run along them. */
  readonly lines: readonly (readonly Point[])[];
}

/** How far a line runs straight out of a port. */
const STUB = 12;
/** In pixels of detour: what a bend, a crossing, and a pixel along another line are worth. */
const BEND = 30;
const CROSSING = 24;
const ALONG = 12;
/** Nearer than this, two parallel lines look like one. */
const NEAR = 7;
/** Only what lies this near to both ends is looked at, which keeps the search small in large pictures. */
const REACH = 400;

/** Every part is horizontal or vertical. Where there is no way around, it goes straight through. */
export function findRoute(task: RouteTask): readonly Point[] {
  const region = regionOf([...task.from, ...task.to]);
  const grid = createGrid(task, region);
  const ends = search(grid, task.from.map(stub), task.to.map(stub));
  const from = task.from[ends?.from ?? task.from.length - 1]!;
  const to = task.to[ends?.to ?? 0]!;
  return simplified([from, ...(ends?.points ?? elbow(stub(from), stub(to))), to].map(({ x, y }) => ({ x, y })));
}

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Cost of the step to the right and of the step down from each crossing; Infinity where an obstacle is. */
  readonly right: Float64Array;
  readonly down: Float64Array;
}

function createGrid(task: RouteTask, region: Rectangle): Grid {
  const obstacles = task.obstacles.filter((each) => overlap(each, region));
  const stubs = [...task.from, ...task.to].map(stub);
  const xs = sorted([...obstacles.flatMap(({ x, width }) => [x, x + width]), ...stubs.map(({ x }) => x)]);
  const ys = sorted([...obstacles.flatMap(({ y, height }) => [y, y + height]), ...stubs.map(({ y }) => y)]);
  const right = new Float64Array(xs.length * ys.length).fill(Number.POSITIVE_INFINITY);
  const down = new Float64Array(xs.length * ys.length).fill(Number.POSITIVE_INFINITY);
  const segments = task.lines.flatMap((points) => points.slice(1).map((end, index) => [points[index]!, end] as const));
  for (const [j, y] of ys.entries())
    for (const [i, x] of xs.entries()) {
      const nextX = xs[i + 1];
      const nextY = ys[j + 1];
      if (nextX !== undefined) right[j * xs.length + i] = nextX - x;
      if (nextY !== undefined) down[j * xs.length + i] = nextY - y;
    }
  const grid = { xs, ys, right, down };
  for (const obstacle of obstacles) block(grid, obstacle);
  for (const [a, b] of segments) charge(grid, a, b);
  return grid;
}

function block({ xs, ys, right, down }: Grid, { x, y, width, height }: Rectangle): void {
  for (const [j, gy] of ys.entries())
    for (const [i, gx] of xs.entries()) {
      const at = j * xs.length + i;
      const inX = gx > x && gx < x + width;
      const inY = gy > y && gy < y + height;
      const nextX = xs[i + 1] ?? gx;
      const nextY = ys[j + 1] ?? gy;
      if (inY && nextX > x && gx < x + width) right[at] = Number.POSITIVE_INFINITY;
      if (inX && nextY > y && gy < y + height) down[at] = Number.POSITIVE_INFINITY;
    }
}

/** Makes the steps across a segment, and those along it, more expensive. */
function charge({ xs, ys, right, down }: Grid, a: Point, b: Point): void {
  const [left, most] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  const horizontal = bottom - top < most - left;
  for (const [j, gy] of ys.entries())
    for (const [i, gx] of xs.entries()) {
      const at = j * xs.length + i;
      const nextX = xs[i + 1] ?? gx;
      const nextY = ys[j + 1] ?? gy;
      if (horizontal) {
        const shared = Math.min(nextX, most) - Math.max(gx, left);
        if (Math.abs(gy - a.y) < NEAR && shared > 0) right[at]! += shared * ALONG;
        if (gx >= left && gx <= most && gy < a.y && nextY >= a.y) down[at]! += CROSSING;
      } else {
        const shared = Math.min(nextY, bottom) - Math.max(gy, top);
        if (Math.abs(gx - a.x) < NEAR && shared > 0) down[at]! += shared * ALONG;
        if (gy >= top && gy <= bottom && gx < a.x && nextX >= a.x) right[at]! += CROSSING;
      }
    }
}

interface Route {
  readonly points: readonly Point[];
  /** Indexes of the chosen ports. */
  readonly from: number;
  readonly to: number;
}

/** The state is a crossing and the axis of the last step: 0 horizontal, 1 vertical. */
function search({ xs, ys, right, down }: Grid, from: readonly Port[], to: readonly Port[]): Route | undefined {
  const width = xs.length;
  const crossing = ({ x, y }: Point) => ys.indexOf(y) * width + xs.indexOf(x);
  const axis = ({ side }: Port) => (side === 'left' || side === 'right' ? 0 : 1);
  const cost = new Float64Array(2 * width * ys.length).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(cost.length).fill(-1);
  const origin = new Int8Array(cost.length);
  const goals = new Map(to.map((port, index) => [crossing(port) * 2 + axis(port), { index, cost: port.cost ?? 0 }]));
  let best: { readonly state: number; readonly index: number; readonly cost: number } | undefined;
  const queue = createQueue();
  for (const [index, port] of from.entries()) {
    const state = crossing(port) * 2 + axis(port);
    const price = port.cost ?? 0;
    if (price >= cost[state]!) continue;
    cost[state] = price;
    origin[state] = index;
    queue.push(price, state);
  }
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (best && cost[state]! >= best.cost) break;
    const goal = goals.get(state);
    const total = cost[state]! + (goal?.cost ?? 0);
    if (goal && total < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { state, index: goal.index, cost: total };
    const at = state >> 1;
    const [i, j] = [at % width, Math.floor(at / width)];
    const visit = (next: number, price: number): void => {
      const total = cost[state]! + price;
      if (total >= cost[next]!) return;
      cost[next] = total;
      previous[next] = state;
      origin[next] = origin[state]!;
      queue.push(total, next);
    };
    visit(state ^ 1, BEND);
    if ((state & 1) === 0) {
      if (i + 1 < width) visit(state + 2, right[at]!);
      if (i > 0) visit(state - 2, right[at - 1]!);
    } else {
      if (j + 1 < ys.length) visit(state + 2 * width, down[at]!);
      if (j > 0) visit(state - 2 * width, down[at - width]!);
    }
  }
  return best && { points: trace(best.state), from: origin[best.state]!, to: best.index };

  function trace(last: number): readonly Point[] {
    const points: Point[] = [];
    for (let state = last; state >= 0; state = previous[state]!)
      points.push({ x: xs[(state >> 1) % width]!, y: ys[Math.floor((state >> 1) / width)]! });
    return points.reverse();
  }
}

function stub({ x, y, side }: Port): Port {
  const across = side === 'left' ? -STUB : side === 'right' ? STUB : 0;
  const along = side === 'top' ? -STUB : side === 'bottom' ? STUB : 0;
  return { x: x + across, y: y + along, side };
}

function elbow(from: Point, to: Point): readonly Point[] {
  return [from, { x: from.x, y: to.y }, to];
}

function regionOf(points: readonly Point[]): Rectangle {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [x, y] = [Math.min(...xs) - REACH, Math.min(...ys) - REACH];
  return { x, y, width: Math.max(...xs) + REACH - x, height: Math.max(...ys) + REACH - y };
}

function sorted(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Without the points between which the direction does not change. */
function simplified(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [a, b] = [kept.at(-2), kept.at(-1)];
    if (b && b.x === point.x && b.y === point.y) continue;
    if (a && b && ((a.x === b.x && b.x === point.x) || (a.y === b.y && b.y === point.y))) kept.pop();
    kept.push(point);
  }
  return kept;
}
