import { beforeAll, describe, expect, it } from 'vitest';
import { createLayouter, type PlacedGraph, toGraph } from '../../../diagram/index.ts';
import { parse } from '../../../language/index.ts';
import { centresOf, rectangleOf, shownId } from './placed-things.ts';

let placed: PlacedGraph;

beforeAll(async () => {
  const { architecture } = await parse(`
users visitors
dataCenter us { server app, database db, app -> db : reads 1, app -> db : writes 1 }
visitors -> us.app
view folded { collapse: [us] }
`);
  placed = await createLayouter().layout(toGraph(architecture), { framed: false });
});

describe('shownId', () => {
  it('is the id itself of what is shown', () => {
    expect(shownId(placed, 'us.app')).toBe('us.app');
    expect(shownId(placed, 'us')).toBe('us');
  });
  it('is that of the line for every connection that shares it', () => {
    const line = placed.edges.find(({ edge }) => edge.from === 'us.app')!.edge;
    for (const id of line.connections) expect(shownId(placed, id)).toBe(line.id);
  });
  it('is that of the box for what the box hides', () => {
    expect(shownId(placed, 'us.app.part')).toBe('us.app');
    expect(shownId(placed, 'nothing')).toBe('nothing');
  });
});

describe('places', () => {
  it('of nodes are their middles', () => {
    const { x, y, width, height } = rectangleOf(placed, 'us.db')!;
    expect(centresOf(placed).get('us.db')).toEqual({ x: x + width / 2, y: y + height / 2 });
  });
  it('of connections are on the line', () => {
    expect(rectangleOf(placed, 'visitors -> us.app')).toMatchObject({ x: expect.any(Number) });
    expect(rectangleOf(placed, 'nothing')).toBe(undefined);
  });
});
