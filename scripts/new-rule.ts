/** Begins a rule: `node scripts/new-rule.ts my-rule` writes its file and its lines in the list of rules. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './emit.ts';

const [id = ''] = process.argv.slice(2);
const folder = join(ROOT, 'language/rules');
const file = join(folder, `${id}.ts`);

if (!/^[a-z]+(-[a-z]+)+$/.test(id))
  fail('Usage: node scripts/new-rule.ts RULE, the id in kebab-case, as in cache-without-expiry.');
if (existsSync(file)) fail(`There is a rule '${id}' already.`);

const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
writeFileSync(file, ruleText());
const index = join(folder, 'index.ts');
writeFileSync(index, listed(readFileSync(index, 'utf8')));
console.log(
  `wrote language/rules/${id}.ts. Its texts and examples are yours; then run 'npm run format' and 'npm run docs'.`,
);

function ruleText(): string {
  return `import { nameOf, servingComponents } from './query.ts';
import { defineRule } from './rule.ts';

export const ${name} = defineRule({
  meta: {
    id: '${id}',
    title: '',
    section: 'beyond',
    category: 'structure',
    severity: 'warning',
    summary: '',
    why: '',
    howToFix: '',
    sources: [],
    since: '${version()}',
  },
  check({ architecture }, report) {
    for (const component of servingComponents(architecture)) {
      report({ at: component, message: \`'\${nameOf(architecture, component)}' …\` });
    }
  },
  examples: { violates: [], passes: [] },
});
`;
}

/** The import before the one of the type, the rule at the end of the list; the formatter sorts the imports. */
function listed(text: string): string {
  return text
    .replace(/^import type \{ Rule \}/m, `import { ${name} } from './${id}.ts';\n$&`)
    .replace(/\n\];\s*$/, `\n  ${name},\n];\n`);
}

function version(): string {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return manifest.version;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
