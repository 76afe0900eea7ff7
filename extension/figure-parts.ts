/** Lists what a figure above an architecture is made of; the text and the preview follow the line that is chosen. */
import * as vscode from 'vscode';
import { type FigurePart, type LensFigure, partsRequest } from '../language/protocol.ts';
import type { Client } from './client.ts';
import { showSpan, toRange } from './show-span.ts';

interface Item extends vscode.QuickPickItem {
  readonly part: FigurePart;
}

/** @param uri of the file; without one that of the active editor */
export async function showParts(client: Client, figure: LensFigure, uri: unknown): Promise<void> {
  const active = vscode.window.activeTextEditor?.document;
  const file = typeof uri === 'string' ? uri : active?.languageId === 'arch' ? active.uri.toString() : undefined;
  if (file === undefined) {
    void vscode.window.showInformationMessage('Open an .arch file to see what its figures are made of.');
    return;
  }
  const found = await client.request(partsRequest, { uri: file, figure });
  if (!found || found.parts.length === 0) {
    void vscode.window.showInformationMessage(found ? `${found.title}.` : 'The file is not known.');
    return;
  }
  choose(found.title, found.parts);
}

/** As in Go to Symbol: what is active is shown, and Escape goes back to where the cursor was. */
function choose(title: string, parts: readonly FigurePart[]): void {
  const editor = vscode.window.activeTextEditor;
  const before = editor && { selections: editor.selections, place: editor.visibleRanges[0] };
  const picker = vscode.window.createQuickPick<Item>();
  let isAccepted = false;
  picker.title = title;
  picker.placeholder = 'Choose one to go to it';
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = parts.map((part) => ({ ...part, part }));
  picker.onDidChangeActive(([item]) => {
    // Another file is opened by whoever chooses it, not by passing by.
    if (!item || item.part.span.file !== editor?.document.uri.toString()) return;
    const range = toRange(item.part.span);
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  });
  picker.onDidAccept(() => {
    const [item] = picker.selectedItems;
    isAccepted = item !== undefined;
    picker.hide();
    if (item) void showSpan(item.part.span, { focus: true });
  });
  picker.onDidHide(() => {
    picker.dispose();
    if (isAccepted || !editor || !before) return;
    editor.selections = before.selections;
    if (before.place) editor.revealRange(before.place);
  });
  picker.show();
}
