/** The extension in VS Code: starts the language server and offers the preview. */
import * as vscode from 'vscode';
import { startClient } from './client.ts';
import { openExample } from './examples.ts';
import { createPreviews } from './preview/previews.ts';
import { registerTasks } from './tasks.ts';

/** Called by VS Code when the first `.arch` file is opened or a preview is restored. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const client = startClient(context);
  const previews = createPreviews(context.extensionUri, client);
  context.subscriptions.push(client, previews, registerTasks());
  const commands: Readonly<Record<string, (...args: never[]) => unknown>> = {
    'loadpath.openPreview': (uri?: vscode.Uri) => previews.open({ uri }),
    'loadpath.openPreviewToSide': (uri?: vscode.Uri) => previews.open({ uri, beside: true }),
    'loadpath.openLockedPreviewToSide': (uri?: vscode.Uri) => previews.open({ uri, beside: true, locked: true }),
    'loadpath.togglePreviewLock': () => previews.active?.toggleLock(),
    'loadpath.showSource': () => previews.active?.showSource(),
    'loadpath.refreshPreview': () => previews.active?.refresh(),
    'loadpath.fitPreview': () => previews.active?.fit(),
    'loadpath.exportSvg': () => previews.active?.save('svg'),
    'loadpath.exportPng': () => previews.active?.save('png'),
    'loadpath.openExample': (name?: unknown) => openExample(context.extensionUri, name),
    'loadpath.restartServer': () => client.restart(),
  };
  for (const [name, run] of Object.entries(commands))
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  await client.started;
}
