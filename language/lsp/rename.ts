/** Rename, with the checks that keep the text valid: a proper name, and not one that stands beside it already. */
import { CstUtils, type LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import { LSPErrorCodes, type RenameParams, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import * as ast from '../generated/ast.ts';

export class LoadpathRenameProvider extends DefaultRenameProvider {
  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const { newName } = params;
    if (!/^[A-Za-z_]\w*$/.test(newName)) {
      throw refuse(`'${newName}' is not a name: write letters, digits and '_', beginning with a letter.`);
    }
    const target = this.targetAt(document, params);
    const neighbours = target && 'statements' in target.$container ? target.$container.statements : [];
    const taken = neighbours.some(
      (other) => other !== target && 'name' in other && isNamed(other) && other.name === newName,
    );
    if (taken) throw refuse(`There is a '${newName}' beside '${target?.name}' already.`);
    return super.rename(document, params);
  }

  private targetAt(document: LangiumDocument, { position }: RenameParams): ast.Named | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position));
    return leaf && this.references.findDeclarations(leaf).find(ast.isNamed);
  }
}

function isNamed(node: ast.Statement): node is ast.Named & ast.Statement {
  return ast.isNamed(node);
}

function refuse(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
