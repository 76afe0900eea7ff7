import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Edit } from '../../model/index.ts';
import { pageOf } from '../../scripts/rule-pages.ts';
import { expectedFrom, markersOf, withoutMarkers } from '../../test/harness/markers.ts';
import { type CheckResult, check } from '../check.ts';
import { applyTextEdits, toTextEdits } from '../edits/index.ts';
import { type Compilation, compile, parseDocument } from '../index.ts';
import { formatDocument } from '../lsp/formatter.ts';
import { rules } from './index.ts';
import { categories, sections } from './rule.ts';

describe.each(rules.map((rule) => [rule.meta.id, rule] as const))('%s', (id, { meta, examples }) => {
  test.each(examples.violates.map((example, i) => [i + 1, example] as const))(
    'violated by example %i',
    async (_, example) => {
      const text = plain(example);
      const { compilation, formatted } = await parsed(text);
      expect(compilation.findings).toEqual([]);
      expect(formatted).toBe(text);
      const found = checked(compilation).findings.filter(({ rule }) => rule === id);
      expect(found.length).toBeGreaterThan(0);
      expect(markersOf(text, found).toSorted()).toEqual(expectedFrom(example.trimStart()).toSorted());
    },
  );

  test.each(examples.passes.map((example, i) => [i + 1, example] as const))(
    'silent on example %i',
    async (_, example) => {
      const { compilation } = await parsed(plain(example));
      expect(compilation.findings).toEqual([]);
      expect(expectedFrom(example)).toEqual([]);
      expect(checked(compilation).findings.filter(({ rule }) => rule === id || rule === 'internal-error')).toEqual([]);
    },
  );

  test('fixes remove their finding, add none, and do nothing when applied again', async () => {
    for (const example of examples.violates) {
      const before = plain(example);
      const { compilation } = await parsed(before);
      const findings = checked(compilation).findings;
      for (const finding of findings.filter(({ rule }) => rule === id)) {
        for (const fix of finding.fixes ?? []) {
          const after = applyTextEdits(before, toTextEdits(compilation, fix.edits));
          const { compilation: fixed, formatted } = await parsed(after);
          expect.soft(formatted, fix.title).toBe(after);
          expect.soft(after, fix.title).not.toBe(before);
          expect.soft(remaining(fixed, finding.rule, finding.subject), `${fix.title}:\n${after}`).toEqual([]);
          expect
            .soft(newFindings(compilation, fixed, fix.edits, meta.goesBefore), `${fix.title}:\n${after}`)
            .toEqual([]);
          expect.soft(applyTextEdits(after, toTextEdits(fixed, fix.edits)), fix.title).toBe(after);
        }
      }
    }
  });

  test('its page is current', () => {
    const page = new URL(`../../docs/rules/${id}.md`, import.meta.url);
    expect(existsSync(page) && readFileSync(page, 'utf8')).toBe(pageOf({ meta, check: () => {}, examples }));
  });

  test('its description is complete', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(existsSync(new URL(`./${id}.ts`, import.meta.url))).toBe(true);
    expect(Object.keys(sections)).toContain(meta.section);
    expect(categories).toContain(meta.category);
    expect(meta.summary).toMatch(/^[A-Z][^.]*(\.\d[^.]*)*\.$/);
    for (const text of [meta.why, meta.howToFix, ...(meta.sources ?? [])]) expect(text).toMatch(/[.)]$/);
    for (const later of meta.goesBefore ?? []) expect(rules.map((rule) => rule.meta.id)).toContain(later);
    expect(meta.section !== 'beyond' || id === 'requirement-violated' || meta.sources?.length).toBeTruthy();
    expect(examples.violates.length).toBeGreaterThanOrEqual(2);
    expect(examples.passes.length).toBeGreaterThanOrEqual(2);
  });
});

test('every section of the chapter has a rule, and many rules can repair what they find', async () => {
  expect(new Set(rules.map(({ meta }) => meta.section))).toEqual(new Set(Object.keys(sections)));
  expect(new Set(rules.map(({ meta }) => meta.id)).size).toBe(rules.length);
  const fixable = await Promise.all(
    rules.map(async ({ meta, examples }) => {
      const found = await Promise.all(
        examples.violates.map(async (text) => checked((await parsed(plain(text))).compilation).findings),
      );
      return found.flat().some(({ rule, fixes }) => rule === meta.id && fixes?.length);
    }),
  );
  expect(fixable.filter(Boolean).length).toBeGreaterThanOrEqual(40);
});

test('no two examples are the same', () => {
  const all = rules.flatMap(({ examples }) => [
    ...new Set(
      [...examples.violates, ...examples.passes].map((text) =>
        withoutMarkers(text)
          .replace(/\/\/.*/g, '')
          .trim(),
      ),
    ),
  ]);
  const own = rules.flatMap(({ examples }) => [...examples.violates, ...examples.passes]);
  expect(all.length).toBe(own.length);
});

/** An example as a file: without its markers and the empty line at its beginning. */
function plain(example: string): string {
  return withoutMarkers(example).trimStart();
}

interface Parsed {
  readonly compilation: Compilation;
  readonly formatted: string | undefined;
}

const texts = new Map<string, Promise<Parsed>>();

/** Every text in services of its own, each text once. */
function parsed(text: string): Promise<Parsed> {
  let result = texts.get(text);
  if (!result) {
    result = parseNow(text);
    texts.set(text, result);
  }
  return result;
}

async function parseNow(text: string): Promise<Parsed> {
  const { arch, document } = await parseDocument(text);
  return { compilation: compile(arch, document), formatted: formatDocument(arch, document) };
}

const results = new WeakMap<Compilation, CheckResult>();

function checked(compilation: Compilation): CheckResult {
  let result = results.get(compilation);
  if (!result) {
    result = check(compilation);
    results.set(compilation, result);
  }
  return result;
}

function remaining(compilation: Compilation, id: string, subject: string | undefined): readonly string[] {
  const findings = checked(compilation).findings.filter((it) => it.rule === id && it.subject === subject);
  return findings.map(({ message }) => message);
}

/**
 * Errors and warnings that were not there before; those of other subjects under the same rule count too, those that had to wait do not.
 * What is moved keeps its findings under its new path.
 */
function newFindings(
  before: Compilation,
  after: Compilation,
  edits: readonly Edit[],
  waiting: readonly string[] = [],
): readonly string[] {
  const newPaths = new Map(
    edits.flatMap((edit) => {
      if (edit.type !== 'moveComponent') return [];
      const name = edit.component.split('.').at(-1)!;
      return [[edit.component, edit.container === undefined ? name : `${edit.container}.${name}`]];
    }),
  );
  const keys = (compilation: Compilation) =>
    checked(compilation)
      .findings.filter(({ severity, rule }) => severity !== 'info' && !waiting.includes(rule))
      .map(({ rule, subject, message }) => `${rule} ${newPaths.get(subject ?? '') ?? subject ?? message}`);
  const known = new Set(keys(before));
  return keys(after).filter((key) => !known.has(key));
}
