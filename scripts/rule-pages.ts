/** The text of `docs/rules/`: a page for each rule and a table of all, from the rules themselves. */
import { check } from '../language/check.ts';
import { parse } from '../language/index.ts';
import { type Rule, type Section, sections } from '../language/rules/rule.ts';

const COMMAND = 'npm run docs';

/** The page of one rule. */
export function pageOf({ meta, examples }: Rule): string {
  const { id, title, section, category, severity, summary, why, howToFix, sources, since, options } = meta;
  const origin = section === 'beyond' ? sections.beyond : `Section ${section}, ${sections[section].toLowerCase()}`;
  return [
    `<!-- Written by ${COMMAND} from language/rules/${id}.ts. -->`,
    `# ${id}`,
    `**${title}.** ${summary}`,
    `| | |\n| --- | --- |\n| Severity | ${severity} |\n| Category | ${category} |\n| From | ${origin} |\n| Since | ${since} |`,
    `## Why\n\n${why}`,
    `## How to fix\n\n${howToFix}`,
    ...(options ? [optionTable(id, options)] : []),
    ...(sources ? [`## Sources\n\n${sources.map((source) => `- ${source}`).join('\n')}`] : []),
    '## Examples',
    'Reported:',
    ...examples.violates.map(fenced),
    'Not reported:',
    ...examples.passes.map(fenced),
    '## Silence it',
    `Where the advice does not apply, say why above the declaration:\n\n\`\`\`arch\n// arch-ignore ${id}: the reason\n\`\`\``,
  ]
    .join('\n\n')
    .concat('\n');
}

function optionTable(id: string, options: NonNullable<Rule['meta']['options']>): string {
  const rows = Object.entries(options).map(
    ([name, { description, default: fallback }]) => `| \`${name}\` | ${fallback} | ${description} |`,
  );
  const [[name, first] = ['', undefined]] = Object.entries(options);
  const example = `{ "rules": { "${id}": ["warning", { "${name}": ${first?.default} }] } }`;
  return `## Options\n\n| option | default | what it is |\n| --- | --- | --- |\n${rows.join('\n')}\n\nIn [loadpath.config.jsonc](../configuration.md):\n\n\`\`\`json\n${example}\n\`\`\``;
}

/** The table of all rules by section. */
export function indexOf(all: readonly Rule[], fixable: ReadonlySet<string>): string {
  const parts = (Object.keys(sections) as Section[]).map((section) => {
    const rows = all
      .filter(({ meta }) => meta.section === section)
      .map(
        ({ meta }) =>
          `| [${meta.id}](${meta.id}.md) | ${meta.severity} | ${fixable.has(meta.id) ? 'yes' : ''} | ${meta.summary} |`,
      );
    const heading = section === 'beyond' ? sections.beyond : `${section} ${sections[section]}`;
    return `## ${heading}\n\n| rule | severity | fix | what it reports |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
  });
  const count = `${all.length} rules, ${fixable.size} of them with a fix. \`loadpath explain RULE\` prints the page of a rule.`;
  const severities =
    'An *error* is a contradiction in the design or a certain loss of data, a *warning* the advice of the chapter or a well-known way to fail, *info* an opinion. A rule that lacks data says nothing, and is listed as not evaluated.';
  const crash = `If a rule itself fails, that is reported once as \`internal-error\`; all others still run.`;
  const comments = `An \`arch-ignore\` comment with a rule that does not exist is \`suppression-unknown-rule\`, one that silences nothing \`suppression-unused\`. It covers the declaration below it with its own properties, not what is inside a container.`;
  return [
    `<!-- Written by ${COMMAND}. -->`,
    '# Rules',
    count,
    severities,
    ...parts,
    '## About the checking itself',
    crash,
    comments,
  ]
    .join('\n\n')
    .concat('\n');
}

/** Ids of the rules that propose a fix in one of their examples. */
export async function fixableRules(all: readonly Rule[]): Promise<ReadonlySet<string>> {
  const fixable = new Set<string>();
  for (const { meta, examples } of all) {
    for (const example of examples.violates) {
      const { findings } = check(await parse(example), { only: [meta.id] });
      if (findings.some(({ rule, fixes }) => rule === meta.id && fixes?.length)) fixable.add(meta.id);
    }
  }
  return fixable;
}

function fenced(example: string): string {
  return `\`\`\`arch\n${example.trim()}\n\`\`\``;
}
