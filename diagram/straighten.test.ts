import { expect, it } from 'vitest';
import type { PlacedEdge, Point } from './placed.ts';
import { straighten } from './straighten.ts';

const target = { x: 0, y: 100, width: 100, height: 50 };
const edge = (id: string, ...points: readonly Point[]): PlacedEdge => ({
  edge: { id, connections: [id], from: 'a', to: 'b', kind: 'sync', both: false, tooltip: '', badges: [] },
  points,
});
const jog = (from: number, to: number) => [
  { x: from, y: 0 },
  { x: from, y: 90 },
  { x: to, y: 90 },
  { x: to, y: 100 },
];
const shapeOf = (id: string) => (id === 'b' ? target : undefined);
const result = (...edges: readonly PlacedEdge[]) => straighten(edges, shapeOf)[0]!.points;

it('takes out a little jog', () => {
  expect(result(edge('e', ...jog(50, 44)))).toEqual([
    { x: 50, y: 0 },
    { x: 50, y: 100 },
  ]);
});

it('leaves a way around something', () => {
  expect(result(edge('e', ...jog(50, 20)))).toHaveLength(4);
});

it('stays away from the corners and from other ends', () => {
  expect(result(edge('e', ...jog(6, 14)))).toHaveLength(4);
  expect(result(edge('e', ...jog(50, 42)), edge('other', { x: 56, y: 0 }, { x: 56, y: 100 }))).toHaveLength(4);
});
