/**
 * The tokens of a text that has no lexical mistake, in one pass and as numbers. It cuts a text exactly as the lexer of `lexer.ts` does,
 * its ends of statements included; where that one would report something, this one gives up.
 */

/** Numbers of the types of tokens; the words of the language come first, then identifiers. */
export const EOF = 0;
export const ARCHITECTURE = 1;
export const PARAM = 2;
export const TEMPLATE = 3;
export const EXTENDS = 4;
export const IMPORT = 5;
export const REQUEST = 6;
export const REQUIRE = 7;
export const SCENARIO = 8;
export const VIEW = 9;
export const OF = 10;
export const AT = 11;
export const FOR = 12;
export const FROM = 13;
export const TO = 14;
export const TRUE = 15;
export const FALSE = 16;
export const ID = 17;
export const STRING = 18;
export const QUANTITY = 19;
export const END = 20;
export const OPEN_BRACE = 21;
export const CLOSE_BRACE = 22;
export const OPEN_BRACKET = 23;
export const CLOSE_BRACKET = 24;
export const OPEN_PARENTHESIS = 25;
export const CLOSE_PARENTHESIS = 26;
export const COMMA = 27;
export const COLON = 28;
export const EQUALS = 29;
export const DOT = 30;
export const DOTS = 31;
export const ARROW = 32;
export const BOTH_WAYS = 33;
export const LESS = 34;
export const AT_MOST = 35;
export const MORE = 36;
export const AT_LEAST = 37;
export const PLUS = 38;
export const MINUS = 39;
export const TIMES = 40;
export const OVER = 41;
/** What is no token of the language: a character that begins none, or a text that is not closed. */
export const MISTAKE = 42;
/** The first token of an island, whose others are `END`; see `islands.ts`. */
export const ISLAND = 43;

/** Names of the types as in the grammar, by number. */
export const TOKEN_NAMES: readonly string[] =
  'EOF architecture param template extends import request require scenario view of at for from to true false ID STRING QUANTITY END { } [ ] ( ) , : = . .. -> <-> < <= > >= + - * / MISTAKE'.split(
    ' ',
  );

/** The tokens of a text, its comments apart; `types` has one more, `EOF`. */
export interface Tokens {
  count: number;
  types: Uint8Array;
  starts: Int32Array;
  /** Exclusive. */
  ends: Int32Array;
  comments: readonly Comment[];
}

export interface Comment {
  start: number;
  end: number;
}

/** True for what may be a name: an identifier or a word of the language. */
export function isName(type: number): boolean {
  return type > EOF && type <= ID;
}

/** What is read so far; one for all texts, as scanning never waits. */
let types = new Uint8Array(1024);
let starts = new Int32Array(1024);
let ends = new Int32Array(1024);
/** `NEW_LINE` where a line ends between a token and the one before it, and `PRICE` for a number that begins with `$`. */
let marks = new Uint8Array(1024);
const NEW_LINE = 1;
const PRICE = 2;

/**
 * Undefined where brackets nest too deep, or a comment, or a text on the last line, is not closed.
 * @param offset of the text in a larger one, whose offsets the tokens get
 * @param depth of the braces around it there
 */
export function scan(text: string, offset = 0, depth = 0): Tokens | undefined {
  const comments: Comment[] = [];
  const { length } = text;
  let count = 0;
  let mark = 0;
  let i = 0;
  while (i < length) {
    const c = text.charCodeAt(i);
    const start = i;
    let type: number;
    if (c === 0x20 || c === 0x09 || c === 0x0b || c === 0x0c) {
      i++;
      continue;
    }
    if (c === 0x0a || c === 0x0d) {
      mark = NEW_LINE;
      i++;
      continue;
    }
    if (CLASSES[c] === LETTER) {
      do i++;
      while (CLASSES[text.charCodeAt(i)]! > 0);
      type = wordType(text, start, i);
    } else if (CLASSES[c] === DIGIT || c === 0x24) {
      NUMBER.lastIndex = i;
      type = NUMBER.test(text) ? QUANTITY : MISTAKE;
      i = type === QUANTITY ? NUMBER.lastIndex : i + 1;
    } else if (c === 0x22) {
      i = stringEnd(text, i);
      // In a larger text it may be closed behind the end of this one.
      if (i > text.length) return undefined;
      type = i < 0 ? MISTAKE : STRING;
      if (i < 0) i = unclosedEnd(text, start);
    } else if (c === 0x2f && (text.charCodeAt(i + 1) === 0x2f || text.charCodeAt(i + 1) === 0x2a)) {
      i = commentEnd(text, i);
      if (i < 0) return undefined;
      comments.push({ start: start + offset, end: i + offset });
      if (LINE_BREAK.test(text.slice(start, i))) mark = NEW_LINE;
      continue;
    } else {
      type = signType(text, i, c);
      if (type === 0) {
        BLANK.lastIndex = i++;
        if (BLANK.test(text)) continue;
        type = MISTAKE;
      } else i += TOKEN_NAMES[type]!.length;
    }
    if (count + 1 >= types.length) grow();
    types[count] = type;
    starts[count] = start;
    ends[count] = i;
    marks[count++] = c === 0x24 ? mark | PRICE : mark;
    mark = 0;
  }
  // What the rules below look at behind the last token.
  types[count] = EOF;
  return nestsTooDeep(count, depth) ? undefined : withEnds(count, comments, offset);
}

