/** Rename, refused with a reason where it would change more than the name: what any reference means, in any file. */
import { type AstNode, AstUtils, CstUtils, type LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import { LSPErrorCodes, type RenameParams, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextEdit } from '../edits/index.ts';
import { textEdit } from '../edits/text-edit.ts';
import * as ast from '../generated/ast.ts';
import { importClosure } from '../imports.ts';
import { toWorkspaceEdit } from './code-actions.ts';
import { objectionTo } from './rename-trial.ts';
import type { LoadpathServices } from './services.ts';

export class LoadpathRenameProvider extends DefaultRenameProvider {
  private readonly services: LoadpathServices;

  constructor(services: LoadpathServices) {
    super(services);
    this.services = services;
  }

  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const { newName } = params;
    if (!/^[A-Za-z_]\w*$/.test(newName)) {
      throw refuse(`'${newName}' is not a name: write letters, digits and '_', beginning with a letter.`);
    }
    const target = this.targetAt(document, params);
    if (!target) return undefined;
    const family = this.familyOf(target);
    for (const member of family) {
      const taken = neighboursOf(member).find(({ name }) => name === newName);
      if (taken) {
        const line = (taken.$cstNode?.range.start.line ?? 0) + 1;
        throw refuse(`There is a '${newName}' beside '${target.name}' already, on line ${line}.`);
      }
    }
    const edits = family.flatMap((member) => this.editsOf(member, newName));
    if (newName !== target.name) await this.tryOut(target.name, newName, edits);
    return toWorkspaceEdit(edits);
  }

  private targetAt(document: LangiumDocument, { position }: RenameParams): Given | undefined {
    const root = document.parseResult.value.$cstNode;
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, document.textDocument.offsetAt(position));
    return leaf && this.references.findDeclarations(leaf).find(isGiven);
  }

  /** A declaration, and all that change it in copies: they have its name because it has it. */
  private familyOf(target: Given): readonly Given[] {
    if (!ast.isDeclaration(target)) return [target];
    const { Names } = this.services.references;
    const origin = Names.originOf(target);
    const declarations = this.services.shared.workspace.LangiumDocuments.all.flatMap(({ parseResult }) =>
      AstUtils.streamAst(parseResult.value).filter(ast.isDeclaration),
    );
    return declarations.filter((one) => one.name === target.name && Names.originOf(one) === origin).toArray();
  }

  private editsOf(node: Given, newText: string): readonly TextEdit[] {
    const { LangiumDocuments } = this.services.shared.workspace;
    const found = this.references.findReferences(node, { includeDeclaration: true }).toArray();
    return found.flatMap(({ sourceUri, segment }) => {
      const document = LangiumDocuments.getDocument(sourceUri);
      return document ? [textEdit(document, segment.offset, segment.end, newText)] : [];
    });
  }

  /** Among the files that are changed, those that import them, and all that these import. */
  private async tryOut(from: string, to: string, edits: readonly TextEdit[]): Promise<void> {
    const { LangiumDocuments } = this.services.shared.workspace;
    const changed = new Set(edits.map(({ file }) => file));
    const closures = LangiumDocuments.all.toArray().map((document) => importClosure(LangiumDocuments, document));
    const touched = closures.filter((closure) => closure.some(({ uri }) => changed.has(uri.toString())));
    const documents = [...new Set(touched.flat())];
    const roots = [...new Set(documents.flatMap((document) => this.services.lsp.Roots.of(document)))];
    const objection = await objectionTo(this.services, { from, to, edits, documents, roots });
    if (objection) throw refuse(objection);
  }
}

/** What has a name of the user. */
type Given = ast.Named | ast.View;

function isGiven(node: AstNode): node is Given {
  return ast.isNamed(node) || ast.isView(node);
}

function neighboursOf(node: Given): readonly Given[] {
  if (!('statements' in node.$container)) return [];
  return node.$container.statements.filter((other): other is ast.Statement & Given => other !== node && isGiven(other));
}

function refuse(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
