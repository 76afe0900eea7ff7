/** What the extension does wherever it runs: starts the language server and offers the preview. */
import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient';
import { lensCommands } from '../language/protocol.ts';
import { type CreateClient, startClient } from './client.ts';
import { openExample } from './examples.ts';
import { showParts } from './figure-parts.ts';
import { createPreviews } from './preview/previews.ts';
import { playScenario } from './scenarios.ts';
import { revealLocation } from './show-span.ts';
import { createTestExplorer } from './test-explorer.ts';

/** Ends when the server has answered for the first time. */
export async function activateWith(context: vscode.ExtensionContext, create: CreateClient): Promise<void> {
  const client = startClient(context, create);
  const previews = createPreviews(context.extensionUri, client);
  context.subscriptions.push(client, previews, createTestExplorer(client));
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
    [lensCommands.play]: (uri?: unknown, name?: unknown) => playScenario(previews, client, uri, name),
    [lensCommands.capacity]: (uri?: unknown) => showParts(client, 'capacity', uri),
    [lensCommands.availability]: (uri?: unknown) => showParts(client, 'availability', uri),
    [lensCommands.cost]: (uri?: unknown) => showParts(client, 'cost', uri),
    [lensCommands.reveal]: (location?: Location) => revealLocation(location),
    'loadpath.openExample': (name?: unknown) => openExample(context.extensionUri, name),
    'loadpath.restartServer': () => client.restart(),
  };
  for (const [name, run] of Object.entries(commands))
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  await client.started;
}
