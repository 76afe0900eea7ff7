/**
 * What may be written at the cursor. A small reading of the tokens before it, statement by statement, after the grammar; it takes any
 * text, because a text that is being written is nearly always broken.
 */
import type { Token } from './tokens.ts';

/** What the cursor is in the body of, the outermost first. */
export type Frame =
  | { readonly type: 'declaration'; readonly kind: string; readonly name: string }
  | { readonly type: 'block'; readonly name: string }
  | { readonly type: 'override'; readonly target: readonly string[] }
  | { readonly type: 'request' | 'scenario' | 'view'; readonly name: string }
  | { readonly type: 'connection' };

export type Place =
  /** A statement begins. */
  | { readonly type: 'statement' }
  /** Behind `name:`; `nested` in the brackets of a list. */
  | {
      readonly type: 'value';
      readonly property: string;
      readonly nested: boolean;
      /** What is written before the last dot of a name. */
      readonly segments: readonly string[];
    }
  | { readonly type: 'paramValue' }
  /** Behind `extends`. */
  | {
      readonly type: 'base';
      readonly kind: string;
      /** Of the declaration that extends. */
      readonly name: string;
      readonly segments: readonly string[];
    }
  /** An end of a connection; `source` is empty at the left end. */
  | { readonly type: 'end'; readonly source: readonly string[]; readonly segments: readonly string[] }
  | { readonly type: 'flow'; readonly source: readonly string[] }
  | { readonly type: 'metric' }
  | { readonly type: 'subject'; readonly metric: string; readonly segments: readonly string[] }
  | { readonly type: 'afterMetric' }
  | { readonly type: 'limit'; readonly metric: string }
  | { readonly type: 'action' }
  | {
      readonly type: 'eventTarget';
      readonly action: string;
      readonly segments: readonly string[];
      /** Behind `primary of` and the like. */
      readonly ofPart: boolean;
    }
  | { readonly type: 'importPath' }
  /** Something new is named, or only a number or text can stand here. */
  | { readonly type: 'free' };

export interface Context {
  readonly frames: readonly Frame[];
  readonly place: Place;
  /** Names of the properties and blocks that the innermost body has before the cursor. */
  readonly present: ReadonlySet<string>;
}

/** Where a value stands: in the brackets of a list, behind the segments of a name. */
type ValuePlace = (nested: boolean, segments: readonly string[]) => Place;

/** Thrown inside this file only, when the tokens end: what would come next is the answer. */
class Cursor extends Error {
  readonly place: Place;

  constructor(place: Place) {
    super();
    this.place = place;
  }
}

/** What may follow the tokens. */
export function contextAfter(tokens: readonly Token[]): Context {
  const reader = new Reader(tokens);
  try {
    reader.statements();
  } catch (end) {
    if (!(end instanceof Cursor)) throw end;
    return { frames: reader.frames, place: end.place, present: reader.present.at(-1) ?? new Set() };
  }
  return { frames: reader.frames, place: { type: 'statement' }, present: reader.present.at(-1) ?? new Set() };
}

const STATEMENT: Place = { type: 'statement' };
const FREE: Place = { type: 'free' };
const OPERATORS = ['+', '-', '*', '/', '..'];

class Reader {
  readonly frames: Frame[] = [];
  readonly present: Set<string>[] = [new Set()];
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  statements(): void {
    for (;;) {
      const token = this.next(STATEMENT);
      if (token.text === '}') this.close();
      else if (token.text === '{') this.open({ type: 'block', name: '' });
      else if (token.type === 'word') this.statement(token.text);
    }
  }

  private statement(first: string): void {
    const titled = (type: 'request' | 'scenario' | 'view') => () => this.titled((name) => ({ type, name }));
    const bySign = new Map([
      [':', () => this.property(first)],
      ['->', () => this.connection(first)],
      ['<->', () => this.connection(first)],
      ['.', () => this.connection(first)],
      ['{', () => this.body(this.blockOrOverride(first))],
    ]);
    const byWord = new Map([
      ['architecture', () => void this.next(FREE)],
      ['import', () => void this.next({ type: 'importPath' })],
      ['param', () => this.param()],
      ['template', () => this.declaration(this.next(STATEMENT).text)],
      ['request', titled('request')],
      ['scenario', titled('scenario')],
      ['view', titled('view')],
      ['require', () => this.requirement()],
      ['at', () => this.event()],
    ]);
    const read = bySign.get(this.peek()?.text ?? '') ?? byWord.get(first);
    if (read) read();
    else this.declaration(first);
  }

  private blockOrOverride(name: string): Frame {
    return this.frames.at(-1)?.type === 'request' ? { type: 'override', target: [name] } : { type: 'block', name };
  }

  private declaration(kind: string): void {
    this.titled((name) => ({ type: 'declaration', kind, name }), kind);
  }

  /** `name "Title"? (extends base)? { … }?` */
  private titled(frame: (name: string) => Frame, kind?: string): void {
    // After a word alone a name comes; a sign says that the word was something else.
    const name = this.next(FREE);
    if (name.type !== 'word') {
      this.index--;
      return;
    }
    if (this.peek()?.type === 'string') this.index++;
    if (kind !== undefined && this.take('extends')) {
      this.qualified((segments) => ({ type: 'base', kind, name: name.text, segments }));
    }
    if (this.peek()?.text === '{') this.body(frame(name.text));
  }