function grow(): void {
  const larger = <T extends Uint8Array | Int32Array>(from: T, to: T): T => {
    to.set(from);
    return to;
  };
  types = larger(types, new Uint8Array(types.length * 2));
  starts = larger(starts, new Int32Array(starts.length * 2));
  ends = larger(ends, new Int32Array(ends.length * 2));
  marks = larger(marks, new Uint8Array(marks.length * 2));
}

const LETTER = 1;
const DIGIT = 2;
/** Of what names are made, by character code; other characters have zero or nothing. */
const CLASSES = new Uint8Array(128).map((_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_]/.test(character) ? LETTER : /[0-9]/.test(character) ? DIGIT : 0;
});

/** The terminal `QUANTITY` of the grammar. */
const NUMBER =
  /\$?[0-9][0-9_]*(\.[0-9][0-9_]*)?(%|[A-Za-zµ][A-Za-z0-9µ]*)?(\/(ns|us|ms|s|min|mo|m|h|d|w|y|second|minute|hour|day|week|month|year|bit|B|KB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB)(?![A-Za-z0-9_]))?([ \t]+users(?![A-Za-z0-9_])(?![ \t]*([A-Za-z_"{:.]|->|<->)))?/y;
const BLANK = /\s/y;
const LINE_BREAK = /[\r\n]/;

/** Words by their length, as few are as long as the one that is read. */
const WORDS: readonly (readonly number[])[] = Array.from({ length: 13 }, (_, length) =>
  [...TOKEN_NAMES.keys()].filter((type) => type > EOF && type < ID && TOKEN_NAMES[type]!.length === length),
);

function wordType(text: string, start: number, end: number): number {
  for (const type of WORDS[end - start] ?? []) if (text.startsWith(TOKEN_NAMES[type]!, start)) return type;
  return ID;
}

/** Where a string that begins at an offset ends; -1 if it is not closed on its line, and infinity if it is not closed in the text. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return i + 1;
    if (c === 0x0a || c === 0x0d) return -1;
    // What an escape stands for cannot be any end of a line.
    if (c === 0x5c && /[\r\n\u2028\u2029]/.test(text.charAt(++i))) return -1;
  }
  return Number.POSITIVE_INFINITY;
}

/** Where the lexer ends a string that is not closed: before a brace, or with its line. */
function unclosedEnd(text: string, start: number): number {
  UNCLOSED.lastIndex = start;
  return UNCLOSED.test(text) ? UNCLOSED.lastIndex : start + 1;
}

/** The second alternative of the terminal `STRING` of the grammar. */
const UNCLOSED = /"(\\.|[^"\\\r\n{])*/y;

/** Where a comment that begins at an offset ends; -1 if it is not closed. */
function commentEnd(text: string, start: number): number {
  if (text.charCodeAt(start + 1) === 0x2a) {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? -1 : end + 2;
  }
  let end = start;
  while (end < text.length && text.charCodeAt(end) !== 0x0a && text.charCodeAt(end) !== 0x0d) end++;
  return end;
}

/** The longest sign at an offset; 0 if there is none. */
function signType(text: string, i: number, c: number): number {
  const next = text.charCodeAt(i + 1);
  switch (c) {
    case 0x7b:
      return OPEN_BRACE;
    case 0x7d:
      return CLOSE_BRACE;
    case 0x5b:
      return OPEN_BRACKET;
    case 0x5d:
      return CLOSE_BRACKET;
    case 0x28:
      return OPEN_PARENTHESIS;
    case 0x29:
      return CLOSE_PARENTHESIS;
    case 0x2c:
      return COMMA;
    case 0x3a:
      return COLON;
    case 0x3d:
      return EQUALS;
    case 0x2e:
      return next === 0x2e ? DOTS : DOT;
    case 0x2d:
      return next === 0x3e ? ARROW : MINUS;
    case 0x3c:
      if (next === 0x2d && text.charCodeAt(i + 2) === 0x3e) return BOTH_WAYS;
      return next === 0x3d ? AT_MOST : LESS;
    case 0x3e:
      return next === 0x3d ? AT_LEAST : MORE;
    case 0x2b:
      return PLUS;
    case 0x2a:
      return TIMES;
    case 0x2f:
      return OVER;
    default:
      return 0;
  }
}

/** More than the lexer reads: see `cutWhereTooDeep` there. */
function nestsTooDeep(count: number, depth: number): boolean {
  let brackets = depth;
  let operators = 0;
  for (let i = 0; i < count; i++) {
    const type = types[i]!;
    if (type === OPEN_BRACE || type === OPEN_BRACKET || type === OPEN_PARENTHESIS) brackets++;
    else if (type === CLOSE_BRACE || type === CLOSE_BRACKET || type === CLOSE_PARENTHESIS) brackets--;
    if (isOperator(type)) operators++;
    else if (i === 0 || !isOperator(types[i - 1]!))
      operators = type === OPEN_PARENTHESIS || type === CLOSE_PARENTHESIS ? operators : 0;
    if (brackets > DEEPEST || operators > DEEPEST) return true;
  }
  return false;
}

function isOperator(type: number): boolean {
  return type >= PLUS && type <= OVER;
}

const DEEPEST = 100;

/** Copies what was scanned, with an `END` wherever the next line begins a statement while the one before it could go on. */
function withEnds(count: number, comments: readonly Comment[], offset: number): Tokens {
  const ended: number[] = [];
  let brackets = 0;
  for (let i = 0; i < count; i++) {
    const type = types[i]!;
    // A component may be called `extends`; see `freeExtends` of the lexer.
    if (type === EXTENDS && followsName(types[i + 1]!)) types[i] = ID;
    if (type === OPEN_BRACKET || type === OPEN_PARENTHESIS) brackets++;
    else if (type === CLOSE_BRACKET || type === CLOSE_PARENTHESIS) brackets--;
    else if (type === OPEN_BRACE || type === CLOSE_BRACE) brackets = 0;
    if (i + 1 < count && startsLine(i + 1) && canRunOn(i) && beginsStatement(i + 1, type, brackets > 0)) ended.push(i);
  }
  const size = count + ended.length;
  const tokens = {
    count: size,
    types: new Uint8Array(size + 3),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    comments,
  };
  let from = 0;
  for (let k = 0; k <= ended.length; k++) {
    const to = k < ended.length ? ended[k]! + 1 : count;
    tokens.types.set(types.subarray(from, to), from + k);
    tokens.starts.set(starts.subarray(from, to), from + k);
    tokens.ends.set(ends.subarray(from, to), from + k);
    if (k < ended.length) {
      tokens.types[to + k] = END;
      tokens.starts[to + k] = tokens.ends[to + k] = ends[to - 1]!;
    }
    from = to;
  }
  if (offset > 0) {
    for (let i = 0; i < size; i++) {
      tokens.starts[i]! += offset;
      tokens.ends[i]! += offset;
    }
  }
  return tokens;
}

function startsLine(i: number): boolean {
  return (marks[i]! & NEW_LINE) !== 0;
}

function followsName(type: number): boolean {
  return type === ARROW || type === BOTH_WAYS || type === COLON || type === DOT;
}

/** As `canRunOn` of the lexer. */
function canRunOn(i: number): boolean {
  const type = types[i]!;
  if (type === QUANTITY) return i > 0 && types[i - 1] === AT;
  return !(
    type === STRING ||
    type === OPEN_BRACE ||
    type === CLOSE_BRACE ||
    type === CLOSE_BRACKET ||
    type === CLOSE_PARENTHESIS
  );
}

/** As `beginsStatement` of the lexer, after a token of type `before`. */
function beginsStatement(i: number, before: number, inBrackets: boolean): boolean {
  const first = types[i]!;
  const second = types[i + 1]!;
  if (second === EOF || !isName(first)) return false;
  if (second === COLON || second === OPEN_BRACE) return !(before === ARROW || before === BOTH_WAYS || before === COMMA);
  if (!startsLine(i + 1) && (second === STRING || isName(second)))
    return !(first === EXTENDS || first === OF || first === FOR || first === FROM || first === TO);
  if (first === AT && second === QUANTITY && (marks[i + 1]! & PRICE) === 0) return !inBrackets;
  let next = i + 1;
  while (types[next] === DOT && isName(types[next + 1]!)) next += 2;
  return types[next] === ARROW || types[next] === BOTH_WAYS;
}
