/** Puts the tables of a piece of a text, read by itself, in the place of a piece of the tables of the whole text. */
import { shiftIsland } from './islands.ts';
import { ROOT } from './syntax-nodes.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import type { Comment } from './tokens.ts';

/** What is replaced: the tokens and the composite nodes of statements that follow each other in one body. */
export interface Replaced {
  /** The composite node that the statements are parts of. */
  readonly host: number;
  /** The tokens, the end exclusive. */
  readonly tokens: readonly [from: number, to: number];
  /** The composite nodes, the end exclusive. */
  readonly nodes: readonly [from: number, to: number];
  /** Offsets in the text before. */
  readonly text: readonly [from: number, to: number];
}

/**
 * Everything behind the piece is shifted, in place; objects of composite nodes stay the same.
 * @param patch its root stands for the host; it is used up
 * @param text the whole text as it is now
 */
export function splice(tree: SyntaxTree, replaced: Replaced, patch: SyntaxTree, text: string): void {
  const shift = text.length - tree.text.length;
  const [, nodesEnd] = replaced.nodes;
  const moreTokens = patch.tokens.count - (replaced.tokens[1] - replaced.tokens[0]);
  const moreNodes = patch.count - 1 - (nodesEnd - replaced.nodes[0]);
  shiftPatch(patch, replaced);
  shiftRest(tree, replaced, { shift, moreTokens, moreNodes });
  spliceTokens(tree, replaced.tokens, patch);
  spliceComposites(tree, replaced.nodes, patch);
  spliceNodes(tree, replaced.nodes, patch, moreNodes);
  tree.tokens.comments = spliceComments(tree.tokens.comments, replaced.text, patch.tokens.comments, shift);
  tree.tokens.count += moreTokens;
  tree.count += moreNodes;
  tree.lasts[ROOT] = Math.max(0, tree.tokens.count - 1);
  tree.text = text;
  tree.edition++;
  tree.islands = spliceIslands(tree, replaced.tokens, moreTokens, shift);
}

/** Those that were replaced are gone. */
function spliceIslands(tree: SyntaxTree, [from, to]: readonly [number, number], tokens: number, characters: number) {
  const before = tree.islands.filter((island) => island.to <= from);
  const after = tree.islands.filter((island) => island.from >= to);
  for (const island of after) shiftIsland(island, tree, tokens, characters);
  return [...before, ...after];
}

/** From the numbers of the patch to those of the tree. Its own root has no place there. */
function shiftPatch(patch: SyntaxTree, { host, tokens: [token], nodes: [node] }: Replaced): void {
  const numberOf = (id: number): number => (id === ROOT ? host : id + node - 1);
  for (let id = 1; id < patch.count; id++) {
    patch.parents[id] = numberOf(patch.parents[id]!);
    patch.firsts[id]! += token;
    patch.lasts[id]! += token;
    patch.nexts[id]! += node - 1;
  }
  for (let i = 0; i < patch.tokens.count; i++) patch.owners[i] = numberOf(patch.owners[i]!);
}

interface More {
  /** Characters. */
  readonly shift: number;
  readonly moreTokens: number;
  readonly moreNodes: number;
}

/** What stands behind the piece, and the ends of what is around it. */
function shiftRest(tree: SyntaxTree, replaced: Replaced, { shift, moreTokens, moreNodes }: More): void {
  const { parents, firsts, lasts, nexts, owners, tokens } = tree;
  const [, tokensEnd] = replaced.tokens;
  const [, nodesEnd] = replaced.nodes;
  for (let id = replaced.host; ; id = parents[id]!) {
    lasts[id]! += moreTokens;
    nexts[id]! += moreNodes;
    if (id === ROOT) break;
  }
  if (moreTokens !== 0 || moreNodes !== 0) {
    for (let id = nodesEnd; id < tree.count; id++) {
      if (parents[id]! >= nodesEnd) parents[id]! += moreNodes;
      firsts[id]! += moreTokens;
      lasts[id]! += moreTokens;
      nexts[id]! += moreNodes;
    }
  }
  if (moreNodes !== 0)
    for (let i = tokensEnd; i < tokens.count; i++) if (owners[i]! >= nodesEnd) owners[i]! += moreNodes;
  if (shift !== 0) {
    for (let i = tokensEnd; i < tokens.count; i++) {
      tokens.starts[i]! += shift;
      tokens.ends[i]! += shift;
    }
  }
}

type Table = Int32Array | Uint16Array | Uint8Array;

/** Replaces numbers of a table that has `size` of them; makes a larger one with room where there is none. */
function spliceTable<T extends Table>(table: T, size: number, [from, to]: readonly [number, number], by: T): T {
  const grown = size - (to - from) + by.length;
  if (grown <= table.length) {
    if (by.length !== to - from) table.copyWithin(from + by.length, to, size);
    table.set(by, from);
    return table;
  }
  const larger = new (table.constructor as new (length: number) => T)(grown + (grown >> 3));
  larger.set(table.subarray(0, from));
  larger.set(by, from);
  larger.set(table.subarray(to, size), from + by.length);
  return larger;
}

function spliceTokens(tree: SyntaxTree, range: readonly [number, number], patch: SyntaxTree): void {
  const { tokens } = tree;
  const { count } = tokens;
  const size = patch.tokens.count;
  tokens.types = spliceTable(tokens.types, count, range, patch.tokens.types.subarray(0, size));
  tokens.starts = spliceTable(tokens.starts, count, range, patch.tokens.starts.subarray(0, size));
  tokens.ends = spliceTable(tokens.ends, count, range, patch.tokens.ends.subarray(0, size));
  tree.owners = spliceTable(tree.owners, count, range, patch.owners.subarray(0, size));
  tree.tokenElements = spliceTable(tree.tokenElements, count, range, patch.tokenElements.subarray(0, size));
}

function spliceComposites(tree: SyntaxTree, range: readonly [number, number], patch: SyntaxTree): void {
  const { count } = tree;
  tree.parents = spliceTable(tree.parents, count, range, patch.parents.subarray(1, patch.count));
  tree.elements = spliceTable(tree.elements, count, range, patch.elements.subarray(1, patch.count));
  tree.firsts = spliceTable(tree.firsts, count, range, patch.firsts.subarray(1, patch.count));
  tree.lasts = spliceTable(tree.lasts, count, range, patch.lasts.subarray(1, patch.count));
  tree.nexts = spliceTable(tree.nexts, count, range, patch.nexts.subarray(1, patch.count));
}

/** The objects; those of the patch become nodes of the tree. */
function spliceNodes(tree: SyntaxTree, [from, to]: readonly [number, number], patch: SyntaxTree, more: number): void {
  for (let id = 1; id < patch.count; id++) patch.nodes[id]?.moveTo(tree, id + from - 1);
  const { nodes } = tree;
  nodes.length = tree.count;
  if (more === 0) {
    for (let id = 1; id < patch.count; id++) nodes[id + from - 1] = patch.nodes[id];
    return;
  }
  patch.nodes.length = patch.count;
  const rest = nodes.slice(to);
  for (const node of rest) if (node) node.id += more;
  tree.nodes = nodes.slice(0, from).concat(patch.nodes.slice(1), rest);
}

function spliceComments(
  comments: readonly Comment[],
  [from, to]: readonly [number, number],
  by: readonly Comment[],
  shift: number,
): readonly Comment[] {
  const before = comments.filter(({ start }) => start < from);
  const after = comments.filter(({ start }) => start >= to);
  for (const comment of after) {
    comment.start += shift;
    comment.end += shift;
  }
  return [...before, ...by, ...after];
}
