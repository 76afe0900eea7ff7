/** Which part of the picture is on the screen: pure arithmetic, so that it can be tested without a browser. */

/** Picture point (x, y) is at the upper left corner of the stage, and one picture unit is `scale` pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MIN_SCALE = 0.05;
export const MAX_SCALE = 8;
/** Free room around a fitted picture, in pixels. */
const MARGIN = 16;

/** Shows the whole picture in the middle, never larger than life. */
export function showAll(picture: Size, stage: Size): Viewport {
  const room = { width: Math.max(1, stage.width - 2 * MARGIN), height: Math.max(1, stage.height - 2 * MARGIN) };
  const scale = clamp(Math.min(1, room.width / picture.width, room.height / picture.height));
  return centredOn({ x: picture.width / 2, y: picture.height / 2 }, scale, stage);
}

/** Puts a point of the picture into the middle of the stage. */
export function centredOn(point: Point, scale: number, stage: Size): Viewport {
  return { x: point.x - stage.width / scale / 2, y: point.y - stage.height / scale / 2, scale };
}

/** Zooms by a factor; the point of the picture under the given pixel of the stage stays there. */
export function zoomAt(viewport: Viewport, factor: number, pixel: Point): Viewport {
  const scale = clamp(viewport.scale * factor);
  return {
    x: viewport.x + pixel.x / viewport.scale - pixel.x / scale,
    y: viewport.y + pixel.y / viewport.scale - pixel.y / scale,
    scale,
  };
}

/** Moves the picture by pixels. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x - dx / viewport.scale, y: viewport.y - dy / viewport.scale };
}

/** Keeps at least a corner of the picture on the stage, so that nobody gets lost. */
export function keepInSight(viewport: Viewport, picture: Size, stage: Size): Viewport {
  const keep = 48 / viewport.scale;
  return {
    ...viewport,
    x: between(viewport.x, keep - stage.width / viewport.scale, picture.width - keep),
    y: between(viewport.y, keep - stage.height / viewport.scale, picture.height - keep),
  };
}

/** Whether all of the picture is on the stage. */
export function shows(viewport: Viewport, picture: Size, stage: Size): boolean {
  const right = viewport.x + stage.width / viewport.scale;
  const bottom = viewport.y + stage.height / viewport.scale;
  return viewport.x <= 0 && viewport.y <= 0 && right >= picture.width && bottom >= picture.height;
}

/** Moves as little as it takes to bring a rectangle of the picture onto the stage. */
export function bringIntoView(viewport: Viewport, target: Point & Size, stage: Size): Viewport {
  const room = { width: stage.width / viewport.scale, height: stage.height / viewport.scale };
  const gap = Math.min(24 / viewport.scale, room.width / 4, room.height / 4);
  return {
    ...viewport,
    x: nearest(viewport.x, target.x - gap, target.x + target.width + gap - room.width),
    y: nearest(viewport.y, target.y - gap, target.y + target.height + gap - room.height),
  };
}

/**
 * The viewport after the picture has been laid out anew: the thing nearest to the middle of the stage that is in both pictures keeps
 * its place on the screen.
 */
export function follow(
  viewport: Viewport,
  before: ReadonlyMap<string, Point>,
  after: ReadonlyMap<string, Point>,
  stage: Size,
): Viewport {
  const middle = {
    x: viewport.x + stage.width / viewport.scale / 2,
    y: viewport.y + stage.height / viewport.scale / 2,
  };
  let anchor: { readonly from: Point; readonly to: Point; readonly distance: number } | undefined;
  for (const [id, from] of before) {
    const to = after.get(id);
    const distance = Math.hypot(from.x - middle.x, from.y - middle.y);
    if (to && (!anchor || distance < anchor.distance)) anchor = { from, to, distance };
  }
  if (!anchor) return viewport;
  return { ...viewport, x: viewport.x + anchor.to.x - anchor.from.x, y: viewport.y + anchor.to.y - anchor.from.y };
}

function clamp(scale: number): number {
  return between(scale, MIN_SCALE, MAX_SCALE);
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, Math.min(low, high)), Math.max(low, high));
}

/** The value nearest to `current` that is at most `high` and at least `low`; where that is impossible, `high` wins. */
function nearest(current: number, high: number, low: number): number {
  return Math.min(Math.max(current, low), high);
}
