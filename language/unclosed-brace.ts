/** Finds the body that lacks its closing brace when a file ends too early. */
import type { SourceText } from './spans.ts';

/** An opening brace, and the name in front of it. */
export interface OpenBrace {
  readonly offset: number;
  readonly name?: string;
}

interface Open extends OpenBrace {
  /** Indentation of the line that it stands on. */
  readonly indent: number;
}

const TOKEN = /"(?:\\.|[^"\\\r\n])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]/g;

/**
 * The brace that is most likely not closed: one whose closing brace is indented less than the line that opened it, so that it closes
 * what is around it; otherwise the last one that is open at the end. Undefined if all are closed.
 */
export function unclosedBrace({ text }: SourceText): OpenBrace | undefined {
  const open: Open[] = [];
  let suspect: Open | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') open.push({ offset: index, indent: indentAt(text, index), ...nameBefore(text, index) });
    if (token !== '}') continue;
    const opened = open.pop();
    if (opened && open.length > 0 && firstOnLine(text, index) && indentAt(text, index) < opened.indent)
      suspect ??= opened;
  }
  return open.length === 0 ? undefined : (suspect ?? open.at(-1));
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function indentAt(text: string, offset: number): number {
  const start = lineStart(text, offset);
  let indent = 0;
  while (text[start + indent] === ' ' || text[start + indent] === '\t') indent++;
  return indent;
}

function firstOnLine(text: string, offset: number): boolean {
  return lineStart(text, offset) + indentAt(text, offset) === offset;
}

/** The declared name, which a title or `extends` may follow, or that of a block. */
function nameBefore(text: string, offset: number): { readonly name?: string } {
  const line = text.slice(Math.max(lineStart(text, offset), offset - 300), offset);
  const head = line.replace(/\s*(?:"(?:\\.|[^"\\])*")?\s*(?:extends\s+[\w.]+)?\s*$/, '');
  const name = /[A-Za-z_]\w*$/.exec(head)?.[0];
  return name === undefined ? {} : { name };
}
