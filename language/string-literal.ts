/** Texts in double quotes, as they are written and as they are meant. */

/** The contents of a string literal, which may lack its closing quote. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, isClosed(literal) ? -1 : undefined);
  return inner.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped));
}

/** True if a string literal ends with its closing quote. */
export function isClosed(literal: string): boolean {
  return /^"(?:\\.|[^"\\])*"$/.test(literal);
}
