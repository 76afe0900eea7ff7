/** From the number of a place to the element of the grammar itself: Langium's services ask for that, though seldom. */
import { AstUtils, GrammarAST } from 'langium';
import { placeAt } from './elements.ts';

/** The element of the grammar; undefined for zero, where there is none. */
export function grammarElement(grammar: GrammarAST.Grammar, element: number): GrammarAST.AbstractElement | undefined {
  const { rule, what, nth } = placeAt(element);
  const owner = grammar.rules.find(({ name }) => name === rule);
  if (!owner) return undefined;
  const same = AstUtils.streamAllContents(owner).filter((node) => describes(node, what));
  return same.toArray()[nth] as GrammarAST.AbstractElement | undefined;
}

function describes(node: unknown, what: string): boolean {
  if (GrammarAST.isKeyword(node)) return what === `'${node.value}'`;
  if (GrammarAST.isRuleCall(node)) return what === node.rule.$refText;
  if (GrammarAST.isCrossReference(node)) return what === `[${node.type.$refText}]`;
  return GrammarAST.isAction(node) && what === `{${node.type?.$refText}.${node.feature}}`;
}
