/** Places of the text, shown in the editor. */
import * as vscode from 'vscode';
import type { Location } from 'vscode-languageclient';

/** A place in a file: a span of the model, or what the protocol knows of one. */
interface Place {
  readonly file: string;
  readonly start: Location['range']['start'];
  readonly end: Location['range']['start'];
}

export function toRange({ start, end }: Pick<Place, 'start' | 'end'>): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Puts the cursor there, in the column where the file is open already; previews that follow the cursor mark it. */
export async function showSpan(span: Place, { focus }: { readonly focus: boolean }): Promise<void> {
  const uri = vscode.Uri.parse(span.file, true);
  const range = toRange(span);
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: columnOf(uri) ?? vscode.ViewColumn.One,
    preserveFocus: !focus,
  });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The same for a place as the protocol has it; nothing where there is none. */
export async function revealLocation(location: Location | undefined): Promise<void> {
  if (location) await showSpan({ file: location.uri, ...location.range }, { focus: true });
}

/** The column in which a file is open already. */
export function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isShown = (tab: vscode.Tab) =>
    tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isShown))?.viewColumn;
}
