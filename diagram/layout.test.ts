import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Architecture, kindNames, type View } from '../model/index.ts';
import { overlap } from './geometry.ts';
import { createLayouter } from './layout.ts';
import { crossings } from './order.ts';
import type { PlacedGraph, Rectangle } from './placed.ts';
import { analysis, architecture, component, connections, finding, span } from './testing/architectures.ts';
import { cached, large, replicated, singleServer, twoCenters } from './testing/samples.ts';
import { measure } from './text.ts';
import { toGraph } from './to-graph.ts';
import { fonts } from './typography.ts';

const layouter = createLayouter();
const place = (of: Architecture, view: Partial<View> = {}) => {
  const utilizations = Object.fromEntries(of.components.map(({ path }, index) => [path, (index % 8) / 5]));
  const findings = [
    finding('error', of.components.at(-1)?.path, 'One.'),
    finding('info', of.connections[0]?.id, 'Two.'),
  ];
  return layouter.layout(
    toGraph(of, {
      analysis: analysis(of, utilizations),
      findings,
      view: { name: 'v', span, nameSpan: span, ...view },
    }),
  );
};

// Of the last two one has more edges than are laid out carefully, the other so many that it is laid out hastily.
const samples = { singleServer, replicated, cached, twoCenters, several: large(5), many: large(15), most: large(40) };
const directions = ['down', 'right', 'up', 'left'] as const;
const cases = Object.entries(samples).flatMap(([name, sample]) =>
  directions.map((direction) => ({ name, sample, direction })),
);

describe.each(cases)('layout of $name to the $direction', ({ sample, direction }) => {
  let graph: PlacedGraph;
  beforeAll(async () => {
    graph = await place(sample, { direction });
  });

  it('keeps cards apart, contents inside their boxes and everything inside the picture', () => {
    expectTidy(graph);
  });

  it('draws every edge from its source to its target, with right angles', () => {
    const shapes = new Map<string, Rectangle>([
      ...graph.cards.map((card) => [card.card.id, card] as const),
      ...graph.boxes.map((box) => [box.box.id, box] as const),
    ]);
    expect(graph.edges.flatMap(({ edge }) => edge.connections).sort()).toEqual(
      sample.connections.map(({ id }) => id).sort(),
    );
    for (const { edge, points } of graph.edges) {
      expect(touches(shapes.get(edge.from)!, points[0]!), `${edge.id} starts at its source`).toBe(true);
      expect(touches(shapes.get(edge.to)!, points.at(-1)!), `${edge.id} ends at its target`).toBe(true);
      for (const [index, end] of points.slice(1).entries())
        expect(end.x === points[index]!.x || end.y === points[index]!.y, `${edge.id} has right angles`).toBe(true);
    }
  });

  it('keeps labels off cards and off each other', () => {
    const labels = graph.edges.flatMap(({ label, edge }) => (label ? [{ ...label, id: edge.id }] : []));
    for (const [index, label] of labels.entries()) {
      for (const card of graph.cards) expect(overlap(label, card), `${label.id} and ${card.card.id}`).toBe(false);
      for (const other of labels.slice(index + 1))
        expect(overlap(label, other), `${label.id} and ${other.id}`).toBe(false);
    }
  });
});

