/** Sound architectures of many styles: what the default rules say about them is noise, so they must say nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { check } from '../language/check.ts';
import { formatText, parse } from '../language/index.ts';

const FOLDER = join(import.meta.dirname, 'good');
const files = readdirSync(FOLDER).sort();

test('there are at least fifteen', () => {
  expect(files.filter((file) => file.endsWith('.arch')).length).toBeGreaterThanOrEqual(15);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');

  it('has no errors and no warnings, and keeps its promises', async () => {
    const { findings, analysis } = check(await parse(text));
    const serious = findings.filter(({ severity }) => severity !== 'info');
    expect(serious.map(({ span, rule, message }) => `${span.start.line + 1} ${rule}: ${message}`)).toEqual([]);
    for (const { requirement, holds } of analysis.requirements) expect(holds, requirement.metric).toBe(true);
  });

  it('carries the load that it declares', async () => {
    const { analysis } = check(await parse(text));
    expect(analysis.solution.rate).toBeGreaterThan(0);
    expect(analysis.capacity.scale).toBeGreaterThan(1.25);
  });

  it('says in its first line what it is, and is formatted', async () => {
    expect(text).toMatch(/^\/\/ [A-Z].{40,}\n/);
    expect(await formatText(text)).toBe(text);
  });
});
