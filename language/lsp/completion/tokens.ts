/** The words of a text, coarsely: completion must understand what no parser would accept. */

export interface Token {
  readonly type: 'word' | 'number' | 'string' | 'sign';
  readonly text: string;
  readonly start: number;
}

/** What the cursor is inside of, when it is inside of something in which other rules hold. */
export type Inside = 'comment' | 'suppression' | 'string' | undefined;

export interface Words {
  /** Everything before the word at the cursor; of a string at the cursor, everything before its quote. */
  readonly tokens: readonly Token[];
  readonly inside: Inside;
  /** Where the word or string at the cursor begins; the cursor itself where there is none. */
  readonly start: number;
  /** What is written of it. */
  readonly prefix: string;
}

const TOKEN =
  /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<string>"(?:\\.|[^"\\\r\n])*"?)|(?<word>[A-Za-z_]\w*)|(?<number>\$?\d[\d_]*(?:\.\d[\d_]*)?(?:%|[A-Za-z]+)?(?:\/[A-Za-z]+)?)|(?<sign><->|->|<=|>=|\.\.|[^\s])/g;

/** All tokens of a text, without its comments. */
export function tokenize(text: string): readonly Token[] {
  return [...text.matchAll(TOKEN)].flatMap((match) => toToken(match) ?? []);
}

/** The words before the cursor, the one at the cursor apart. */
export function wordsBefore(text: string, offset: number): Words {
  const tokens: Token[] = [];
  for (const match of text.slice(0, offset).matchAll(TOKEN)) {
    const [whole] = match;
    const touches = match.index + whole.length === offset;
    if (whole.startsWith('//') && touches) return within(whole, match.index, offset, tokens);
    if (whole.startsWith('/*') && touches && !/.\*\/$/s.test(whole)) {
      return { tokens, inside: 'comment', start: offset, prefix: '' };
    }
    const token = toToken(match);
    if (!token) continue;
    if (touches && token.type === 'string' && !isClosed(token.text)) {
      return { tokens, inside: 'string', start: token.start + 1, prefix: token.text.slice(1) };
    }
    if (touches && (token.type === 'word' || token.type === 'number')) {
      return { tokens, inside: undefined, start: token.start, prefix: token.text };
    }
    tokens.push(token);
  }
  return { tokens, inside: undefined, start: offset, prefix: '' };
}

function within(comment: string, at: number, offset: number, tokens: readonly Token[]): Words {
  const match = /^\/\/\s*arch-ignore\s+([\w-]*)$/.exec(comment);
  if (!match) return { tokens, inside: 'comment', start: offset, prefix: '' };
  const prefix = match[1] ?? '';
  return { tokens, inside: 'suppression', start: at + comment.length - prefix.length, prefix };
}

function isClosed(text: string): boolean {
  return text.length > 1 && text.endsWith('"') && !text.endsWith('\\"');
}

function toToken(match: RegExpMatchArray): Token | undefined {
  const { string, word, number, sign } = match.groups ?? {};
  const start = match.index ?? 0;
  if (string !== undefined) return { type: 'string', text: string, start };
  if (word !== undefined) return { type: 'word', text: word, start };
  if (number !== undefined) return { type: 'number', text: number, start };
  return sign === undefined ? undefined : { type: 'sign', text: sign, start };
}