  private param(): void {
    this.next(FREE);
    if (this.take('=')) this.value((nested) => ({ type: nested ? 'free' : 'paramValue' }));
  }

  private property(name: string): void {
    this.index++;
    this.present.at(-1)?.add(name);
    this.value((nested, segments) => ({ type: 'value', property: name, nested, segments }));
  }

  private value(place: ValuePlace): void {
    const first = this.next(place(false, []));
    if (first.text === '[') {
      for (;;) {
        const token = this.next(place(true, []));
        if (token.text === ']') return;
        if (token.text === '}') {
          this.index--;
          return;
        }
        if (token.type === 'word') this.members(token, (segments) => place(true, segments));
      }
    }
    if (first.text === '}' || first.text === ',') {
      this.index--;
      return;
    }
    this.operand(first, place);
    while (OPERATORS.includes(this.peek()?.text ?? '')) {
      this.index++;
      this.operand(this.next(place(false, [])), place);
    }
  }

  private operand(first: Token, place: ValuePlace): void {
    if (first.text === '-') this.operand(this.next(place(false, [])), place);
    else if (first.text === '(') {
      for (let token = this.next(place(false, [])); token.text !== ')'; token = this.next(place(false, [])));
      return;
    }
    this.members(first, (segments) => place(false, segments));
  }

  /** `.name` as often as it stands there. */
  private members(first: Token, place: (segments: readonly string[]) => Place): void {
    const segments = [first.text];
    while (this.take('.')) segments.push(this.next(place([...segments])).text);
  }

  private connection(first: string): void {
    const source = [first];
    while (this.take('.')) source.push(this.next({ type: 'end', source: [], segments: [...source] }).text);
    if (this.peek()?.text === '{') this.body({ type: 'override', target: source });
    if (!this.take('->') && !this.take('<->')) return;
    do this.qualified((segments) => ({ type: 'end', source, segments }));
    while (this.take(','));
    if (this.take(':')) {
      do this.flow(source);
      while (this.takeFlowComma());
    }
    if (this.peek()?.text === '{') this.body({ type: 'connection' });
  }

  private flow(source: readonly string[]): void {
    const first = this.next({ type: 'flow', source });
    if (first.type === 'word' && this.peek()?.type === 'number') this.index++;
    if (first.text === '}' || first.text === '{') this.index--;
  }

  /** In a block on one line a comma may also end the connection; then `name:` or the like follows. */
  private takeFlowComma(): boolean {
    if (this.peek()?.text !== ',') return false;
    const [, second, third] = this.tokens.slice(this.index);
    if (second?.type === 'word' && (third?.text === ':' || third?.text === '->' || third?.text === '{')) return false;
    this.index++;
    return true;
  }

  private requirement(): void {
    const metric = this.next({ type: 'metric' }).text;
    if (this.peek() === undefined) throw new Cursor({ type: 'afterMetric' });
    if (this.take('of')) this.qualified((segments) => ({ type: 'subject', metric, segments }));
    if (this.peek()?.type !== 'sign') return;
    this.next(FREE);
    this.value(() => ({ type: 'limit', metric }));
    if (metric === 'capacity' && this.peek()?.text === 'users' && !this.isDeclaration()) this.index++;
  }

  /** `users visitors {` begins a statement; behind a number `users` alone is its unit. */
  private isDeclaration(): boolean {
    const [name, body] = [this.peek(1), this.peek(2)];
    return name?.type === 'word' && (body?.text === '{' || body?.type === 'string');
  }

  private event(): void {
    this.next(FREE);
    const action = this.next({ type: 'action' }).text;
    const ofPart = this.peek(1)?.text === 'of';
    const place = (segments: readonly string[]): Place => ({ type: 'eventTarget', action, segments, ofPart });
    if (action === 'surge') {
      this.next(FREE);
    } else {
      if (ofPart) this.index += 2;
      this.qualified(place);
      if (this.take('from')) this.qualified(place);
      else if (this.take('to') || this.peek()?.type === 'number') this.next(FREE);
    }
    if (this.take('for')) this.next(FREE);
  }

  private qualified(place: (segments: readonly string[]) => Place): void {
    const segments: string[] = [];
    do {
      const token = this.next(place([...segments]));
      if (token.type !== 'word') {
        this.index--;
        return;
      }
      segments.push(token.text);
    } while (this.take('.'));
  }

  private body(frame: Frame): void {
    if (frame.type === 'block') this.present.at(-1)?.add(frame.name);
    this.index++;
    this.open(frame);
  }

  private open(frame: Frame): void {
    this.frames.push(frame);
    this.present.push(new Set());
  }

  private close(): void {
    if (this.frames.pop()) this.present.pop();
  }

  private peek(ahead = 0): Token | undefined {
    return this.tokens[this.index + ahead];
  }

  private take(text: string): boolean {
    if (this.peek()?.text !== text) return false;
    this.index++;
    return true;
  }

  private next(place: Place): Token {
    const token = this.tokens[this.index];
    if (!token) throw new Cursor(place);
    this.index++;
    return token;
  }
}
