import { describe, expect, test } from 'vitest';
import type { Architecture } from '../model/index.ts';
import { analyze } from '../simulator/index.ts';
import { type CheckOptions, type CheckResult, check } from './check.ts';
import { applyTextEdits, toTextEdits } from './edits/index.ts';
import { parse } from './index.ts';
import { rules } from './rules/index.ts';
import { defineRule } from './rules/rule.ts';
import { runRules } from './rules/run-rules.ts';

async function checked(text: string, options: CheckOptions = {}): Promise<CheckResult> {
  return check(await parse(text), options);
}

const ids = ({ findings }: CheckResult) => findings.map(({ rule }) => rule);

const unexpiring = (...above: readonly string[]) =>
  [
    'users visitors { rate: 20/s }',
    'loadBalancer lb { replicas: 2 }',
    'server app { replicas: 2, serviceTime: 10ms }',
    ...above,
    'cache feed { engine: memcached, replicas: 2, hitRatio: 90% }',
    'visitors -> lb',
    'lb -> app',
    'app -> feed : reads 3',
    '',
  ].join('\n');

describe('what is reported', () => {
  test('findings of the text come with those of the rules, in the order of the text', async () => {
    const result = await checked(unexpiring('cache other { ttl: 10GB }', 'cache { ttl: : }'));
    const lines = result.findings.map(({ span }) => span.start.line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    expect(ids(result)).toContain('cache-without-expiry');
    expect(ids(result)).toContain('wrong-dimension');
    expect(ids(result)).toContain('syntax');
  });

  test('severities are those of the options, and a rule can be off', async () => {
    const severe = await checked(unexpiring(), { rules: { 'cache-without-expiry': 'error' } });
    expect(severe.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['cache-without-expiry', 'error']]);
    expect(ids(await checked(unexpiring(), { rules: { 'cache-without-expiry': 'off' } }))).toEqual([]);
  });

  test('only some rules run, or all but some', async () => {
    expect((await checked(unexpiring(), { only: ['cache-spof'] })).rulesRun).toEqual(['cache-spof']);
    const without = await checked(unexpiring(), { skip: ['cache-without-expiry'] });
    expect(without.findings).toEqual([]);
    expect(without.rulesRun.length).toBe(rules.length - 1);
  });

  test('what holds for copies is said once, where the text stands', async () => {
    const { findings } = await checked(
      [
        'users visitors { rate: 20/s }',
        'dns domain { routing: geo }',
        'dataCenter us {',
        '  server app { replicas: 2, serviceTime: 10ms }',
        '  cache feed { engine: memcached, replicas: 2, hitRatio: 90% }',
        '  app -> feed : reads 3',
        '}',
        'dataCenter eu extends us { }',
        'visitors -> domain',
        'domain -> us.app, eu.app',
        '',
      ].join('\n'),
      { only: ['cache-without-expiry'] },
    );
    expect(findings.length).toBe(1);
    expect(findings[0]?.subject).toBe('us.feed');
    expect(findings[0]?.related?.map(({ message, span }) => [message, span.start.line])).toEqual([
      ["The same holds for the copy 'eu.feed'.", 7],
    ]);
  });

  test('components without data are listed, not reported', async () => {
    const { notEvaluated } = await checked('users people { rate: 20/s }\nserver app\npeople -> app\n');
    expect(notEvaluated).toContainEqual({ rule: 'insufficient-headroom', subject: 'app', missing: ['serviceTime'] });
  });

  test('an analysis that is there already is used', async () => {
    const compilation = await parse('users people { rate: 90/s }\nserver app { serviceTime: 10ms }\npeople -> app\n');
    const analysis = analyze(compilation.architecture);
    expect(check(compilation, { analysis }).analysis).toBe(analysis);
    const result = check(compilation);
    expect(result.analysis).toEqual(analysis);
    expect(result.analysis).toBe(result.analysis);
  });

  test('the same text gives the same findings', async () => {
    expect((await checked(unexpiring())).findings).toEqual((await checked(unexpiring())).findings);
  });
});

describe('a rule that crashes', () => {
  const crashing = defineRule({
    ...rules[0]!,
    meta: { ...rules[0]!.meta, id: 'crashing' },
    check: () => {
      throw new Error('a defect');
    },
  });

  test('is reported once and hides nothing', async () => {
    const { architecture } = await parse(unexpiring());
    const all = [crashing, ...rules].map((rule) => ({ rule, severity: rule.meta.severity }));
    const { candidates } = runRules(all, architecture, () => analyze(architecture));
    expect(candidates.map(({ finding }) => finding.rule)).toEqual(['internal-error', 'cache-without-expiry']);
    expect(candidates[0]?.finding.message).toContain("'crashing' could not be run");
  });

  test('in an architecture without files stands at the beginning of nothing', () => {
    const { candidates } = runRules([{ rule: crashing, severity: 'error' }], nothing, () => analyze(nothing));
    expect(candidates.map(({ finding }) => finding.span.file)).toEqual(['']);
  });
});

