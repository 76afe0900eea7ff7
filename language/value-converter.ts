/** Turns the text of a token into what the tree holds. */
import { type CstNode, DefaultValueConverter, type GrammarAST, type ValueType } from 'langium';

export class ArchValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    if (rule.name === 'STRING') return unquote(input);
    if (rule.name === 'ID') return input;
    return super.runConverter(rule, input, cstNode);
  }
}

/** The contents of a string literal, which may lack its closing quote. */
export function unquote(literal: string): string {
  const inner = literal.slice(1, isClosed(literal) ? -1 : undefined);
  return inner.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped));
}

/** True if a string literal ends with its closing quote. */
export function isClosed(literal: string): boolean {
  return /^"(?:\\.|[^"\\])*"$/.test(literal);
}
