/**
 * Reads again only what an edit has changed, where the text before was read directly.
 *
 * An edit is the piece between what the two texts have in common at the beginning and at the end. The smallest body, or the file, that has
 * the whole piece inside its braces is looked for; the statements in it that the piece touches are read again by themselves, and
 * their part of the syntax tree takes the place of the old one (`splice.ts`). That this reads what a reading of the whole text would is
 * ensured so:
 *
 * - On the left stands an end that nothing can change: the opening brace, a closing brace, or, where the statement before could run on, a
 *   further statement that is read again with the others.
 * - On the right the next statement has to begin, or the body has to end, where it did before: the head of that statement is scanned
 *   with the piece, and the parser has to arrive exactly there.
 * - Statements with mistakes (`islands.ts`) are read again with whatever stands beside them.
 * - If anything is not as it should be, the whole text is read.
 *
 * What the rest of the compiler relies on: a node of the abstract syntax tree that is still there is the same object, and if it is the
 * same object, it says the same, apart from where it stands. The nodes around the piece are new objects, as what they say has changed.
 * As long as an edit declares and imports what was declared and imported before, references lead to the same declarations; these are the
 * same objects too, unless they were read again or have something inside that was: then references lead to those that took their
 * place. An edit that adds, removes or renames something that references could lead to has all references of its file linked anew.
 */
import type { AstNode, LangiumParser, ParseResult } from 'langium';
import type * as ast from '../generated/ast.ts';
import { differenceOf } from '../text-change.ts';
import type { Linker } from './cursor.ts';
import * as places from './elements.ts';
import { fillGaps, isBalanced, resultOf } from './islands.ts';
import { type Host, Renewed } from './renewed.ts';
import { type Replaced, splice } from './splice.ts';
import { DirectComposite, ROOT } from './syntax-nodes.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { parseStatements, type Statements, type WithGaps } from './texts.ts';
import { CLOSE_BRACE, END, ISLAND, OPEN_BRACE, scan } from './tokens.ts';

/** What an edit has made of a tree. */
export interface Reparsed {
  readonly result: ParseResult<ast.Model>;
  /** Statements that are gone, and those that were read. */
  readonly removed: readonly ast.Statement[];
  readonly added: readonly ast.Statement[];
  /** What has taken the place of declarations and all else that references may lead to; not where the edit has changed what names mean. */
  readonly successors?: ReadonlyMap<AstNode, ast.Named>;
}

/** Undefined where the whole text has to be read; the tree before is used up even then. */
export function reparse(
  model: ast.Model,
  text: string,
  linker: Linker,
  langium: () => LangiumParser,
): Reparsed | undefined {
  const cst = model.$cstNode;
  if (!(cst instanceof DirectComposite)) return undefined;
  const tree = cst.syntaxTree;
  const region = regionOf(tree, model, differenceOf(tree.text, text), text);
  const patch = isBesideIsland(tree, region) ? undefined : read(tree, region, text, linker);
  if (!patch) return undefined;
  const { host, first, last, replaced } = region;
  const removed = host.statements.slice(first, last);
  splice(tree, replaced, patch.read.tree, text);
  const renewed = new Renewed();
  const made = renewed.around(host, first, last, patch.read.statements);
  const [shift] = replaced.tokens;
  const gaps = patch.gaps.map(({ statement, from, to }) => ({ statement, from: from + shift, to: to + shift }));
  const islands = fillGaps(tree, gaps, langium);
  if (!islands) return undefined;
  tree.islands = [...tree.islands, ...islands].sort((a, b) => a.from - b.from);
  const added = made.host.statements.slice(first, made.host.statements.length - host.statements.length + last);
  const successors = renewed.pair(removed, added) ? renewed.successors : undefined;
  return { result: resultOf(made.model, tree), removed, added, ...(successors ? { successors } : {}) };
}

/** The statements of a host that are read again, by index, the end exclusive. */
interface Region {
  readonly host: Host;
  readonly first: number;
  readonly last: number;
  /** How many braces are around them. */
  readonly depth: number;
  readonly replaced: Replaced;
}

function regionOf(
  tree: SyntaxTree,
  model: ast.Model,
  { head: start, tail: end }: ReturnType<typeof differenceOf>,
  text: string,
): Region {
  // A closing brace, and a word with a blank before it, are what they are whatever is written beside them.
  const isClosedAt = (cst: DirectComposite): boolean => cst instanceof DirectComposite && tree.isClosed(cst.id);
  const isApart = /^\s?$/.test(text.charAt(end + text.length - tree.text.length - 1));
  let host: Host = model;
  let depth = 0;
  for (;;) {
    const { statements }: Host = host;
    const first = firstFrom(statements, (cst) => cst.end > start || (cst.end === start && !isClosedAt(cst)));
    const last = firstFrom(statements, ({ offset }) => offset > end || (offset === end && isApart));
    const only: ast.Statement | undefined = last - first === 1 ? statements[first] : undefined;
    if (only && isDirect(only) && isInside(tree, idOf(only), start, end)) {
      host = only as Host;
      depth++;
      continue;
    }
    const wider = widened(tree, statements, Math.min(first, last), last);
    return { host, ...wider, depth, replaced: replacedOf(tree, host, wider.first, wider.last) };
  }
}

