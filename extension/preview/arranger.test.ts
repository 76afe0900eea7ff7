import { describe, expect, it } from 'vitest';
import { createLayouter, type Graph, toGraph } from '../../diagram/index.ts';
import { parse } from '../../language/index.ts';
import { analyze } from '../../simulator/index.ts';
import { createArranger } from './arranger.ts';

const text = `users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
dataCenter us { server app { replicas: 2, cores: 4, serviceTime: 20ms }, database db { engine: mysql }, app -> db : reads 2 }
visitors -> us.app
`;

async function graphOf(text: string, scale = 1): Promise<Graph> {
  const { architecture } = await parse(text);
  return toGraph(architecture, { analysis: analyze(architecture, { scale }) });
}

function counting() {
  const layouter = createLayouter();
  let layouts = 0;
  const arrange = createArranger((graph) => {
    layouts++;
    return layouter.layout(graph, { framed: false });
  }, 2);
  return { arrange, layouts: () => layouts };
}

describe('the arranger', () => {
  it('keeps every position when only the load changes, and shows the new figures', async () => {
    const { arrange, layouts } = counting();
    const before = await arrange('a', await graphOf(text));
    const after = await arrange('a', await graphOf(text, 50));
    expect(layouts()).toBe(1);
    expect(after.cards.map(({ x, y, width, height }) => [x, y, width, height])).toEqual(
      before.cards.map(({ x, y, width, height }) => [x, y, width, height]),
    );
    const loads = (placed: typeof before) => placed.cards.map(({ card }) => card.load?.level);
    expect(loads(before)).not.toContain('over');
    expect(loads(after)).toContain('over');
    expect(after.edges.map(({ edge }) => edge.rate)).not.toEqual(before.edges.map(({ edge }) => edge.rate));
  });

  it('keeps the middle of a label whose text gets wider', async () => {
    const { arrange } = counting();
    const middles = async (scale: number) =>
      (await arrange('a', await graphOf(text, scale))).edges.map(({ label }) => label && label.x + label.width / 2);
    expect(await middles(1)).toEqual(await middles(12_345.6));
  });

  it('lays out anew when something comes, goes or is renamed, and for another file', async () => {
    const { arrange, layouts } = counting();
    await arrange('a', await graphOf(text));
    await arrange('a', await graphOf(`${text}cache pages { engine: redis }\n`));
    expect(layouts()).toBe(2);
    await arrange('a', await graphOf(text.replaceAll('app', 'application')));
    expect(layouts()).toBe(3);
    await arrange('b', await graphOf(text));
    expect(layouts()).toBe(4);
  });

  it('forgets the file that was drawn longest ago', async () => {
    const { arrange, layouts } = counting();
    const graph = await graphOf(text);
    for (const uri of ['a', 'b', 'c', 'b', 'c']) await arrange(uri, graph);
    expect(layouts()).toBe(3);
    await arrange('a', graph);
    expect(layouts()).toBe(4);
  });
});
