/** Turns the text of a token into what the tree holds. */
import { type CstNode, DefaultValueConverter, type GrammarAST, type ValueType } from 'langium';
import { unquote } from './string-literal.ts';

export class ArchValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cstNode: CstNode): ValueType {
    if (rule.name === 'STRING') return unquote(input);
    if (rule.name === 'ID') return input;
    return super.runConverter(rule, input, cstNode);
  }
}
