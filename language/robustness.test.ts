import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { compiler } from './fixtures/compiler.ts';
import { printFinding } from './fixtures/plain.ts';
import whole from './fixtures/whole-language.arch?raw';
import { parse, parseDocument } from './parse.ts';
import { problems } from './problems.ts';

const TOKEN = /"[^"]*"|\/\/.*|[A-Za-z_]\w*|\$?[\d.]+[%\w]*|->|<->|\S/g;

const compileText = compiler();

/** Everything that has to hold for any text at all. */
async function expectSound(text: string): Promise<void> {
  const { findings, architecture } = await compileText(text);
  for (const { rule, message, span } of findings) {
    expect(Object.keys(problems)).toContain(rule);
    expect(message).not.toMatch(/undefined|NaN|null|Expecting/);
    expect(span.start.offset).toBeLessThanOrEqual(span.end.offset);
    expect(span.end.offset).toBeLessThanOrEqual(text.length);
  }
  JSON.stringify(architecture);
}

describe('texts that are broken in one place', () => {
  it('compile with each line left out', async () => {
    const lines = whole.split('\n');
    for (let i = 0; i < lines.length; i++) await expectSound(lines.toSpliced(i, 1).join('\n'));
  });

  it('compile with each third token left out', async () => {
    for (const [i, { 0: token, index }] of [...whole.matchAll(TOKEN)].entries()) {
      if (i % 3 !== 0 || token.startsWith('//')) continue;
      await expectSound(whole.slice(0, index) + whole.slice(index + token.length));
    }
  });

  it('compile when they end early, as while typing', async () => {
    for (let end = 0; end < whole.length; end += 61) await expectSound(whole.slice(0, end));
  });
});

describe('arbitrary texts', () => {
  const words = [...new Set(whole.match(TOKEN))].filter((word) => !word.startsWith('//'));
  const shuffled = fc.array(fc.constantFrom(...words, '\n', '}', '{'), { maxLength: 60 }).map((list) => list.join(' '));

  it('compile, made of the words of the language', async () => {
    await fc.assert(fc.asyncProperty(shuffled, expectSound), { numRuns: 100, seed: 1 });
  });

  it('compile, made of any characters', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    await fc.assert(fc.asyncProperty(text, expectSound), { numRuns: 100, seed: 2 });
  });

  it.each<[string, string]>([
    ['braces', 'group g {'.repeat(3000)],
    ['parentheses', `param x = ${'('.repeat(3000)}`],
    ['minus signs', `param x = ${'-'.repeat(3000)}1`],
    ['operators', `param x = 1${' + 1'.repeat(3000)}`],
    ['dots', `a${'.a'.repeat(3000)} -> b`],
    ['a chain of extends', Array.from({ length: 800 }, (_, i) => `server a${i} extends a${i + 1}`).join('\n')],
    ['a chain of params', Array.from({ length: 800 }, (_, i) => `param a${i} = a${i + 1} + 1`).join('\n')],
    [
      'copies that double at each level',
      Array.from(
        { length: 40 },
        (_, i) => `template group t${i} { group x extends t${i + 1}\ngroup y extends t${i + 1} }`,
      )
        .concat('group g extends t0')
        .join('\n'),
    ],
  ])('%s without end are reported', async (_, text) => {
    const { findings } = await parse(text);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('size', () => {
  /** Counts what the compiler asks of the tree, as time depends on the machine. */
  async function work(count: number): Promise<number> {
    const declarations = Array.from({ length: count }, (_, i) => `server s${i} { cores: 4, serviceTime: 5ms }`);
    const connections = Array.from({ length: count }, (_, i) => `s${i} -> s${(i * 7) % count} : calls 2`);
    const { arch, document } = await parseDocument([...declarations, ...connections].join('\n'));
    const names = arch.references.Names;
    let calls = 0;
    const candidates = names.candidates.bind(names);
    names.candidates = (segment) => {
      calls++;
      return candidates(segment);
    };
    const { architecture, findings } = compile(arch, document);
    expect(findings.map(printFinding)).toEqual([]);
    expect(architecture.components.length).toBe(count);
    expect(architecture.connections.length).toBe(count);
    return calls + document.references.length;
  }

  it('makes the work grow in proportion', async () => {
    const [small, large] = [await work(300), await work(3000)];
    expect(large / small).toBeLessThan(11);
  });
});
