/** Writes examples/scenarios/README.md: what happens when the scenarios of the examples are played. With `--check` it compares. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatScenario } from '../cli/reports/scenario.ts';
import { sourcesOf } from '../cli/reports/sources.ts';
import { plain } from '../cli/terminal.ts';
import { parse } from '../language/index.ts';
import { play } from '../simulator/index.ts';
import { emit, ROOT } from './emit.ts';

const FOLDER = 'examples/scenarios';
const COLUMNS = 100;

const files = readdirSync(join(ROOT, FOLDER))
  .filter((file) => file.endsWith('.arch'))
  .sort();
const sections = await Promise.all(files.map(section));

emit(
  `${FOLDER}/README.md`,
  `# Scenarios: what happens when

Each file declares a system, and what may go wrong with it; below each scenario stands what \`loadpath simulate FILE --scenario NAME\` prints.
[docs/scenarios.md](../../docs/scenarios.md) says what the events do and how the figures come about.
This page is generated (\`npm run docs\`).

${sections.join('\n\n')}
`,
);

async function section(file: string): Promise<string> {
  const text = readFileSync(join(ROOT, FOLDER, file), 'utf8');
  const { architecture } = await parse(text);
  const lines = text.split('\n');
  const story = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('//')),
    )
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');
  const sources = sourcesOf(new Map(), ROOT);
  const reports = architecture.scenarios.map((scenario) => {
    const playback = play(architecture, scenario, { percentiles: true });
    if (!playback) throw new Error(`${file}: '${scenario.name}' was not played.`);
    const report = formatScenario({ architecture, playback, file, sources, paint: plain, columns: COLUMNS });
    return `### ${scenario.title ?? scenario.name}\n\n\`\`\`text\n${report.trimEnd()}\n\`\`\``;
  });
  return `## [${architecture.title ?? basename(file, '.arch')}](${file})\n\n${story}\n\n${reports.join('\n\n')}`;
}
