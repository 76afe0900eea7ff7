/** The parser of the language: direct, but for what has mistakes, which Langium's reads. */
import {
  type AstNode,
  createCompletionParser,
  type LangiumCompletionParser,
  type LangiumCoreServices,
  type LangiumParser,
  type LeafCstNode,
  type ParseResult,
} from 'langium';
import { grammarElement } from './direct/grammar-elements.ts';
import { parseText } from './direct/islands.ts';
import { type Reparsed, reparse } from './direct/reparse.ts';
import type { Grammar } from './direct/syntax-tree.ts';
import type * as ast from './generated/ast.ts';
import { createLazyParser } from './lazy-parser.ts';

/** A parser that can also follow edits. */
export interface ArchParser extends LangiumParser {
  /** Reads what is new in a text; undefined where that is not possible. The tree of the text before is used up. */
  readonly parseAgain: (before: ast.Model, text: string) => Reparsed | undefined;
}

/**
 * A parser that makes the trees of Langium's own. That one, with its lexer and its analysis of the grammar, is made when the first
 * text with a mistake comes.
 */
export function createParser(services: LangiumCoreServices): ArchParser {
  const grammar = grammarOf(services);
  let langium: LangiumParser | undefined;
  const whole = (): LangiumParser => {
    langium ??= createLazyParser(services);
    return langium;
  };
  const { Linker } = services.references;
  const parser: Pick<ArchParser, 'parse' | 'parseAgain' | 'definitionErrors'> = {
    parse: <T extends AstNode>(input: string, options?: Parameters<LangiumParser['parse']>[1]) => {
      const result = options?.rule ? undefined : parseText(input, grammar, Linker, whole);
      return (result as ParseResult<AstNode> as ParseResult<T>) ?? whole().parse<T>(input, options);
    },
    parseAgain: (before, text) => reparse(before, text, Linker, whole),
    get definitionErrors() {
      return whole().definitionErrors;
    },
  };
  return parser as ArchParser;
}

/**
 * Langium's parser for its own completion, which a server makes when it starts; this one is made when it is asked, as the completion
 * of the language reads its tokens itself.
 */
export function createLazyCompletionParser(services: LangiumCoreServices): LangiumCompletionParser {
  let langium: LangiumCompletionParser | undefined;
  const parser: Pick<LangiumCompletionParser, 'parse'> = {
    parse: (input) => {
      langium ??= createCompletionParser(services);
      return langium.parse(input);
    },
  };
  return parser as LangiumCompletionParser;
}

/** The grammar is read, and its tokens are made, when a node is asked for its place in it. */
function grammarOf(services: LangiumCoreServices): Grammar {
  const elements = new Map<number, ReturnType<Grammar['element']>>();
  return {
    element: (element) => {
      if (element === 0) return undefined;
      if (!elements.has(element)) elements.set(element, grammarElement(services.Grammar, element));
      return elements.get(element);
    },
    tokenType: (name) => services.parser.Lexer.definition[name] as LeafCstNode['tokenType'],
  };
}
