/**
 * Measures Loadpath and its peers in one session and writes `docs/benchmarks.md`: `npm run bench [-- --quick]`. Times differ from
 * machine to machine, so what counts are the ratios; with `--quick` there are fewer runs and no models of 5,000 components.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { createLayouter } from '../../diagram/layout.ts';
import { toGraph } from '../../diagram/to-graph.ts';
import { parse } from '../../language/parse.ts';
import type { Analysis, Solution } from '../../model/index.ts';
import {
  analyze,
  canResize,
  failuresOf,
  type Network,
  prepare,
  type SteadyFigures,
  solveNetwork,
  solverOf,
} from '../../simulator/index.ts';
import { root } from '../stamp.mjs';
import { measureEvents } from './events.ts';
import { generateModel, likec4, loadpath, mermaid, tightChain } from './generate.ts';
import { measureCalls, measurePrograms, type Program, type Run } from './measure.ts';
import { preparePeers } from './peers.ts';
import { measureServer, percentiles, type Server, type ServerFigures } from './server.ts';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' } } });
const turns = flags.quick ? 1 : 5;
/** Drawing a thousand components takes most of a minute. */
const mostDrawn = flags.quick ? 100 : 1000;
const edits = flags.quick ? 5 : 30;
const sizes = flags.quick ? [10, 100, 1000] : [10, 100, 1000, 5000];

execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--if-needed'], { stdio: 'ignore' });
const peers = await preparePeers();
const files = new Map(sizes.map((size) => [size, writeModels(peers.folder, size)]));

const sections = [checks(), renders(), await servers(), await functions(), simulations(), bundles()];
const page = `${heading()}\n${sections.join('\n')}`;
console.log(page);
writeFileSync(join(root, 'docs/benchmarks.md'), page);

function heading(): string {
  const { likec4: c4, mermaid: mmd, langium } = peers.versions;
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Loadpath ${version} against LikeC4 ${c4}, mermaid ${mmd} and bare Langium
${langium}, Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} processors.

All ran in the same session, programs in turns (${turns} after one to warm up), on equal generated models (\`scripts/bench/generate.ts\`): N components in nested groups of ten, 1.5
relations and two to four properties for each. Only the ratios mean something on another machine.
Bare Langium is a small grammar for the same models with nothing but Langium's own services: it checks names and nothing else.
LikeC4 checks names and its own views, mermaid the syntax. Loadpath also computes load, capacity, availability and cost, and runs all its rules.
`;
}

function writeModels(folder: string, size: number) {
  const model = generateModel(size);
  const at = (name: string, text: string) => {
    const own = join(folder, 'models', `${name}-${size}`);
    mkdirSync(own, { recursive: true });
    const file = join(own, `model.${name}`);
    writeFileSync(file, text);
    return { folder: own, file, text };
  };
  return { arch: at('arch', loadpath(model)), c4: at('c4', likec4(model)), mmd: at('mmd', mermaid(model)) };
}

function checks(): string {
  const rows = [...files].map(([size, { arch, c4, mmd }]) => {
    const programs: readonly Program[] = [
      { name: 'Loadpath', script: join(root, 'bin/loadpath.mjs'), args: ['check', '--fail-on', 'never', arch.file] },
      { name: 'bare Langium', script: peers.bareCheck, args: [arch.file] },
      { name: 'LikeC4', script: peers.likec4, args: ['validate', '--no-layout', c4.folder] },
      { name: 'mermaid', script: peers.mermaid, args: [mmd.file], cwd: peers.folder },
    ];
    const runs = measurePrograms(programs, turns);
    const [own, bare, c4Run] = runs as [Run, Run, Run, Run];
    return [count(size), ...runs.map(cell), ratio(c4Run.cpu, own.cpu), ratio(own.cpu, bare.cpu)];
  });
  return table(
    'Cold check of one file',
    'Processor milliseconds / wall milliseconds / largest memory in MiB, medians; ratios of processor time.',
    [
      'N',
      'Loadpath `check`',
      'bare Langium',
      'LikeC4 `validate --no-layout`',
      '`mermaid.parse`',
      'LikeC4 / Loadpath',
      'Loadpath / bare',
    ],
    rows,
  );
}

