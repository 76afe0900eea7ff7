/** The difference between two texts as `patch` and `git apply` read it. */

const CONTEXT = 3;

type Kind = ' ' | '-' | '+';

interface Line {
  readonly kind: Kind;
  /** With its end, if it has one. */
  readonly text: string;
}

/** Hunks with three lines of context below a head for the file; empty where the texts are equal. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const lines = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(lines);
  return [`--- a/${file}\n`, `+++ b/${file}\n`, ...hunks.map((hunk) => formatHunk(lines, hunk))].join('');
}

interface Hunk {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Changes that are at most twice the context apart share a hunk. */
function hunksOf(lines: readonly Line[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  lines.forEach(({ kind }, i) => {
    if (kind === ' ') return;
    const last = hunks.at(-1);
    const to = Math.min(lines.length, i + 1 + CONTEXT);
    if (last && i - CONTEXT <= last.to) hunks.splice(-1, 1, { from: last.from, to });
    else hunks.push({ from: Math.max(0, i - CONTEXT), to });
  });
  return hunks;
}

function formatHunk(lines: readonly Line[], { from, to }: Hunk): string {
  const count = (part: readonly Line[], other: Kind) => part.filter(({ kind }) => kind !== other).length;
  const side = (other: Kind) => {
    const start = count(lines.slice(0, from), other);
    const length = count(lines.slice(from, to), other);
    // An empty side names the line before it.
    return `${length === 0 ? start : start + 1},${length}`;
  };
  const body = lines
    .slice(from, to)
    .map(({ kind, text }) =>
      text.endsWith('\n') ? `${kind}${text}` : `${kind}${text}\n\\ No newline at end of file\n`,
    );
  return `@@ -${side('+')} +${side('-')} @@\n${body.join('')}`;
}

function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A shortest list of removed and added lines, by the longest common subsequence of what is between equal ends. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const room = Math.min(before.length, after.length) - start;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = (text: string): Line => ({ kind: ' ', text });
  return [
    ...before.slice(0, start).map(same),
    ...compareMiddle(before.slice(start, before.length - tail), after.slice(start, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function compareMiddle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const width = after.length + 1;
  /** Length of the longest common subsequence of what follows each pair of positions. */
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ kind: ' ', text: before[i]! });
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      lines.push({ kind: '-', text: before[i++]! });
    else lines.push({ kind: '+', text: after[j++]! });
  }
  return lines;
}
