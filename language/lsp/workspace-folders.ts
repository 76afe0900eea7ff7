/** The folders that the client has open; what is in them is checked, open or not. */
import { type BuildOptions, DefaultWorkspaceManager, UriUtils } from 'langium';
import type { Connection, WorkspaceFoldersChangeEvent } from 'vscode-languageserver';
import type { LoadpathSharedServices } from './services.ts';

export class LoadpathWorkspaceManager extends DefaultWorkspaceManager {
  override initialBuildOptions: BuildOptions = { validation: true };

  /** Takes over which folders are open from now on. */
  follow({ added, removed }: WorkspaceFoldersChangeEvent): void {
    const isGone = (uri: string) => removed.some((folder) => UriUtils.equals(folder.uri, uri));
    this.folders = [...(this.folders ?? []).filter(({ uri }) => !isGone(uri)), ...added];
  }
}

/** Listens to clients that tell of changed folders. */
export function followFolders(connection: Connection, { lsp, workspace }: LoadpathSharedServices): void {
  let tells = false;
  lsp.LanguageServer.onInitialize(({ capabilities }) => {
    tells = capabilities.workspace?.workspaceFolders === true;
  });
  lsp.LanguageServer.onInitialized(() => {
    if (!tells) return;
    connection.workspace.onDidChangeWorkspaceFolders((event) => {
      workspace.WorkspaceManager.follow(event);
      lsp.DocumentUpdateHandler.foldersChanged(event);
    });
  });
}
