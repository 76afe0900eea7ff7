/**
 * Langium's parser, ready sooner. The parser library analyses the whole grammar before the first token: which tokens may begin each
 * alternative, and which may follow each rule. That is a third of a small check, and most files use few of the alternatives and
 * make no mistake that the followers are needed to recover from; so both are computed when they are first asked for.
 */
import { type LangiumCoreServices, type LangiumParser, prepareLangiumParser } from 'langium';

type Lookahead = (this: unknown, alternatives?: unknown) => number | boolean | undefined;

/** What this file knows of the library's parser inside Langium's (chevrotain 13: `parser.js`, `looksahead.js`, `recoverable.js`). */
interface Engine {
  recoveryEnabled: boolean;
  resyncFollows: unknown;
  readonly lookaheadStrategy: {
    buildLookaheadForAlternation(options: unknown): Lookahead;
    buildLookaheadForOptional(options: unknown): Lookahead;
  };
}

/** The parser of a language; does and says the same as Langium's own. */
export function createLazyParser(services: LangiumCoreServices): LangiumParser {
  const parser = prepareLangiumParser(services);
  const engine = engineOf(parser);
  deferLookahead(engine);
  // The followers are analysed only where recovery is on while the parser is finished.
  engine.recoveryEnabled = false;
  parser.finalize();
  engine.recoveryEnabled = true;
  let follows: unknown;
  Object.defineProperty(engine, 'resyncFollows', {
    get: () => {
      follows ??= followsOf(services);
      return follows;
    },
  });
  return parser;
}

/** Those of a second parser, as the analysis cannot be repeated for a parser that is at work. */
function followsOf(services: LangiumCoreServices): unknown {
  const parser = prepareLangiumParser(services);
  const engine = engineOf(parser);
  deferLookahead(engine);
  parser.finalize();
  return engine.resyncFollows;
}

function deferLookahead({ lookaheadStrategy: strategy }: Engine): void {
  const alternation = strategy.buildLookaheadForAlternation.bind(strategy);
  const optional = strategy.buildLookaheadForOptional.bind(strategy);
  strategy.buildLookaheadForAlternation = (options) => deferred(() => alternation(options));
  strategy.buildLookaheadForOptional = (options) => deferred(() => optional(options));
}

function deferred(build: () => Lookahead): Lookahead {
  let look: Lookahead | undefined;
  return function (alternatives) {
    look ??= build();
    return look.call(this, alternatives);
  };
}

function engineOf(parser: LangiumParser): Engine {
  return (parser as unknown as { readonly wrapper: Engine }).wrapper;
}
