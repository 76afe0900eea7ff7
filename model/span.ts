/** A place in a text: zero-based line and character (UTF-16 code units, as in LSP) and the offset from the start of the text. */
export interface Position {
  readonly line: number;
  readonly character: number;
  readonly offset: number;
}

/** A piece of the source text of one file; `end` is exclusive. */
export interface Span {
  /** URI of the file. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}
