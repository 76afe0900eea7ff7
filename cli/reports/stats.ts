/** `check --stats`: the rules that ran, how long each took, and what could not be judged because a property is missing. */
import type { Paint } from '../terminal.ts';
import type { CheckedRoot, CheckReport } from './check.ts';
import { cell, formatTable } from './table.ts';

export interface StatsFormat {
  readonly paint: Paint;
  readonly width: number;
}

/** The slowest rule first. */
export function formatStats(roots: readonly CheckedRoot[], { notEvaluated }: CheckReport, format: StatsFormat): string {
  const rules = new Set(roots.flatMap(({ result }) => result.rulesRun));
  const times = new Map<string, number>();
  for (const { rule, milliseconds } of roots.flatMap(({ result }) => result.timings ?? []))
    times.set(rule, (times.get(rule) ?? 0) + milliseconds);
  const count = (rule: string) =>
    roots.reduce((sum, { result }) => sum + result.findings.filter((it) => it.rule === rule).length, 0);
  const rows = [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([rule, time]) => [
      cell(rule),
      cell(`${time.toFixed(1)} ms`),
      cell(rules.has(rule) ? String(count(rule)) : ''),
    ]);
  const missing = [...Map.groupBy(notEvaluated, ({ rule }) => rule)].flatMap(([rule, entries]) => [
    `${rule} could not judge:`,
    ...entries.map(
      ({ subject, missing }) => `  '${subject}', which has no ${missing.map((it) => `'${it}'`).join(' and no ')}`,
    ),
  ]);
  return [`${rules.size} rules run`, ...formatTable(COLUMNS, rows, format), ...missing].join('\n');
}

const COLUMNS = [
  { heading: 'rule' },
  { heading: 'time', align: 'right' },
  { heading: 'findings', align: 'right' },
] as const;
