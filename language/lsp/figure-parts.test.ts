/** What the lenses above an architecture lead to. */
import { describe, expect, it } from 'vitest';
import type { Range } from 'vscode-languageserver';
import { type LensFigure, lensCommands } from '../protocol.ts';
import { partsOf } from './figure-parts.ts';
import { type Opened, open, printRanges, readMarks } from './testing.ts';

const shop = `architecture "Shop"
users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
loadBalancer lb { replicas: 2 }
server app { replicas: 2, instance: "m5.large", serviceTime: 10ms }
database orders { engine: mysql, readTime: 1ms, instance: "m5.xlarge" }
visitors -> lb
lb -> app
app -> orders : reads 2
`;

function parts({ arch, document }: Opened, figure: LensFigure) {
  return partsOf(arch.lsp.Insights.of(document), figure);
}

async function partsIn(text: string, figure: LensFigure) {
  const opened = await open(text);
  const { title, parts: found } = parts(opened, figure);
  return { title, found, lines: found.map(({ label, description }) => `${label}: ${description}`) };
}

describe('the parts of a figure', () => {
  it('of the capacity are what saturates, the first first, where it stands', async () => {
    const { title, found, lines } = await partsIn(shop, 'capacity');
    expect(title).toMatch(/^Carries [\d.]+[kM] users$/);
    expect(lines[0]).toMatch(
      /^orders \(CPU.*\): saturates at [\d.]+[kM] users, [\d.]+× the load$|^app \(CPU\): saturates/,
    );
    expect(found.map(({ span }) => shop.slice(span.start.offset, span.end.offset))).toEqual(
      found.map(({ label }) => label.split(' ')[0]),
    );
    const users = lines.map((line) => Number(/([\d.]+)× the load/.exec(line)![1]));
    expect(users).toEqual(users.toSorted((a, b) => a - b));
    expect(found[0]!.detail).toMatch(/^[\d.]+% used at the declared load/);
  });

  it('of the capacity begin with the promise that breaks before anything saturates', async () => {
    const text = `${shop}require p99 < 80ms\n`;
    const { found, lines } = await partsIn(text, 'capacity');
    expect(lines[0]).toMatch(/^p99 < 80 ms: breaks at [\d.]+[kM] users/);
    const { start, end } = found[0]!.span;
    expect(text.slice(start.offset, end.offset)).toBe('require p99 < 80ms');
    const never = await partsIn(`${shop}require p99 < 10ms\n`, 'capacity');
    expect([never.title, never.lines[0]]).toEqual(['Carries 0 users', 'p99 < 10 ms: does not hold at any load']);
  });

  it('of the availability are the failures, the worst first, at the line that is to blame', async () => {
    const { title, found, lines } = await partsIn(shop, 'availability');
    expect(title).toMatch(/^Available 9[\d.]+%: at peak load [1-3] of \d single failures do(es)? harm$/);
    expect(lines[0]).toMatch(/^orders \(one machine\): loses 100% for 1 h$/);
    expect(found[0]!.span.start.line).toBe(4);
    expect(found[0]!.detail).toContain("'orders'");
    expect(lines.join()).not.toContain(' 0 s');
  });

  it('of the cost are the prices, the highest first, and then what is not priced', async () => {
    const { title, found, lines } = await partsIn(shop, 'cost');
    expect(title).toMatch(/^Costs \$\d+\/month$/);
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^(app|orders): \$140\/month, 50%$/),
      expect.stringMatching(/^(app|orders): \$140\/month, 50%$/),
    ]);
    expect(found[0]!.detail).toContain('m5.');
    expect(lines.at(-1)).toBe('lb: price not known');
  });

  it('are none where there is no load and no price', async () => {
    const texts = await Promise.all((['capacity', 'cost'] as const).map((figure) => partsIn('server app { }', figure)));
    expect(texts.map(({ lines }) => lines)).toEqual([[], ['app: price not known']]);
  });
});

describe('a lens', () => {
  const commandsOf = async (text: string, commands: readonly string[]) => {
    const { arch, document, at } = await open(text);
    arch.lsp.Settings.commands = new Set(commands);
    const lenses = (await arch.lsp.CodeLensProvider!.provideCodeLens(document, at)) ?? [];
    return { uri: document.uri.toString(), commands: lenses.map(({ command }) => command!) };
  };

  it('names the commands that the client has, and none of the others', async () => {
    const { uri, commands } = await commandsOf(shop, [lensCommands.capacity, lensCommands.cost]);
    expect(commands.map(({ command, arguments: given }) => [command, given])).toEqual([
      ['loadpath.showCapacity', [uri]],
      ['', undefined],
      ['', undefined],
      ['loadpath.showCost', [uri]],
    ]);
  });

  it.each([
    ['the component that saturates first', shop.replace('server app', 'server «app»')],
    ['the promise that breaks first', `${shop}«require p99 < 40ms»\n`],
  ])('on the first limit leads to %s', async (_, marked) => {
    const { text, marks } = readMarks(marked);
    const { uri, commands } = await commandsOf(text, [lensCommands.reveal]);
    const [location] = commands.find(({ command }) => command === lensCommands.reveal)!.arguments as [
      { uri: string; range: Range },
    ];
    expect([location.uri, printRanges([location.range])]).toEqual([uri, marks]);
  });
});
