import { describe, expect, it } from 'vitest';
import { brokenNames } from './fixtures/broken-names.ts';
import { brokenSyntax } from './fixtures/broken-syntax.ts';
import { brokenValues } from './fixtures/broken-values.ts';
import { compiler } from './fixtures/compiler.ts';
import { printFinding } from './fixtures/plain.ts';

const compileText = compiler();

const cases = [...brokenSyntax, ...brokenNames, ...brokenValues];

describe('what is said about broken text', () => {
  it.each(cases)('%s', async (text, ...expected) => {
    const { findings } = await compileText(text);
    expect(findings.map(printFinding)).toEqual(expected);
  });

  it('is always one sentence without words of the parser', () => {
    for (const message of cases.flatMap(([, ...findings]) =>
      findings.map((line) => line.replace(/^\S+ (info )?\S+: /, '')),
    )) {
      expect(message).toMatch(/^[A-Z'].*\.$/);
      expect(message).not.toMatch(/token|expecting|undefined|something else|EOF|STRING|QUANTITY/);
    }
  });

  it('points at the first of two, and at all of a cycle', async () => {
    const { findings } = await compileText(
      'server a extends b\nserver b extends c\nserver c extends a\ncache d\nqueue d',
    );
    expect(
      findings.map(({ span, related }) => [span.start.line, related?.map((place) => place.span.start.line)]),
    ).toEqual([
      [0, [1, 2]],
      [4, [3]],
    ]);
  });

  it('marks names, values and keys, not whole bodies', async () => {
    const { findings } = await compileText('servr app {\n  core: 4\n  ttl: 5MB\n}\ncache c {\n  ttl: 5MB\n}');
    expect(
      findings.map(({ span }) => [span.start, span.end].map(({ line, character }) => `${line}:${character}`).join('-')),
    ).toEqual(['0:0-0:5', '1:2-1:6', '2:2-2:5', '5:7-5:10']);
  });

  it('takes a title that is not closed to end before the body', async () => {
    const { findings, architecture } = await compileText('cdn edge "Edge {\n  ttl: 24h\n}\nserver app');
    expect(findings.map(({ message }) => message)).toEqual(["Expected '\"' at the end of the text."]);
    expect(architecture.components.map(({ name, properties }) => [name, Object.keys(properties)])).toEqual([
      ['edge', ['ttl']],
      ['app', []],
    ]);
  });
});

describe('what was meant', () => {
  const meant = cases.filter(([, ...findings]) => findings.some((line) => line.includes('; did you mean ')));

  it.each(meant)('is right where it is written: %s', async (text) => {
    const { findings } = await compileText(text);
    for (const { message, rule, span, fixes = [] } of findings) {
      for (const { edits } of fixes) {
        const [edit] = edits;
        if (edit?.type !== 'replaceText') continue;
        const { start, end } = edit.span;
        const after = await compileText(text.slice(0, start.offset) + edit.text + text.slice(end.offset));
        const same = after.findings.filter((one) => one.rule === rule && one.span.start.offset === span.start.offset);
        expect(same.map((one) => one.message)).not.toContain(message);
      }
    }
  });
});

describe('a broken line', () => {
  const rest = 'cache c { hitRatio: 150% }\nserver x { core: 2 }';
  const broken = [
    'server',
    'server a {}}',
    'server a }',
    'a ->',
    '-> a',
    'a -> : reads',
    'server a { cores: }',
    'server a { cores }',
    'param p =',
    'require p99',
    'require',
    'import',
    'server a extends',
    '§§§',
    'foo = bar',
    '"text"',
    '42',
    'server "a"',
    'scenario s { at }',
    'x.y.',
    'server a { tags: [1, }',
    ') ( ]',
    'request r { share }',
    'view v { collapse: [',
    'at 5m',
    ': : :',
  ];

  it.each(broken)('%s does not hide what is wrong on the others', async (line) => {
    const { findings } = await compileText(`${line}\n${rest}`);
    const messages = findings.map(({ message }) => message);
    expect(findings[0]!.span.start.line).toBe(0);
    expect(messages).toContain("'hitRatio' must be between 0% and 100%, but it is 150%.");
    expect(messages).toContain("There is no property 'core' in a server; did you mean 'cores'.");
  });
});
