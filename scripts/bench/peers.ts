/** What Loadpath is measured against, installed on demand into a cache folder outside of the checkout (`LOADPATH_BENCH_CACHE` moves it). */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../stamp.mjs';

export interface Peers {
  readonly likec4: string;
  readonly mermaid: string;
  /** Langium without anything of ours: a small grammar for the same models, bundled like Loadpath. */
  readonly bareCheck: string;
  readonly bareServer: string;
  readonly versions: Readonly<Record<'likec4' | 'mermaid' | 'langium', string>>;
  /** For models. */
  readonly folder: string;
}

/** Installs and builds what is not there yet. */
export async function preparePeers(): Promise<Peers> {
  const folder = process.env.LOADPATH_BENCH_CACHE ?? join(tmpdir(), 'loadpath-bench');
  mkdirSync(folder, { recursive: true });
  install(folder, ['likec4', 'mermaid']);
  const bare = await buildBare(join(folder, 'bare'));
  const parse = join(folder, 'mermaid-parse.mjs');
  writeFileSync(parse, MERMAID_PARSE);
  const version = (name: string, from: string) =>
    String(JSON.parse(readFileSync(join(from, 'node_modules', name, 'package.json'), 'utf8')).version);
  return {
    likec4: join(folder, 'node_modules/likec4/bin/likec4.mjs'),
    mermaid: parse,
    bareCheck: join(bare, 'check.cjs'),
    bareServer: join(bare, 'server.cjs'),
    versions: {
      likec4: version('likec4', folder),
      mermaid: version('mermaid', folder),
      langium: version('langium', root),
    },
    folder,
  };
}

function install(folder: string, names: readonly string[]): void {
  if (names.every((name) => existsSync(join(folder, 'node_modules', name)))) return;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names], {
    cwd: folder,
    stdio: 'inherit',
  });
}

/** Langium's own generator and the same bundler and options as ours. */
async function buildBare(folder: string): Promise<string> {
  cpSync(join(import.meta.dirname, 'bare'), folder, { recursive: true });
  const language = {
    id: 'bare',
    grammar: 'bare.langium',
    fileExtensions: ['.arch'],
    chevrotainParserConfig: { maxLookahead: 3 },
  };
  const config = { projectName: 'Bare', languages: [language], out: 'generated', mode: 'production' };
  writeFileSync(join(folder, 'langium-config.json'), JSON.stringify(config));
  execFileSync(process.execPath, [join(root, 'node_modules/langium-cli/bin/langium.js'), 'generate'], {
    cwd: folder,
    stdio: 'ignore',
  });
  const dist = join(folder, 'dist');
  await build({
    absWorkingDir: folder,
    entryPoints: ['check.ts', 'server.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    mainFields: ['module', 'main'],
    nodePaths: [join(root, 'node_modules')],
    outdir: dist,
    logLevel: 'warning',
  });
  return dist;
}

/** mermaid checks the labels with a sanitizer of the browser, which a text without markup does not need. */
const MERMAID_PARSE = `import { readFileSync } from 'node:fs';
import DOMPurify from 'dompurify';
Object.assign(DOMPurify, { sanitize: (text) => text, addHook: () => {} });
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ maxTextSize: 1e9, maxEdges: 1e9 });
await mermaid.parse(readFileSync(process.argv[2], 'utf8'));
`;
