/** Answers the server's questions about files that it cannot reach itself, through VS Code's file systems. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FileKind,
  type FileParams,
  type FolderEntry,
  fileKindRequest,
  filesCapability,
  readFileRequest,
  readFolderRequest,
} from '../language/protocol.ts';

/** Call it before the client is started. */
export function answerFiles(client: BaseLanguageClient): void {
  client.registerFeature({
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...capabilities.experimental, [filesCapability]: true };
    },
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
  const answer = (method: string, read: (uri: vscode.Uri) => Promise<unknown>) =>
    client.onRequest(method, async ({ uri }: FileParams): Promise<unknown> => {
      try {
        return await read(vscode.Uri.parse(uri, true));
      } catch {
        // There is none, or its file system is gone.
        return null;
      }
    });
  answer(fileKindRequest.method, async (uri) => kindOf((await vscode.workspace.fs.stat(uri)).type));
  answer(readFileRequest.method, readText);
  answer(readFolderRequest.method, readFolder);
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  const { type } = await vscode.workspace.fs.stat(uri);
  if (kindOf(type) !== 'file') return null;
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function readFolder(uri: vscode.Uri): Promise<readonly FolderEntry[]> {
  const entries = await vscode.workspace.fs.readDirectory(uri);
  return entries.flatMap(([name, type]) => {
    const kind = kindOf(type);
    return kind ? [{ name, kind }] : [];
  });
}

/** A link to a folder is not followed: it may lead around in a circle. */
function kindOf(type: vscode.FileType): FileKind | null {
  if (type === vscode.FileType.Directory) return 'folder';
  return (type & vscode.FileType.File) === 0 ? null : 'file';
}
