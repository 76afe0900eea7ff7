/** What `--fix` writes: the new texts into their files, or as a difference to standard output, and a word about each fix. */
import { fileURLToPath } from 'node:url';
import { writeWhole } from './files.ts';
import type { Fixed } from './fix.ts';
import type { Sources } from './reports/sources.ts';
import { unifiedDiff } from './reports/unified-diff.ts';
import type { Terminal } from './terminal.ts';

/** Each file in one step. Throws `UsageError` if one cannot be written. */
export function writeFixes({ texts }: Fixed, sources: Sources): void {
  for (const [uri, text] of [...texts].sort()) writeWhole(fileURLToPath(uri), sources.path(uri), text);
}

/** The difference between the files and what `--fix` would make of them. */
export function fixDiff({ texts, before }: Fixed, sources: Sources): string {
  return [...texts]
    .sort()
    .map(([uri, text]) => unifiedDiff(sources.path(uri), before.get(uri) ?? '', text))
    .join('');
}

/** One line for each fix and one with their number, on standard error. */
export function noteFixes(
  { applied, disputed, texts }: Fixed,
  sources: Sources,
  isDryRun: boolean,
  terminal: Terminal,
): void {
  for (const { file, rule, title } of applied) terminal.note(`${sources.path(file)}: ${title} (${rule})`);
  const left = new Set(
    disputed.map(({ span, rule }) => `${sources.path(span.file)}: left as it is, ${DISPUTED} (${rule})`),
  );
  for (const line of left) terminal.note(line);
  const fixes = `${applied.length} ${applied.length === 1 ? 'finding' : 'findings'}`;
  const files = `${texts.size} ${texts.size === 1 ? 'file' : 'files'}`;
  if (texts.size === 0) terminal.note('There is nothing that can be fixed.');
  else terminal.note(isDryRun ? `Would fix ${fixes} in ${files}.` : `Fixed ${fixes} in ${files}.`);
}

const DISPUTED = 'because not all architectures with this file would change the same';
