import * as vscode from 'vscode';
import type { Client } from '../client.ts';
import { createPanel, type Panel, VIEW_TYPE } from './panel.ts';
import { parseSavedState } from './webview/messages.ts';

export interface OpenOptions {
  /** The file; that of the active editor when absent. */
  readonly uri?: vscode.Uri | undefined;
  readonly beside?: boolean;
  readonly locked?: boolean;
}

/** All open previews. One that is not locked follows the active editor, so there is at most one of those. */
export interface Previews extends vscode.Disposable {
  /** The preview that shows the file; undefined where there is no file. */
  open(options: OpenOptions): Panel | undefined;
  readonly active: Panel | undefined;
}

/** Also brings back the previews of the last session. */
export function createPreviews(extension: vscode.Uri, client: Client): Previews {
  const panels = new Set<Panel>();
  const adopt = (panel: Panel) => {
    panels.add(panel);
    panel.onDidDispose(() => panels.delete(panel));
    return panel;
  };
  const following = () => [...panels].find((panel) => !panel.locked);
  const subscriptions = [
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (webview, saved) => {
        const state = parseSavedState(saved);
        if (!state) return webview.dispose();
        const uri = vscode.Uri.parse(state.uri, true);
        adopt(createPanel({ extension, client, uri, locked: state.locked, webview }));
      },
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (editor && isArch(editor.document)) following()?.show(editor.document.uri);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
      if (!selection || !isArch(textEditor.document)) return;
      for (const panel of panels) panel.selectAt(textEditor.document.uri, selection.active);
    }),
    client.onChanged(({ uri }) => {
      for (const panel of panels) panel.textChanged(uri);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('loadpath.preview')) return;
      for (const panel of panels) panel.sendSettings();
    }),
  ];
  return {
    open: (options) => {
      const uri = options.uri ?? activeFile();
      if (!uri) {
        void vscode.window.showInformationMessage('Open an .arch file to see its preview.');
        return undefined;
      }
      const column = options.beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
      const reusable = options.locked ? undefined : following();
      if (!reusable) return adopt(createPanel({ extension, client, uri, column, locked: options.locked ?? false }));
      reusable.show(uri);
      reusable.reveal(options.beside ? undefined : column);
      return reusable;
    },
    get active() {
      return [...panels].find((panel) => panel.isActive) ?? (panels.size === 1 ? [...panels][0] : undefined);
    },
    dispose: () => {
      for (const each of [...subscriptions, ...panels]) each.dispose();
    },
  };
}

/** The file of the active editor; of its tab while the editor is still being made; else of any editor in sight. */
function activeFile(): vscode.Uri | undefined {
  const { activeTextEditor, visibleTextEditors, tabGroups } = vscode.window;
  if (activeTextEditor && isArch(activeTextEditor.document)) return activeTextEditor.document.uri;
  const input = tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText && input.uri.path.endsWith('.arch')) return input.uri;
  return visibleTextEditors.find(({ document }) => isArch(document))?.document.uri;
}

function isArch(document: vscode.TextDocument): boolean {
  return document.languageId === 'arch';
}