describe('suppressions', () => {
  test('silence a rule on the declaration below', async () => {
    const result = await checked(unexpiring('// arch-ignore cache-without-expiry: it never changes'));
    expect(result.findings).toEqual([]);
    expect(result.suppressed.map(({ finding, suppression }) => [finding.rule, suppression.reason])).toEqual([
      ['cache-without-expiry', 'it never changes'],
    ]);
  });

  test('silence a rule on a property, a connection and a requirement', async () => {
    const { findings, suppressed } = await checked(
      [
        'users visitors { rate: 90/s }',
        'loadBalancer lb {',
        '  replicas: 2',
        '  // arch-ignore sticky-sessions: an old client needs it',
        '  stickySessions: true',
        '}',
        'server app { replicas: 2, serviceTime: 10ms }',
        'visitors -> lb',
        '// arch-ignore static-content-without-cdn: an intranet',
        'visitors -> lb : static 3',
        'lb -> app',
        '// arch-ignore requirement-violated: next quarter',
        'require p99 < 1ms',
        '',
      ].join('\n'),
    );
    expect(findings).toEqual([]);
    expect(suppressed.map(({ finding }) => finding.rule).toSorted()).toEqual([
      'requirement-violated',
      'static-content-without-cdn',
      'sticky-sessions',
    ]);
  });

  test('of a container do not reach what is inside it', async () => {
    const text = unexpiring().replace(
      /^cache.*$/m,
      '// arch-ignore cache-without-expiry: all of it\ntier t {\n  $&\n}',
    );
    expect(ids(await checked(text))).toEqual(['suppression-unused', 'cache-without-expiry']);
  });

  test('of a rule that does not exist are reported with the nearest name, and can be corrected', async () => {
    const text = unexpiring('// arch-ignore cache-without-expirey: it never changes');
    const compilation = await parse(text);
    const [problem, finding] = check(compilation).findings;
    expect(problem?.message).toBe("There is no rule 'cache-without-expirey'; did you mean 'cache-without-expiry'?");
    expect(finding?.rule).toBe('cache-without-expiry');
    const corrected = applyTextEdits(text, toTextEdits(compilation, problem!.fixes![0]!.edits));
    expect((await checked(corrected)).findings).toEqual([]);
  });

  test('that silence nothing are reported, and can be removed', async () => {
    const text = unexpiring('// arch-ignore cache-spof: only one', '// arch-ignore cache-without-expiry: no changes');
    const compilation = await parse(text);
    const { findings } = check(compilation);
    expect(findings.map(({ message }) => message)).toEqual([
      "'arch-ignore cache-spof' silences nothing: the rule has no finding here.",
    ]);
    expect(applyTextEdits(text, toTextEdits(compilation, findings[0]!.fixes![0]!.edits))).toBe(
      text.replace(/.*cache-spof.*\n/, ''),
    );
  });

  test('of a rule that does not run are left alone', async () => {
    const text = unexpiring('// arch-ignore cache-spof: only one');
    expect(ids(await checked(text, { skip: ['cache-spof', 'cache-without-expiry'] }))).toEqual([]);
  });

  test('without a reason silence nothing', async () => {
    const result = await checked(unexpiring('// arch-ignore cache-without-expiry'));
    expect(ids(result)).toEqual(['suppression-needs-reason', 'cache-without-expiry']);
  });

  test('cannot hide what is wrong with the text', async () => {
    const result = await checked(unexpiring('// arch-ignore wrong-dimension: no', 'cache other { ttl: 10GB }'));
    expect(ids(result)).toContain('wrong-dimension');
    expect(ids(result)).toContain('suppression-unknown-rule');
  });
});

test('all preferred fixes together give a text that parses, with fewer findings', async () => {
  const text = [
    'users visitors { rate: 200/s }',
    'dns domain',
    'dataCenter us {',
    '  server app { replicas: 3, serviceTime: 10ms, sessions: local }',
    '  cache feed { engine: redis, memory: 1GB }',
    '  database posts { engine: mysql }',
    '  queue jobs',
    '  worker resizer { replicas: 2, serviceTime: 1ms }',
    '  app -> feed : reads 3',
    '  app -> posts : writes 1',
    '  app -> jobs : publishes 0.1',
    '  feed -> posts : misses',
    '  jobs -> resizer',
    '}',
    'dataCenter eu extends us { }',
    'visitors -> domain',
    'domain -> us.app, eu.app',
    '',
  ].join('\n');
  const compilation = await parse(text);
  const before = check(compilation).findings;
  const edits = before.flatMap(({ fixes = [] }) => fixes.filter(({ preferred }) => preferred).slice(0, 1));
  const after = await parse(
    applyTextEdits(
      text,
      toTextEdits(
        compilation,
        edits.flatMap((fix) => fix.edits),
      ),
    ),
  );
  expect(after.findings).toEqual([]);
  expect(check(after).findings.length).toBeLessThan(before.length / 2);
});

const nothing: Architecture = {
  files: [],
  params: [],
  components: [],
  connections: [],
  requests: [],
  requirements: [],
  scenarios: [],
  views: [],
};
