/** Draws the pictures of the walkthrough, one for each theme of VS Code, through the command line. With `--check` it compares. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emit, ROOT } from './emit.ts';

interface Manifest {
  readonly contributes: { readonly walkthroughs: readonly { readonly steps: readonly { readonly id: string }[] }[] };
}

/** A second data center that is the copy of the first is drawn as one box: beside the text there is little room. */
const VIEWS: Readonly<Record<string, string>> = {
  '09-data-centers': 'view walkthrough "Two data centers" { collapse: [eu] }',
  '13-millions-of-users': 'view walkthrough "Millions of users and beyond" { collapse: [eu] }',
};

/** Pixels; VS Code limits a picture to the width of its place, and cuts off what is too high. */
const HIGHEST = 640;

const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const folder = mkdtempSync(join(tmpdir(), 'loadpath-walkthrough-'));
for (const { id } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
  const text = readFileSync(join(ROOT, 'examples', 'chapter', `${id}.arch`), 'utf8');
  const file = join(folder, `${id}.arch`);
  writeFileSync(file, `${text}\n${VIEWS[id] ?? ''}`);
  const view = VIEWS[id] ? ['--view', 'walkthrough'] : [];
  for (const theme of ['light', 'dark', 'contrast']) {
    const args = ['bin/loadpath.mjs', 'render', file, ...view, '--theme', theme, '--format', 'svg', '--output', '-'];
    const svg = execFileSync(process.execPath, args, { cwd: ROOT }).toString();
    emit(`extension/media/walkthrough/${id}-${theme}.svg`, shrink(svg));
  }
}
rmSync(folder, { recursive: true, force: true });

function shrink(svg: string): string {
  return svg.replace(/ width="([\d.]+)" height="([\d.]+)"/, (_, width: string, height: string) => {
    const factor = Math.min(1, HIGHEST / Number(height));
    return ` width="${Math.round(Number(width) * factor)}" height="${Math.round(Number(height) * factor)}"`;
  });
}
