/** Which version of each file has been checked, and waiting for the one that is open. */
import { DocumentState, type LangiumDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * Langium's own `waitUntil` is not enough here: it knows no versions, and who begins to wait for the workspace just while its listeners
 * are being told waits until the next build.
 */
export class CheckedDocuments {
  private readonly workspace: LangiumSharedServices['workspace'];
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  constructor({ workspace }: LangiumSharedServices) {
    this.workspace = workspace;
    workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, async ({ uri, textDocument }) => {
      this.versions.set(uri.toString(), textDocument.version);
      this.wake();
    });
    workspace.DocumentBuilder.onUpdate((_, deleted) => {
      for (const uri of deleted) this.versions.delete(uri.toString());
      this.wake();
    });
  }

  /** The file as it is open, checked; undefined where there is none. Rejects with the protocol's error when it is cancelled. */
  async of(uri: URI, token: CancellationToken): Promise<LangiumDocument | undefined> {
    await this.workspace.WorkspaceManager.ready;
    while (!this.isCurrent(uri)) await this.change(token);
    return this.workspace.LangiumDocuments.getDocument(uri);
  }

  /** All files, open or not. */
  async all(token: CancellationToken): Promise<readonly LangiumDocument[]> {
    await this.workspace.WorkspaceManager.ready;
    const open = this.workspace.TextDocuments.all().map(({ uri }) => uri);
    const known = this.workspace.LangiumDocuments.all.map(({ uri }) => uri.toString()).toArray();
    for (const uri of new Set([...open, ...known])) await this.of(URI.parse(uri), token);
    return this.workspace.LangiumDocuments.all.toArray();
  }

  private isCurrent(uri: URI): boolean {
    const open = this.workspace.TextDocuments.get(uri);
    const document = this.workspace.LangiumDocuments.getDocument(uri);
    if (!document) return !open;
    const checked = this.versions.get(uri.toString());
    return document.state === DocumentState.Validated && (!open || open.version === checked);
  }

  private change(token: CancellationToken): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'The request has been cancelled.'));
      if (token.isCancellationRequested) return refuse();
      const cancelled = token.onCancellationRequested(() => {
        this.waiting.delete(woken);
        cancelled.dispose();
        refuse();
      });
      const woken = () => {
        cancelled.dispose();
        resolve();
      };
      this.waiting.add(woken);
    });
  }

  private wake(): void {
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const resume of woken) resume();
  }
}
