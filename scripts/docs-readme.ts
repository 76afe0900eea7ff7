/** Writes README.md: the template with the first example, what `loadpath check` says of it, and the numbers of rules and fixes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../language/rules/index.ts';
import { emit, ROOT } from './emit.ts';
import { fixableRules } from './rule-pages.ts';

const EXAMPLE = 'examples/first.arch';
const fixable = await fixableRules(rules);
const values: Readonly<Record<string, () => string>> = {
  FIRST: () => textOf(EXAMPLE),
  CHECK: () => loadpath('check', EXAMPLE, '--format', 'compact'),
  RULES: () => String(rules.length),
  FIXES: () => String(fixable.size),
};

emit(
  'README.md',
  textOf('docs/templates/readme.md').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name]!()),
);

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').trimEnd();
}

function loadpath(...args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, ['bin/loadpath.mjs', ...args], { cwd: ROOT, encoding: 'utf8' });
  return stdout.trimEnd();
}
