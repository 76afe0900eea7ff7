/** Every example: checks without errors, formats to itself, simulates, renders; and the chapter's story holds in numbers. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { renderSvg } from '../diagram/index.ts';
import { type CheckResult, check } from '../language/check.ts';
import { type Compilation, formatText, parse } from '../language/index.ts';
import { formatCount, formatPercent, formatTime, hoursPerMonth } from '../model/index.ts';

const ROOT = join(import.meta.dirname, '..');
const files: string[] = [];
for await (const file of glob('examples/**/*.arch', { cwd: ROOT })) files.push(file);
files.sort();
const chapter = files.filter((file) => file.startsWith(join('examples', 'chapter')));

interface Checked {
  readonly compilation: Compilation;
  readonly result: CheckResult;
}
const checked = new Map<string, Checked>();

beforeAll(async () => {
  for (const file of files) {
    const compilation = await parse(textOf(file));
    checked.set(file, { compilation, result: check(compilation) });
  }
});

describe.each(files)('%s', (file) => {
  it('checks without errors', () => {
    expect(checked.get(file)!.result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('formats to itself', async () => {
    expect(await formatText(textOf(file))).toBe(textOf(file));
  });

  it('has the findings and figures that its golden file says', async () => {
    await expect(summary(checked.get(file)!.result)).toMatchFileSnapshot(
      join('goldens', `${file.replaceAll(/[\\/]/g, '-').replace('.arch', '')}.txt`),
    );
  });

  it('is drawn with every component, the same way each time', async () => {
    const { compilation, result } = checked.get(file)!;
    const draw = () => renderSvg(compilation.architecture, { analysis: result.analysis, findings: result.findings });
    const svg = await draw();
    for (const { path } of compilation.architecture.components) expect(svg).toContain(`data-id="${path}"`);
    expect(await draw()).toBe(svg);
  });
});

describe('the chapter', () => {
  test('has thirteen steps', () => {
    expect(chapter).toHaveLength(13);
  });

  test('each step carries more users than the one before, and those that it declares', () => {
    const capacities = chapter.map((file) => checked.get(file)!.result.analysis.capacity);
    for (const [step, { users, declaredUsers }] of capacities.entries()) {
      expect(users, chapter[step]).toBeGreaterThanOrEqual(declaredUsers);
      if (step > 0) expect(users, chapter[step]).toBeGreaterThan(capacities[step - 1]!.users);
    }
  });

  test('each step but the last has a finding that the next one fixes', () => {
    for (const [step, file] of chapter.slice(0, -1).entries()) {
      const next = rulesOf(chapter[step + 1]!);
      expect(
        [...rulesOf(file)].filter((rule) => !next.has(rule)),
        file,
      ).not.toEqual([]);
    }
  });

  test('the last step has no warnings', () => {
    expect(checked.get(chapter.at(-1)!)!.result.findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });
});

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function rulesOf(file: string): ReadonlySet<string> {
  return new Set(checked.get(file)!.result.findings.map(({ rule }) => rule));
}

function summary({ findings, analysis: { solution, capacity, availability, cost } }: CheckResult): string {
  const first = capacity.bottlenecks[0];
  return `${[
    ...findings.map(
      ({ severity, rule, message, span }) =>
        `${span.start.line + 1}:${span.start.character + 1} ${severity} ${rule}: ${message}`,
    ),
    `declared ${formatCount(capacity.declaredUsers)} users, ${solution.rate.toPrecision(4)}/s`,
    `carries ${formatCount(capacity.users)} users, ${capacity.rate.toPrecision(4)}/s; first ${first ? `${first.path} ${first.resource} ${first.part ?? ''}`.trimEnd() : 'unknown'}`,
    `p50 ${formatTime(solution.response.p50)}, p99 ${formatTime(solution.response.p99)}`,
    `availability ${formatPercent(availability.value)}`,
    `cost $${Math.round(cost.perHour * hoursPerMonth.value)} a month`,
  ].join('\n')}\n`;
}
