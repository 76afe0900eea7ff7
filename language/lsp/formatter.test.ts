import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSpans } from '../fixtures/plain.ts';
import whole from '../fixtures/whole-language.arch?raw';
import { parse, parseDocument } from '../parse.ts';
import { ArchFormatter, formatText } from './formatter.ts';
import { applyEdits, open } from './testing.ts';

const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  ['an empty file', '', ''],
  ['blanks only', '\n  \n', ''],
  [
    'one declaration',
    'server   app   "The app"  {cores:4,memory :16GB}',
    'server app "The app" { cores: 4, memory: 16GB }\n',
  ],
  ['a flat body without commas', 'server a { cores: 4 memory: 2GB }', 'server a { cores: 4, memory: 2GB }\n'],
  ['a body on several lines', 'server a {cores: 4\nmemory: 2GB}', 'server a {\n  cores: 4\n  memory: 2GB\n}\n'],
  [
    'commas at the ends of lines',
    'server a {\n cores: 4,\n memory: 2GB,\n}',
    'server a {\n  cores: 4\n  memory: 2GB\n}\n',
  ],
  ['an empty body', 'server a {}\nserver b {\n}', 'server a { }\nserver b {\n}\n'],
  [
    'nested bodies',
    'tier t {\nserver a { autoscale{target:60%} }\n}',
    'tier t {\n  server a { autoscale { target: 60% } }\n}\n',
  ],
  ['several statements on a line', 'server a server b', 'server a\nserver b\n'],
  ['empty lines', '\n\nserver a\n\n\n\nserver b\n\n', 'server a\n\nserver b\n'],
  ['empty lines at the edges of a body', 'tier t {\n\n  server a\n\n}', 'tier t {\n  server a\n}\n'],
  [
    'connections',
    'server a\nserver b\na->b:reads 3,writes  1{timeout:1s}',
    'server a\nserver b\na -> b : reads 3, writes 1 { timeout: 1s }\n',
  ],
  ['a flat body with a connection', 'tier t { server a server b a->b }', 'tier t { server a, server b, a -> b }\n'],
  ['lists', 'users u { clients:[web ,mobile,] }', 'users u { clients: [web, mobile] }\n'],
  [
    'a list on several lines',
    'users u {\nclients: [\nweb,\n  mobile ]\n}',
    'users u {\n  clients: [\n    web,\n    mobile]\n}\n',
  ],
  ['expressions', 'param x=( 1+2 )*-3', 'param x = (1 + 2) * -3\n'],
  ['ranges', 'server a { replicas: 2 .. 4, autoscale { } }', 'server a { replicas: 2..4, autoscale { } }\n'],
  [
    'comments',
    '// one\nserver a{ // two\n\n\n// three\ncores:4 /* four */ }',
    '// one\nserver a { // two\n  // three\n  cores: 4 /* four */\n}\n',
  ],
  [
    'documentation',
    'tier t {\n/** One\n   * two\n*/\nserver a\n}',
    'tier t {\n  /** One\n   * two\n   */\n  server a\n}\n',
  ],
  [
    'lines that go on',
    'server a\nserver b\nserver c\na ->\nb,\n      c',
    'server a\nserver b\nserver c\na ->\n  b,\n  c\n',
  ],
  [
    'scenarios',
    'server a\nscenario s{at 5m  fail 2 of a for  3m}',
    'server a\nscenario s { at 5m fail 2 of a for 3m }\n',
  ],
  [
    'requirements',
    'require  p99<300ms\nrequire capacity>=5M   users',
    'require p99 < 300ms\nrequire capacity >= 5M users\n',
  ],
  ['Windows lines', 'server a {\r\ncores: 4\r\n}\r\n', 'server a {\r\n  cores: 4\r\n}\r\n'],
];

describe('the formatter', () => {
  it.each(cases)('formats %s', async (_, before, after) => {
    expect(await formatText(before)).toBe(after);
    expect(await formatText(after)).toBe(after);
  });

  it('leaves texts with syntax errors alone', async () => {
    expect(await formatText('server a { cores: }')).toBe(undefined);
    expect(await formatText('server  a {')).toBe(undefined);
  });

  it('formats texts with other errors', async () => {
    expect(await formatText('servr  a{core:4}')).toBe('servr a { core: 4 }\n');
  });

  it('changes neither itself nor the meaning of the whole language', async () => {
    const formatted = (await formatText(whole))!;
    expect(await formatText(formatted)).toBe(formatted);
    expect(withoutSpans((await parse(formatted)).architecture)).toBe(withoutSpans((await parse(whole)).architecture));
  });

  it('changes no meaning however the blanks are', async () => {
    const bare = whole.replace(/\s*\/\/.*/g, '');
    const meaning = withoutSpans((await parse(bare)).architecture);
    const canonical = await formatText(bare);
    const blanks = fc.array(fc.constantFrom('', ' ', '   '), { minLength: 50, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(blanks, async (list) => {
        let i = 0;
        const more = (): string => list[i++ % list.length]!;
        const text = bare.replace(/"[^"]*"|\n *| +/g, (gap) =>
          gap.startsWith('"') ? gap : gap.startsWith('\n') ? `\n${more()}` : ` ${more()}`,
        );
        const formatted = (await formatText(text))!;
        expect(formatted).toBe(canonical);
        expect(withoutSpans((await parse(formatted)).architecture)).toBe(meaning);
      }),
      { numRuns: 5, seed: 3, endOnFailure: true },
    );
  });

  it('touches only what is different, and only the lines that are asked for', async () => {
    const { arch, document } = await parseDocument('server a\nserver  b\nserver  c\n');
    const formatter = new ArchFormatter(arch);
    expect(formatter.formatDocument(document)).toEqual([edit(1), edit(2)]);
    const line = { start: { line: 1, character: 0 }, end: { line: 1, character: 9 } };
    expect(formatter.formatDocumentRange(document, { range: line })).toEqual([edit(1)]);
  });

  it.each([
    [
      'a body when its brace closes',
      'tier  t {\nserver  a {\ncores:4\n}<|>\n}',
      '}',
      'tier  t {\nserver a {\n    cores: 4\n  }\n}',
    ],
    ['nothing for a brace in a text', 'server  a "x}<|>"', '}', 'server  a "x}"'],
    ['a line when it ends', 'tier  t {\nserver  a\n<|>\n}', '\n', 'tier  t {\n  server a\n\n}'],
    ['nothing behind the cursor', 'server a\n<|>server  b\n', '\n', 'server a\nserver  b\n'],
    ['nothing on the first line', '<|>server  b\n', '\n', 'server  b\n'],
    ['nothing in a text with syntax errors', 'server  a {\n<|>', '\n', 'server  a {\n'],
  ])('formats while typing: %s', async (_, marked, ch, after) => {
    const { arch, document, cursor, text } = await open(marked);
    const edits = new ArchFormatter(arch).formatDocumentOnType(document, { position: cursor, ch });
    expect(applyEdits(text, edits)).toBe(after);
  });
});

function edit(line: number): unknown {
  return { range: { start: { line, character: 6 }, end: { line, character: 8 } }, newText: ' ' };
}
