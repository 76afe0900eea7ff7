/** What the lexer and the parser say, in the words of the language: what was expected, where, and what stands there instead. */
import { AbstractParserErrorMessageProvider, DefaultLexerErrorMessageProvider, type LexerResult } from 'langium';
import { STATEMENT } from './missing.ts';

type Token = LexerResult['tokens'][number];

export class ArchLexerMessages extends DefaultLexerErrorMessageProvider {
  override buildUnexpectedCharactersMessage(text: string, offset: number, length: number): string {
    const found = text.slice(offset, offset + length);
    return `Unexpected ${length > 1 ? 'characters' : 'character'} '${found}'${CHARACTER_HINTS[found[0]!] ?? ''}.`;
  }
}

const CHARACTER_HINTS: Readonly<Record<string, string>> = {
  "'": ': texts are written in double quotes',
  '`': ': texts are written in double quotes',
  ';': ': statements need no separator',
  '#': ": a comment begins with '//'",
  '–': ": write '-'",
  '→': ": write '->'",
  '↔': ": write '<->'",
};

export class ArchParserMessages extends AbstractParserErrorMessageProvider {
  override buildMismatchTokenMessage(problem: {
    expected: Token['tokenType'];
    actual: Token;
    previous: Token;
    ruleName: string;
  }): string {
    return expectation(wanted(problem.expected.name, problem.ruleName, problem.previous), problem.actual);
  }

  override buildNoViableAltMessage(problem: { actual: Token[]; previous: Token; ruleName: string }): string {
    return expectation(wanted('', problem.ruleName, problem.previous), problem.actual[0]);
  }

  override buildEarlyExitMessage(problem: { actual: Token[]; previous: Token; ruleName: string }): string {
    return expectation(wanted('', problem.ruleName, problem.previous), problem.actual[0]);
  }

  override buildNotAllInputParsedMessage({ firstRedundant }: { firstRedundant: Token }): string {
    return expectation(STATEMENT, firstRedundant);
  }
}

/** What the parser wanted, from the token that it missed, the rule that it was in, and the token before. */
function wanted(token: string, rule: string, previous: Token | undefined): string {
  const after = previous?.image ? ` after '${previous.image}'` : '';
  if (PUNCTUATION.test(token)) return `'${token}'${after}`;
  if (token === 'STRING') return `a text in double quotes${after}`;
  if (token === 'ID') return `a name${after}`;
  // Langium marks the names of its rules with an invisible character.
  return `${RULES[rule.replace(/\u200b/g, '')] ?? 'something else'}${after}`;
}

const PUNCTUATION = /^(?:[^A-Za-z]+|of|for|at|to|from)$/;

/** By name of the grammar rule: what is missing when none of its alternatives fits. */
const RULES: Readonly<Record<string, string>> = {
  Value: 'a value',
  List: "a value or ']'",
  Property: 'a value',
  Expression: 'a number or a param',
  Term: 'a number or a param',
  Primary: 'a number or a param',
  Literal: 'a number',
  Amount: 'a number',
  Flow: "a flow such as 'reads 3'",
  Operator: "one of '<', '<=', '>' and '>='",
  Requirement: "one of '<', '<=', '>' and '>='",
  Name: 'a name',
  Keyword: 'a name',
  WordName: 'a name',
  EventTargetName: 'a name',
  Segment: 'a name',
  QualifiedName: 'a name',
  Connection: "'->' or '<->'",
  ConnectionRest: "'->' or '<->'",
  ConnectionOrOverride: "'->', '<->' or '{'",
  Event: "an action such as 'fail app'",
  Model: STATEMENT,
  Body: STATEMENT,
  RequestBody: STATEMENT,
};

function expectation(what: string, found: Token | undefined): string {
  if (found?.image) return `Expected ${what}, but found '${found.image}'.`;
  // The lexer's empty token stands where a line ends.
  return found?.tokenType.name === 'END' ? `Expected ${what}.` : `Expected ${what}, but the file ends here.`;
}