describe('layout', () => {
  it('gives the same picture for the same input, whatever was laid out before', async () => {
    const first = await place(twoCenters);
    await place(cached);
    const other = createLayouter();
    expect(await place(twoCenters)).toEqual(first);
    expect(await other.layout(toGraph(cached))).toEqual(await layouter.layout(toGraph(cached)));
    other.dispose();
  });

  it('fits every text into its card and every heading into its box', async () => {
    const long = 'A title that is much longer than any card of any diagram would ever be made wide for it';
    const wordy = architecture([
      component(`d dataCenter "${long}"`, { region: 'us-east-1' }),
      component(`d.s server "${long}"`, { instance: 'x'.repeat(80), replicas: { from: 1000, to: 123_456 } }),
      component('d.p database "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"', {
        readReplicas: 15,
        sharding: 'block',
        'sharding.shards': 4096,
      }),
    ]);
    for (const sample of [...Object.values(samples), wordy]) {
      const graph = await place(sample);
      for (const { plan, card } of graph.cards) {
        const right = (line: { readonly text: string; readonly x: number }, font: keyof typeof fonts) =>
          line.x + measure(line.text, fonts[font]);
        for (const line of plan.title) expect(right(line, 'title'), card.id).toBeLessThanOrEqual(plan.width);
        for (const line of plan.subtitle) expect(right(line, 'subtitle'), card.id).toBeLessThanOrEqual(plan.width);
        if (plan.parts) expect(right(plan.parts.caption, 'subtitle'), card.id).toBeLessThanOrEqual(plan.width);
        if (plan.count)
          expect(right(plan.title[0]!, 'title'), `${card.id} beside its count`).toBeLessThan(plan.count.x);
        if (plan.load) expect(plan.load.to - plan.load.from, card.id).toBeGreaterThan(40);
      }
      for (const box of graph.boxes) expect(box.heading + box.plan.end, box.box.id).toBeLessThanOrEqual(box.width);
    }
  });

  it.each(['down', 'up', 'right', 'left'] as const)(
    'makes a box that is narrower than its heading as wide as that, and no higher, going %s',
    async (direction) => {
      const sparse = architecture([
        component('a dataCenter "A data center with a long name"', { region: 'us-east-1' }),
        component('a.t tier "A tier with a name that is long, too"'),
        component('a.t.s server'),
      ]);
      const { boxes } = await layouter.layout({ ...toGraph(sparse), direction });
      for (const { box, plan, width, height } of boxes) {
        expect(width, box.id).toBeGreaterThanOrEqual(plan.width);
        expect(height, box.id).toBeLessThan(200);
      }
    },
  );

  it('puts data centers that replicate to each other side by side', async () => {
    const { boxes } = await place(twoCenters);
    const [us, eu] = ['us', 'eu'].map((id) => boxes.find(({ box }) => box.id === id)!);
    expect(us!.y).toBe(eu!.y);
  });

  it('puts a database below what reads it', async () => {
    const { cards } = await place(replicated);
    const y = (id: string) => cards.find(({ card }) => card.id === id)!.y;
    expect(['people', 'dns', 'lb', 'web.app', 'data.db'].map(y)).toEqual(
      ['people', 'dns', 'lb', 'web.app', 'data.db'].map(y).sort((a, b) => a - b),
    );
  });

  it('has no crossing where none is needed', async () => {
    expect(crossings((await place(cached)).edges)).toBe(0);
  });

  it('lays out 300 components', async () => {
    const graph = await place(large(60));
    expect(graph.cards.length).toBe(302);
    expectTidy(graph);
  });

  it('lays out nothing, and one thing', async () => {
    expect(await layouter.layout(toGraph(architecture([])))).toMatchObject({ cards: [], edges: [] });
    expectTidy(await place(architecture([component('a server')])));
  });

  it('lays out any nesting with any connections', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.constantFrom(...directions), async (any, direction) => {
        expectTidy(await place(any, { direction }));
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});

const containers = ['dataCenter', 'zone', 'host', 'tier', 'group'];

const anyArchitecture: fc.Arbitrary<Architecture> = fc
  .record({
    nodes: fc.array(fc.record({ kind: fc.constantFrom(...kindNames), parent: fc.nat(20) }), {
      minLength: 1,
      maxLength: 14,
    }),
    links: fc.array(
      fc.record({
        from: fc.nat(13),
        to: fc.nat(13),
        flow: fc.constantFrom('', ' : reads 1', ' : publishes 2', ' : misses', ' : replicates'),
        both: fc.boolean(),
      }),
      { maxLength: 18 },
    ),
  })
  .map(({ nodes, links }) => {
    const paths: string[] = [];
    const components = nodes.map(({ kind, parent }, index) => {
      const outer = paths[parent];
      const inside = outer !== undefined && containers.includes(nodes[parent]!.kind);
      paths.push(inside ? `${outer}.n${index}` : `n${index}`);
      return component(`${paths[index]} ${kind}`);
    });
    const texts = links.flatMap(({ from, to, flow, both }) =>
      paths[from] && paths[to] ? [`${paths[from]} ${both ? '<->' : '->'} ${paths[to]}${flow}`] : [],
    );
    const unique = [...new Map(connections(...texts).map((link) => [link.id, link])).values()];
    return architecture(components, unique);
  });

function expectTidy({ cards, boxes, width, height }: PlacedGraph): void {
  for (const [index, a] of cards.entries()) {
    expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height, a.card.id).toBe(true);
    for (const b of cards.slice(index + 1)) expect(overlap(a, b), `${a.card.id} and ${b.card.id}`).toBe(false);
    for (const box of boxes) {
      const inside = a.card.id.startsWith(`${box.box.id}.`);
      expect(inside ? within(a, box) : !overlap(a, box), `${a.card.id} and the box ${box.box.id}`).toBe(true);
    }
  }
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1)) {
      const inside = b.box.id.startsWith(`${a.box.id}.`);
      expect(inside ? within(b, a) : !overlap(a, b), `the boxes ${a.box.id} and ${b.box.id}`).toBe(true);
    }
}

function within(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function touches(shape: Rectangle, point: { readonly x: number; readonly y: number }): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) <= 1;
  const inX = point.x >= shape.x - 1 && point.x <= shape.x + shape.width + 1;
  const inY = point.y >= shape.y - 1 && point.y <= shape.y + shape.height + 1;
  const onX = near(point.x, shape.x) || near(point.x, shape.x + shape.width);
  const onY = near(point.y, shape.y) || near(point.y, shape.y + shape.height);
  // Lines between the sides of stacked cards end at the front one, which is up to 10 pixels less high than the whole.
  return inX && inY && (onX || onY || point.y >= shape.y + shape.height - 11);
}