function renders(): string {
  const rows = [...files].flatMap(([size, { arch }]) => {
    if (size > mostDrawn) return [];
    const svg = join(arch.folder, 'model.svg');
    const args = ['render', arch.file, '--output', svg];
    const [run] = measurePrograms(
      [{ name: 'render', script: join(root, 'bin/loadpath.mjs'), args }],
      Math.min(turns, 3),
    );
    return [[count(size), cell(run!), kilobytes(statSync(svg).size)]];
  });
  return table(
    'Cold render to SVG',
    'Processor milliseconds / wall milliseconds / largest memory in MiB, medians; layout by ELK.',
    ['N', 'Loadpath `render`', 'SVG'],
    rows,
  );
}

async function servers(): Promise<string> {
  const rows: string[][] = [];
  for (const [size, { arch, c4 }] of files) {
    const measured = async (server: Server, { folder, file, text }: typeof arch) =>
      measureServer(server, folder, file, text, size > 1000 ? Math.ceil(edits / 4) : edits);
    const own = await measured(
      { name: 'Loadpath', script: join(root, 'dist/server.cjs'), args: ['--stdio'], languageId: 'arch' },
      arch,
    );
    const bare = await measured(
      { name: 'bare Langium', script: peers.bareServer, args: ['--stdio'], languageId: 'bare' },
      arch,
    );
    const likec4Server = { name: 'LikeC4', script: peers.likec4, args: ['lsp', '--stdio'], languageId: 'likec4' };
    const other = await measured(likec4Server, c4);
    for (const [name, figures] of [
      ['Loadpath', own],
      ['bare Langium', bare],
      ['LikeC4', other],
    ] as const)
      rows.push([count(size), name, ...serverCells(figures, other)]);
  }
  return table(
    'Language server over standard streams',
    'Wall milliseconds; p50 / p95 of one-character edits to their diagnostics, of completion and of hover in between. A round is an edit, a completion and a hover, in processor milliseconds. Ratios are LikeC4 to this server.',
    [
      'N',
      '',
      '`initialize`',
      'first diagnostics',
      'edit → diagnostics',
      'completion',
      'hover',
      'round',
      'memory, MiB',
      'ratio of rounds',
      'ratio of edits',
    ],
    rows,
  );
}

function serverCells(
  { ready, first, memory, cpu, ...figures }: ServerFigures,
  other: ServerFigures,
): readonly string[] {
  const pair = (values: readonly number[]) => percentiles(values).map(short).join(' / ');
  return [
    short(ready),
    short(first),
    pair(figures.edits),
    pair(figures.completions),
    pair(figures.hovers),
    short(cpu ?? Number.NaN),
    memory === undefined ? '–' : short(memory),
    other.cpu && cpu ? ratio(other.cpu, cpu) : '–',
    ratio(percentiles(other.edits)[0], percentiles(figures.edits)[0]),
  ];
}

async function functions(): Promise<string> {
  const rows: string[][] = [];
  const layouter = createLayouter();
  // Loads the kernel.
  await layouter.layout(toGraph((await parse('server app')).architecture));
  for (const size of [20, 100, 300, 1000]) {
    const { architecture } = await parse(loadpath(generateModel(size)));
    const network = prepare(architecture);
    const calls = flags.quick ? 5 : 20;
    const { architecture: tight } = await parse(tightChain(size));
    const isSmall = size <= 300;
    const start = performance.now();
    if (isSmall) await layouter.layout(toGraph(architecture));
    const layout = isSmall ? performance.now() - start : Number.NaN;
    // A slider asks for another population each time.
    let scale = 1;
    const nextScale = () => {
      scale *= 1.001;
      return scale;
    };
    rows.push([
      count(size),
      short(measureCalls(() => readSolution(solveNetwork(network)), calls)),
      short(measureCalls(() => readSolution(solveNetwork(network, nextScale())), calls)),
      ...solves(network, calls).map((milliseconds) => count(Math.round(1000 / milliseconds))),
      short(measureCalls(() => readAnalysis(analyze(architecture)), calls)),
      isSmall ? short(measureCalls(() => failuresOf(architecture), 3)) : '–',
      isSmall ? short(measureCalls(() => failuresOf(tight), 3)) : '–',
      isSmall && !flags.quick ? short(once(() => failuresOf(architecture, { pairs: true }))) : '–',
      short(layout),
    ]);
  }
  return table(
    'Inside the process, warm',
    'Processor milliseconds, medians; of the pairs one run, of the layout one run, wall. All figures of a steady state are read: means and utilizations of all components, p95 and p99 of the requests. Solves per second are those of `solverOf`: utilizations and means of all components and percentiles of the requests, at another population or with other replicas of one component. The chain is one of N servers with a promise about p99 that every failure breaks.',
    [
      'N',
      'steady state',
      'at another population',
      'solves/s, means and p95',
      'and all percentiles',
      'other replicas',
      'and capacity, availability, cost',
      'every single failure',
      'of a chain',
      'every pair of failures',
      'layout (ELK)',
    ],
    rows,
  );
}

