import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bringIntoView, follow, keepInSight, panBy, showAll, shows, zoomAt } from './viewport.ts';

const stage = { width: 800, height: 600 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const viewports = fc.record({ x: number(-1e4, 1e4), y: number(-1e4, 1e4), scale: number(0.05, 8) });
const pixels = fc.record({ x: number(0, stage.width), y: number(0, stage.height) });

describe('showAll', () => {
  it('shows everything of a large picture', () => {
    const picture = { width: 4000, height: 1000 };
    const viewport = showAll(picture, stage);
    expect(shows(viewport, picture, stage)).toBe(true);
    expect(viewport.scale).toBeCloseTo((800 - 32) / 4000);
  });
  it('does not blow up a small one', () => {
    expect(showAll({ width: 100, height: 50 }, stage)).toEqual({ x: -350, y: -275, scale: 1 });
  });
  it('survives a stage without size', () => {
    expect(showAll({ width: 100, height: 50 }, { width: 0, height: 0 }).scale).toBeGreaterThan(0);
  });
});

describe('zoomAt', () => {
  it('keeps what is under the pointer', () => {
    fc.assert(
      fc.property(viewports, pixels, number(0.1, 10), (viewport, pixel, factor) => {
        const zoomed = zoomAt(viewport, factor, pixel);
        expect(zoomed.x + pixel.x / zoomed.scale).toBeCloseTo(viewport.x + pixel.x / viewport.scale, 5);
        expect(zoomed.y + pixel.y / zoomed.scale).toBeCloseTo(viewport.y + pixel.y / viewport.scale, 5);
      }),
    );
  });
  it('stops at the limits', () => {
    expect(zoomAt({ x: 0, y: 0, scale: 1 }, 1e9, { x: 0, y: 0 }).scale).toBe(8);
    expect(zoomAt({ x: 0, y: 0, scale: 1 }, 1e-9, { x: 0, y: 0 }).scale).toBe(0.05);
  });
});

describe('panBy', () => {
  it('moves the picture by as many pixels as the hand', () => {
    expect(panBy({ x: 10, y: 10, scale: 2 }, 20, -20)).toEqual({ x: 0, y: 20, scale: 2 });
  });
});

describe('keepInSight', () => {
  it('never loses the picture, wherever it is dragged', () => {
    const picture = { width: 300, height: 200 };
    fc.assert(
      fc.property(viewports, (viewport) => {
        const kept = keepInSight(viewport, picture, stage);
        expect(kept.x).toBeLessThan(picture.width);
        expect(kept.y).toBeLessThan(picture.height);
        expect(kept.x + stage.width / kept.scale).toBeGreaterThan(0);
        expect(kept.y + stage.height / kept.scale).toBeGreaterThan(0);
      }),
    );
  });
});

describe('bringIntoView', () => {
  const viewport = { x: 0, y: 0, scale: 1 };
  it('leaves alone what is in view already', () => {
    expect(bringIntoView(viewport, { x: 100, y: 100, width: 50, height: 50 }, stage)).toEqual(viewport);
  });
  it('moves just far enough', () => {
    expect(bringIntoView(viewport, { x: 900, y: -100, width: 50, height: 50 }, stage)).toEqual({
      x: 174,
      y: -124,
      scale: 1,
    });
  });
});

describe('follow', () => {
  it('keeps the thing in the middle where it is on the screen', () => {
    const before = new Map([
      ['middle', { x: 400, y: 300 }],
      ['corner', { x: 0, y: 0 }],
    ]);
    const after = new Map([
      ['middle', { x: 500, y: 350 }],
      ['corner', { x: 0, y: 0 }],
      ['new', { x: 40, y: 30 }],
    ]);
    expect(follow({ x: 0, y: 0, scale: 1 }, before, after, stage)).toEqual({ x: 100, y: 50, scale: 1 });
  });
  it('stays where it is when nothing is left', () => {
    const viewport = { x: 5, y: 6, scale: 2 };
    expect(follow(viewport, new Map([['a', { x: 0, y: 0 }]]), new Map(), stage)).toEqual(viewport);
  });
});
