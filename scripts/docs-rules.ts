/** Writes docs/rules/: a page for each rule and a table of all. `--check` fails if one is not current or is about no rule. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../language/rules/index.ts';
import { emit, ROOT } from './emit.ts';
import { fixableRules, indexOf, pageOf } from './rule-pages.ts';

const FOLDER = 'docs/rules';

emit(`${FOLDER}/README.md`, indexOf(rules, await fixableRules(rules)));
for (const rule of rules) emit(`${FOLDER}/${rule.meta.id}.md`, pageOf(rule));

const known = new Set(['README.md', ...rules.map(({ meta }) => `${meta.id}.md`)]);
for (const name of readdirSync(join(ROOT, FOLDER))) {
  if (known.has(name)) continue;
  if (process.argv.includes('--check')) {
    process.exitCode = 1;
    console.error(`${FOLDER}/${name} is about no rule: run 'npm run docs' and commit the result.`);
  } else {
    rmSync(join(ROOT, FOLDER, name));
    console.log(`removed ${FOLDER}/${name}`);
  }
}
