/** The parser of the language: direct for a text without mistakes, Langium's for any other. */
import {
  type AstNode,
  createCompletionParser,
  type LangiumCompletionParser,
  type LangiumCoreServices,
  type LangiumParser,
  type LeafCstNode,
} from 'langium';
import { grammarElement } from './direct/elements.ts';
import { parseDirectly } from './direct/statements.ts';
import type { Grammar } from './direct/syntax-tree.ts';
import { createLazyParser } from './lazy-parser.ts';

/**
 * A parser that makes the trees of Langium's own. That one, with its lexer and its analysis of the grammar, is made when the first
 * text with a mistake comes.
 */
export function createParser(services: LangiumCoreServices): LangiumParser {
  const grammar = grammarOf(services);
  let langium: LangiumParser | undefined;
  const whole = (): LangiumParser => {
    langium ??= createLazyParser(services);
    return langium;
  };
  const parser: Pick<LangiumParser, 'parse' | 'definitionErrors'> = {
    parse: <T extends AstNode>(input: string, options?: Parameters<LangiumParser['parse']>[1]) => {
      const value = options?.rule ? undefined : parseDirectly(input, grammar, services.references.Linker);
      if (value)
        return { value: value as AstNode as T, lexerErrors: [], parserErrors: [], lexerReport: { diagnostics: [] } };
      return whole().parse<T>(input, options);
    },
    get definitionErrors() {
      return whole().definitionErrors;
    },
  };
  return parser as LangiumParser;
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
