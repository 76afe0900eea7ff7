/** The licenses of everything that is inside the bundles: their authors ask that they travel along. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import type { Asset } from './bundles.ts';
import { root } from './stamp.mjs';

/** The text of `dist/licenses.txt`. */
export function licenses(metafiles: readonly Metafile[], assets: readonly Asset[]): string {
  const files = [...metafiles.flatMap((metafile) => Object.keys(metafile.inputs)), ...assets.map(({ from }) => from)];
  const packages = [...new Set(files.flatMap(packageOf))].sort();
  return `Loadpath contains these packages.\n\n${packages.map(licenseOf).join('\n')}`;
}

function packageOf(file: string): string[] {
  const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'));
  return match ? [match[0]] : [];
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text =
    file && existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), 'utf8').trim() : '';
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