/** Milliseconds of a solve: another population with means and p95, with all percentiles; other replicas of one server with means and p95. */
function solves(network: Network, calls: number): readonly number[] {
  const solver = solverOf(network);
  const path = solver.paths.find((one) => canResize(network, one)) ?? '';
  let turn = 0;
  const read = (figures: SteadyFigures, levels: readonly number[]) => [
    figures.utilizations,
    figures.means,
    levels.map((p) => figures.requests()?.quantile(p)),
  ];
  const next = () => 1 + (turn++ % 1000) / 1000;
  return [
    measureCalls(() => read(solver.at({ scale: next() }), [0.95]), calls),
    measureCalls(() => read(solver.at({ scale: next() }), [0.5, 0.9, 0.95, 0.99, 0.999]), calls),
    measureCalls(() => read(solver.at({ replicas: { [path]: 1 + (turn++ % 50) } }), [0.95]), calls),
  ];
}

/** Reads what is computed when it is first read. */
function readSolution({ requests, components, response, accuracy, connections }: Solution): unknown {
  const latencies = [response, ...requests.map((request) => request.response)].map(({ p95, p99 }) => p95 + p99);
  return [latencies, components.map((one) => one.response?.mean ?? one.utilization), accuracy, connections];
}

function readAnalysis({ solution, capacity, availability, cost, requirements }: Analysis): unknown {
  return [readSolution(solution), capacity.users, availability.value, cost.perHour, requirements];
}

/** Milliseconds of processor time of a single call. */
function once(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function simulations(): string {
  const rows = measureEvents(peers.folder, turns).map(({ model, rate, speedup, memory }) => [
    model,
    rate.toFixed(2),
    `${speedup.toFixed(2)}x`,
    memory.map(short).join(' / '),
  ]);
  return table(
    'Simulation request by request',
    'Million completed requests for each second of processor time; two threads against one by wall time; memory in MiB after one and nine million requests.',
    ['model', 'million requests a second', 'two threads', 'memory'],
    rows,
  );
}

function bundles(): string {
  const names = ['cli/main.cjs', 'language-server.cjs', 'extension.cjs', 'layout-worker.cjs', 'webview.js'];
  const rows = names.map((name) => {
    const bytes = readFileSync(join(root, 'dist', name));
    return [`\`dist/${name}\``, kilobytes(bytes.length), kilobytes(gzipSync(bytes).length)];
  });
  return table('Bundles', 'Minified, and compressed by gzip.', ['file', 'size', 'compressed'], rows);
}

function cell({ cpu, wall, memory }: Run): string {
  return `${short(cpu)} / ${short(wall)} / ${short(memory)}`;
}

function ratio(a: number, b: number): string {
  return `${(a / b).toPrecision(2)}x`;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? count(Math.round(value)) : String(Number(value.toPrecision(2)));
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function kilobytes(bytes: number): string {
  return `${count(Math.round(bytes / 1000))} KB`;
}

function table(title: string, note: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', `## ${title}`, '', note, '', line(head), line(head.map(() => '---')), ...rows.map(line)]
    .join('\n')
    .slice(1)
    .concat('\n');
}
