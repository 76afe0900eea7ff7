// `npm start [-- my.arch]`, the main job in one go: what will break, the figures, and a picture. Prints what it wrote.
import { mkdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './stamp.mjs';

// The type checker does not need to see the bundle.
const { start } = await import(pathToFileURL(join(root, 'dist', 'cli', 'start.cjs')).href);

const EXAMPLE = join(root, 'examples', 'chapter', '08-stateless-tier.arch');
const FINDINGS = 1;

// npm runs scripts in the checkout; a path is meant from where the user is.
const from = process.env.INIT_CWD ?? process.cwd();
const file = process.argv[2] === undefined ? EXAMPLE : resolve(from, process.argv[2]);
const name = join(root, 'out', basename(file, '.arch'));
const written = [`${name}.svg`, `${name}.png`, `${name}.json`];

process.chdir(from);
process.exitCode = await run();

async function run() {
  const input = relative(from, file);
  const checked = await start(['check', input]);
  if (checked > FINDINGS) return checked;
  mkdirSync(join(root, 'out'), { recursive: true });
  console.log();
  const [svg = '', png = '', json = ''] = written;
  for (const args of [
    ['simulate', input],
    ['simulate', input, '--quiet', '--format', 'json', '--output', json],
    ['render', input, '--quiet', '--output', svg],
    ['render', input, '--quiet', '--output', png],
  ]) {
    // Findings do not make this fail: they are what it shows.
    const exitCode = await start([...args, '--fail-on', 'never']);
    if (exitCode !== 0) return exitCode;
  }
  console.log(`\nWrote ${written.map((path) => relative(from, path)).join(', ')}`);
  return 0;
}
