/** Plays scenarios in the preview, from the lens above them or from the command palette. */
import * as vscode from 'vscode';
import { modelRequest } from '../language/protocol.ts';
import type { Client } from './client.ts';
import type { Previews } from './preview/previews.ts';

/** Plays a scenario beside its text; without a name the user chooses among those of the active file. */
export async function playScenario(previews: Previews, client: Client, uri: unknown, name: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor?.document;
  const file =
    typeof uri === 'string' ? vscode.Uri.parse(uri, true) : active?.languageId === 'arch' ? active.uri : undefined;
  if (!file) {
    void vscode.window.showInformationMessage('Open an .arch file to play its scenarios.');
    return;
  }
  const chosen = typeof name === 'string' ? name : await choose(client, file);
  if (chosen !== undefined) previews.open({ uri: file, beside: true })?.play(chosen);
}

async function choose(client: Client, file: vscode.Uri): Promise<string | undefined> {
  const model = await client.request(modelRequest, { uri: file.toString() });
  const scenarios = model?.architecture.scenarios ?? [];
  if (scenarios.length === 0) {
    void vscode.window.showInformationMessage('This file declares no scenario.');
    return undefined;
  }
  const items = scenarios.map(({ name, title }) => ({ label: title ?? name, description: title ? name : '', name }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which scenario is to be played?' }))?.name;
}