/** With the statements beside them that what is read depends on, or that depend on it. */
function widened(tree: SyntaxTree, statements: readonly ast.Statement[], from: number, to: number) {
  let first = from;
  let last = to;
  while (last < statements.length && !isDirect(statements[last]!)) last++;
  // A statement with mistakes is read with the one before it.
  for (let isGuarded = false; first > 0; first--) {
    const before = statements[first - 1]!;
    const hasIsland = !isDirect(before) || endsWithIsland(tree, idOf(before));
    const isFirm = !hasIsland && tree.isClosed(idOf(before)) && (first === last || isDirect(statements[first]!));
    if (!hasIsland && (isFirm || isGuarded)) break;
    isGuarded = !hasIsland;
  }
  return { first, last };
}

function isDirect({ $cstNode }: AstNode): boolean {
  return $cstNode instanceof DirectComposite;
}

/** True if a mistake is the last thing in a body, so that what Langium's parser makes of it may depend on what follows that. */
function endsWithIsland({ tokens: { types }, lasts }: SyntaxTree, id: number): boolean {
  let token = lasts[id]!;
  while (types[token] === CLOSE_BRACE) token--;
  return types[token] === END || types[token] === ISLAND;
}

/** The index of the first statement that fits; those behind it fit too. */
function firstFrom(statements: readonly ast.Statement[], fits: (cst: DirectComposite) => boolean): number {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(cstOf(statements[middle]!))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function cstOf(node: AstNode): DirectComposite {
  return node.$cstNode as DirectComposite;
}

function idOf(node: AstNode): number {
  return cstOf(node).id;
}

/** True if a piece of the text is between the braces of a statement. */
function isInside(tree: SyntaxTree, id: number, start: number, end: number): boolean {
  const { starts, ends } = tree.tokens;
  return tree.isClosed(id) && ends[tree.openBrace(id)]! <= start && end <= starts[tree.lasts[id]!]!;
}

function replacedOf(tree: SyntaxTree, host: Host, first: number, last: number): Replaced {
  const { tokens, firsts, lasts, nexts } = tree;
  const id = idOf(host);
  const before = host.statements[first - 1];
  const after = host.statements[last];
  const from = before ? lasts[idOf(before)]! + 1 : id === ROOT ? 0 : tree.openBrace(id) + 1;
  const to = after ? firsts[idOf(after)]! : id === ROOT ? tokens.count : lasts[id]!;
  // What Langium's parser has read is not in the tables.
  const read = host.statements.slice(first, last).filter(isDirect);
  const firstRead = read[0] ?? after;
  const lastRead = read.at(-1);
  const nodesFrom = firstRead ? firstNode(tree, id, firsts[idOf(firstRead)]!) : nexts[id]!;
  return {
    host: id,
    tokens: [from, to],
    nodes: [nodesFrom, lastRead ? nexts[idOf(lastRead)]! : nodesFrom],
    text: [from > 0 ? tokens.ends[from - 1]! : 0, to < tokens.count ? tokens.starts[to]! : tree.text.length],
  };
}

/** The first of the composite nodes of a statement: one that stands in another was begun before that one, if that one came around it. */
function firstNode({ owners, parents }: SyntaxTree, host: number, token: number): number {
  let least = owners[token]!;
  for (let id = least; id !== host; id = parents[id]!) least = Math.min(least, id);
  return least;
}

/** True if a text that is not closed may be before a region on its line: what is written there may close it. */
function isBesideIsland({ islands, tokens, text }: SyntaxTree, { replaced }: Region): boolean {
  const before = islands.findLast(({ to }) => to <= replaced.tokens[0]);
  return before !== undefined && !/[\r\n]/.test(text.slice(tokens.starts[before.from]!, replaced.text[0]));
}

/** Reads the piece, and behind it as much as decides whether it ends there. */
function read(tree: SyntaxTree, region: Region, text: string, linker: Linker): WithGaps<Statements> | undefined {
  const { host, first, depth, replaced } = region;
  const shift = text.length - tree.text.length;
  const end = replaced.text[1] + shift;
  const tokens = scan(text.slice(replaced.text[0], endOfNext(tree, region) + shift), replaced.text[0], depth);
  if (!tokens) return undefined;
  let count = tokens.count;
  while (count > 0 && tokens.starts[count - 1]! >= end) count--;
  // Ends of statements stand directly behind the token before, even where nothing is between that and the next.
  const arrives = region.replaced.tokens[1] === tree.tokens.count || tokens.starts[count] === end;
  if (!arrives || (count > 0 && tokens.ends[count - 1]! > end)) return undefined;
  tokens.comments = tokens.comments.filter(({ start }) => start < end);
  if (!isBalanced(tokens, count)) return undefined;
  const patch = parseStatements({ text, tokens, grammar: tree.grammar, linker }, count, placesOf(host), first > 0);
  tokens.count = count;
  return patch;
}

function placesOf({ $type }: Host): places.Host {
  return $type === 'Model' ? places.model : $type === 'RequestClass' ? places.requestBody : places.body;
}

/** Offset behind the beginning of what follows a region, up to a brace: no more of it is looked at where a statement before it ends. */
function endOfNext({ tokens, lasts, text }: SyntaxTree, { host, last, replaced }: Region): number {
  let token = replaced.tokens[1];
  if (token >= tokens.count) return text.length;
  const next = host.statements[last];
  const end = next ? lasts[idOf(next)]! : token;
  while (token < end && tokens.types[token] !== OPEN_BRACE) token++;
  return tokens.ends[token]!;
}
