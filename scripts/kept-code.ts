/** What makes of a bundle one that `cli/kept-code.ts` runs, and that loads Node's own modules as late as it can. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';

/** Options of a bundle that is one function, of what Node gives to a CommonJS module and of the URL of the bundle. */
export const keptBundle: BuildOptions = {
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  banner: { js: '(function (exports, require, module, __filename, __dirname, bundleUrl) {' },
  footer: { js: '})' },
  define: { 'import.meta.url': 'bundleUrl' },
};

/**
 * Node's own modules that a small check does not use: the time it takes to load them is a fifth of all that a process of Node takes (of
 * 25 ms `node:crypto` 4 ms, `node:child_process` 3 ms, `node:fs/promises` 1 ms). Only functions of them are used.
 */
const LATE = ['child_process', 'crypto', 'fs/promises'];

/** Loads them when a function of theirs is called first. */
export const lateBuiltins: Plugin = {
  name: 'late-builtins',
  setup({ onResolve, onLoad }) {
    const names = LATE.map((name) => name.replace('/', '\\/')).join('|');
    onResolve({ filter: new RegExp(`^(node:)?(${names})$`) }, ({ path }) => ({
      path: path.replace('node:', ''),
      namespace: 'late',
      sideEffects: false,
    }));
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: lateModule(path) }));
  },
};

/** Its functions by name, and all of them as the default, which only what uses the default has. */
function lateModule(name: string): string {
  const own: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(`node:${name}`);
  const functions = Object.keys(own).filter((key) => typeof own[key] === 'function' && /^[a-z]/.test(key));
  const exported = functions.map(
    (key) => `export const ${key} = (...args) => process.getBuiltinModule('node:${name}').${key}(...args);`,
  );
  return [...exported, `export default { ${functions.join(', ')} };`].join('\n');
}

/**
 * Ends a bundle with its fingerprint, by which its compiled code is found. The bundle is read as ASCII, which is quicker; esbuild leaves
 * other characters in regular expressions.
 */
export const fingerprinted: Plugin = {
  name: 'fingerprinted',
  setup({ initialOptions: { absWorkingDir = '' }, onEnd }) {
    onEnd(({ metafile }) => {
      for (const output of Object.keys(metafile?.outputs ?? {})) {
        if (!output.endsWith('.cjs')) continue;
        const path = join(absWorkingDir, output);
        const text = readFileSync(path, 'utf8').replace(/[\u0080-\uffff]/g, escaped);
        const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, 16);
        writeFileSync(path, `${text.trimEnd()}\n//${fingerprint}`);
      }
    });
  },
};

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
