/** Writes docs/examples.md (the chapter's examples with findings and figures) and examples/real/README.md. `--check` compares. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { check } from '../language/check.ts';
import { parse } from '../language/index.ts';
import {
  type Analysis,
  type Finding,
  formatCount,
  formatMoney,
  formatPercent,
  formatTime,
  hoursPerMonth,
} from '../model/index.ts';
import { emit, ROOT } from './emit.ts';
import { realSystems } from './real-systems.ts';

interface Example {
  readonly file: string;
  readonly title: string;
  readonly story: string;
  readonly declaredUsers: number;
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
}

const chapter = await Promise.all(
  readdirSync(join(ROOT, 'examples/chapter'))
    .filter((file) => file.endsWith('.arch'))
    .sort()
    .map((file) => load(`examples/chapter/${file}`)),
);

emit('docs/examples.md', chapterPage());
emit('examples/chapter/README.md', findingsPage());
emit('examples/real/README.md', await realPage());

async function load(file: string): Promise<Example> {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const compilation = await parse(text);
  const { findings, analysis } = check(compilation);
  return {
    file,
    title: compilation.architecture.title ?? basename(file, '.arch'),
    story: [...text.matchAll(/^\/\/ ?(.*)$/gm)]
      .slice(
        0,
        text.split('\n').findIndex((line) => !line.startsWith('//')),
      )
      .map(([, line]) => line)
      .join(' '),
    declaredUsers: analysis.solution.users,
    analysis,
    findings,
  };
}

function chapterPage(): string {
  const rows = chapter.map(
    ({ file, title, declaredUsers, analysis: { solution, capacity, availability, cost }, findings }) =>
      `| [${title}](../${file}) | ${formatCount(declaredUsers)} | ${formatCount(significant(capacity.users))} | ${bottleneckOf(capacity)} | ${formatTime(solution.response.p99)} | ${formatPercent(availability.value)} | ${formatMoney(cost.perHour * hoursPerMonth.value)} | ${findings.length} |`,
  );
  return `# The chapter in thirteen steps

One application grows from a single server to millions of users.
The work of one request stays the same throughout: 10 ms of CPU in the web application, three reads of 2 ms and 0.3 writes of 5 ms in the
database, five static files of 40 KB; one request in twenty uploads a photo, which takes 300 ms to process.
What changes is the architecture.

This page is generated (\`npm run docs\`): the figures are those that \`loadpath check\` and \`loadpath simulate\` print.
Response time is that of the whole mix at the declared load at peak; capacity is the population at which the first resource
saturates or the first \`require\` breaks, and the bottleneck is what saturates first; prices are on-demand list prices, without data
transfer where the catalogue has none.
What is found in each step stands in [the README beside the examples](../examples/chapter/README.md).

| step | declared users | users it carries | bottleneck | p99 | availability | cost per month | findings |
|---|---|---|---|---|---|---|---|
${rows.join('\n')}

The tenth step, drawn by \`loadpath render\`:

![Two data centers with load balancers, web tier, cache, session store, replicated database, queue and workers](images/message-queue-light.png)
`;
}

/** The README beside the chapter's examples: exactly the findings of each. */
function findingsPage(): string {
  const steps = chapter.map(
    ({ file, title, story, findings }) =>
      `## [${title}](${basename(file)})\n\n${storyOf(story)}\n\n${findings.length === 0 ? 'No findings.' : findings.map(line).join('\n')}`,
  );
  return `# The chapter in thirteen steps: what is found

These are all findings of \`loadpath check\` for each step. What a step is blamed for is repaired by one of the next.
The figures are in [docs/examples.md](../../docs/examples.md). This page is generated (\`npm run docs\`).

${steps.join('\n\n')}
`;
}

function storyOf(story: string): string {
  return story.replace(/^Chapter 1-\d+[^:]*: ?/, '').replace(/^./, (letter) => letter.toUpperCase());
}

function line({ severity, rule, message }: Finding): string {
  return `- ${severity}: ${message} ([${rule}](../../docs/rules/${rule}.md))`;
}

/** What saturates first: a component, its resource and the part of it. */
function bottleneckOf({ bottlenecks: [first] }: Analysis['capacity']): string {
  if (!first) return 'nothing known';
  const where = { primary: ', primary', replica: ', replicas', hottestShard: ', hottest shard' };
  return `\`${first.path}\` (${first.resource}${first.part ? where[first.part] : ''})`;
}

/** Capacity is known to no more than three digits. */
function significant(users: number): number {
  return Number.isFinite(users) && users > 0 ? Number(users.toPrecision(3)) : users;
}

async function realPage(): Promise<string> {
  const sections = await Promise.all(
    realSystems.map(async ({ file, title, intro, comparisons, lessons }) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      const rows = await Promise.all(
        comparisons.map(async ({ what, overrides, predict, measured, verdict }) => {
          const { analysis } = check(await parse(text, { overrides: overrides ?? {} }));
          const predicted = predict(analysis);
          return `| ${what} | ${predicted} | ${measured} | ${verdict} |`;
        }),
      );
      return `## ${title}\n\n${intro}\n\n| figure | predicted | published | comparison |\n|---|---|---|---|\n${rows.join('\n')}\n\n${lessons}`;
    }),
  );
  return `# Published systems, rebuilt

Each example here declares a real system with its published inputs and compares what Loadpath predicts with what was measured.
Nothing is tuned to fit, and the differences are shown.
This page is generated (\`npm run docs\`).

${sections.join('\n\n')}
`;
}
