/** What has a name that others may use, or that may be changed: not properties and blocks, whose names belong to the language. */
import { type AstNode, type CstNode, DefaultNameProvider } from 'langium';
import * as ast from '../generated/ast.ts';

export class LoadpathNameProvider extends DefaultNameProvider {
  override getName(node: AstNode): string | undefined {
    return isGivenName(node) ? super.getName(node) : undefined;
  }

  override getNameNode(node: AstNode): CstNode | undefined {
    return isGivenName(node) ? super.getNameNode(node) : undefined;
  }
}

function isGivenName(node: AstNode): boolean {
  return ast.isNamed(node) || ast.isView(node);
}
