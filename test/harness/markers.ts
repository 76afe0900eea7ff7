/**
 * Findings as comments: a line `//  ^^^ warning: message` points with its carets to the piece of the last code line above it that a
 * finding is about. So a text with markers is a test, and can be pasted into the editor. Carets cannot reach the first two columns,
 * where the slashes are; what begins there is marked from the third column on.
 */
import type { Finding } from '../../model/index.ts';

const MARKER = /^\s*\/\/ *(\^+) ?(.*)$/;

/** One line for each marker: `line:from-to severity: message`; lines and columns are those of the text without markers, from one on. */
export function expectedFrom(source: string): readonly string[] {
  let line = 0;
  return source.split(/\r?\n/).flatMap((text) => {
    const [, carets, label = ''] = MARKER.exec(text) ?? [];
    if (!carets) {
      line++;
      return [];
    }
    const from = text.indexOf(carets);
    return [`${line}:${from + 1}-${from + carets.length + 1} ${label}`];
  });
}

/** The same for findings in a text without markers. One that goes over several lines counts to the end of its first, as a marker does. */
export function markersOf(source: string, findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => {
    const { line, from, to } = placeOf(source, finding);
    return `${line + 1}:${from + 1}-${to + 1} ${finding.severity}: ${finding.message}`;
  });
}

/** A text without its markers. */
export function withoutMarkers(source: string): string {
  const lines = source.split('\n');
  return lines.filter((line) => !MARKER.test(line.trimEnd())).join('\n');
}

/** A text with markers for findings in it, for writing examples. */
export function withMarkers(source: string, findings: readonly Finding[]): string {
  const places = findings.map((finding) => ({ finding, ...placeOf(source, finding) }));
  return source
    .split('\n')
    .flatMap((text, line) => [
      text,
      ...places
        .filter((place) => place.line === line)
        .map(
          ({ finding, from, to }) =>
            `//${' '.repeat(from - 2)}${'^'.repeat(to - from)} ${finding.severity}: ${finding.message}`,
        ),
    ])
    .join('\n');
}

function placeOf(source: string, { span: { start, end } }: Finding) {
  const text = source.split('\n')[start.line] ?? '';
  const from = Math.max(start.character, 2);
  const to = end.line === start.line ? end.character : text.trimEnd().length;
  return { line: start.line, from, to: Math.max(to, from + 1) };
}
