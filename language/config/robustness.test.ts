import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../check.ts';
import { parse } from '../index.ts';
import { rules } from '../rules/index.ts';
import { readConfiguration } from './read-configuration.ts';
import { defaultLayer, settingsOf } from './settings.ts';

const names = [
  'root extends rules overrides ignore baseline failOn customRules files components id message severity select forbid require allow',
  'assert count path from to flow reachable via notVia kind name tag inside properties all any not property op value min max maxDepth',
  'examples violates passes cache-spof insufficient-headroom limit',
].flatMap((line) => line.split(' '));
const words = ['off', 'error', 'loadpath:strict', './a', 'ttl', '>=', '10m', 'cache', '{{name}}', '**', '[', '\\', '!'];

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, ...words),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 5 }).map(Object.fromEntries),
  ),
}));

const arch = await parse('users u\ngroup g { server a }\ncache c { ttl: 10m }\nu -> g.a\ng.a -> c : reads 1\n');

test('whatever a configuration says, it is read, and what is read can be used', () => {
  fc.assert(
    fc.property(value, (content) => {
      const { configuration, problems } = readConfiguration('memory:/a/c.jsonc', JSON.stringify(content));
      for (const { message, span } of problems) {
        expect(message).toMatch(/[.?]$/);
        expect(span.end.character).toBeGreaterThanOrEqual(span.start.line === span.end.line ? span.start.character : 0);
      }
      const folder = 'memory:/';
      const { rules: own, overrides, ignore, customRules } = configuration;
      const layers = [defaultLayer, { rules: own, folder }, ...overrides.map((it) => ({ ...it, folder }))];
      const settings = settingsOf(layers, [{ folder, patterns: ignore }], customRules);
      const { findings } = check(arch, { settings });
      expect(findings.filter(({ rule }) => rule === 'internal-error')).toEqual([]);
      for (const { meta } of rules) settings.isOn(meta);
    }),
    { numRuns: 300 },
  );
});

test.each(['a', '[z-a]', '\\', '!', '***', '/', '{a,b}', '(', 'a\nb', ' '])('the pattern %j is no error', (pattern) => {
  const settings = settingsOf([], [{ folder: 'memory:/', patterns: [pattern] }]);
  expect([true, false]).toContain(settings.ignores('memory:/a/b%20c.arch'));
});

test('any text is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,/*\n\\ a1"') }), (text) => {
      expect(() => readConfiguration('memory:/c', text)).not.toThrow();
    }),
  );
  expect(readConfiguration('memory:/c', '['.repeat(100_000)).problems.map(({ message }) => message)).toEqual([
    'This is nested more than 200 levels deep.',
  ]);
});
