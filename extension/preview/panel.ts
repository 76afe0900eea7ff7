import * as vscode from 'vscode';
import type { Client } from '../client.ts';
import { columnOf, showSpan } from '../show-span.ts';
import { pageHtml } from './page-html.ts';
import { placeAt } from './places.ts';
import { exportRequest, type Place, type PreviewParams, type PreviewResult, previewRequest } from './protocol.ts';
import { saveDiagram } from './save-diagram.ts';
import { type FromPage, parseFromPage, type ToPage } from './webview/messages.ts';

export const VIEW_TYPE = 'loadpath.preview';

/** One preview: shows one file, and another one when it is told to. */
export interface Panel extends vscode.Disposable {
  readonly locked: boolean;
  readonly isActive: boolean;
  readonly onDidDispose: vscode.Event<void>;
  /** Shows another file. */
  show(uri: vscode.Uri): void;
  reveal(column: vscode.ViewColumn | undefined): void;
  toggleLock(): void;
  showSource(): Promise<void>;
  /** Plays a scenario of the file. */
  play(scenario: string): void;
  refresh(): void;
  fit(): void;
  /** Asks for a file and writes the diagram to it. */
  save(format: 'svg' | 'png'): Promise<void>;
  /** Marks what stands at a place of the text. */
  selectAt(uri: vscode.Uri, position: vscode.Position): void;
  /** The server has checked a file anew; it may be one that this one imports. */
  textChanged(uri: string): void;
  sendSettings(): void;
}

export interface PanelOptions {
  readonly extension: vscode.Uri;
  readonly client: Client;
  readonly uri: vscode.Uri;
  readonly locked: boolean;
  readonly column?: vscode.ViewColumn;
  /** A panel of the last session that VS Code has brought back. */
  readonly webview?: vscode.WebviewPanel;
}

export function createPanel(options: PanelOptions): Panel {
  const { extension, client } = options;
  const dist = vscode.Uri.joinPath(extension, 'dist');
  const panel = options.webview ?? createWebview(options);
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = {
    light: vscode.Uri.joinPath(extension, 'extension/media/arch-light.svg'),
    dark: vscode.Uri.joinPath(extension, 'extension/media/arch-dark.svg'),
  };
  let { uri, locked } = options;
  let users: number | undefined;
  let view: string | undefined;
  let played: { readonly scenario: string; readonly at?: number } | undefined;
  let places: Readonly<Record<string, Place>> = {};
  let ready = false;
  const post = (message: ToPage) => void panel.webview.postMessage(message);

  const update = oneAtATime(async () => {
    if (!ready) return;
    const asked = uri.toString();
    const result = await ask(client, paramsFor(asked, users, view, played));
    if (asked !== uri.toString()) return;
    places = result.places;
    const fileName = baseName(uri);
    if (result.picture) post({ type: 'picture', picture: result.picture, fileName });
    else post({ type: 'empty', reason: 'There is nothing to draw in this file yet.', fileName });
  });

  const describe = () => {
    panel.title = `${locked ? '[Preview]' : 'Preview'} ${baseName(uri)}`;
    post({ type: 'state', uri: uri.toString(), locked });
  };
  const sendSettings = () => {
    const wheel = vscode.workspace.getConfiguration('loadpath.preview', uri).get<string>('wheel');
    post({ type: 'settings', settings: { wheel: wheel === 'zoom' ? 'zoom' : 'modifier' } });
  };
  const reveal = async (id: string, focus: boolean) => {
    const place = Object.hasOwn(places, id) ? places[id] : undefined;
    if (place) await showSpan(place.name, { focus });
  };
  const receive = (message: FromPage) => {
    switch (message.type) {
      case 'ready':
        ready = true;
        describe();
        sendSettings();
        return update();
      case 'reveal':
        return void reveal(message.id, message.focus);
      case 'users':
        users = message.users;
        return update();
      case 'view':
        view = message.name;
        return update();
      case 'scenario':
        played =
          message.name === undefined
            ? undefined
            : { scenario: message.name, ...(message.at === undefined ? {} : { at: message.at }) };
        return update();
      case 'png':
        return void saveDiagram(
          uri,
          'png',
          Uint8Array.from(atob(message.data), (byte) => byte.charCodeAt(0)),
        );
    }
  };
  const subscriptions = [
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = parseFromPage(message);
      if (known) receive(known);
      else console.warn('The Loadpath preview has sent a message of an unknown shape.');
    }),
  ];
  panel.onDidDispose(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });
  panel.webview.html = pageHtml(panel.webview, dist);
  describe();

  return {
    get locked() {
      return locked;
    },
    get isActive() {
      return panel.active;
    },
    onDidDispose: panel.onDidDispose,
    show: (next) => {
      if (next.toString() === uri.toString()) return;
      uri = next;
      users = undefined;
      view = undefined;
      played = undefined;
      describe();
      update();
    },
    reveal: (column) => panel.reveal(column, column === undefined),
    toggleLock: () => {
      locked = !locked;
      describe();
    },
    showSource: async () => {
      await vscode.window.showTextDocument(uri, { viewColumn: columnOf(uri) ?? vscode.ViewColumn.One });
    },
    play: (scenario) => {
      view = undefined;
      users = undefined;
      played = { scenario };
      update();
    },
    refresh: update,
    fit: () => post({ type: 'fit' }),
    save: async (format) => {
      const svg = await client.request(exportRequest, paramsFor(uri.toString(), users, view, played));
      if (svg === null) return;
      if (format === 'png') post({ type: 'rasterize', svg });
      else await saveDiagram(uri, 'svg', new TextEncoder().encode(svg));
    },
    selectAt: (inFile, position) => {
      if (!vscode.workspace.getConfiguration('loadpath.preview', uri).get('followCursor', true)) return;
      const id = placeAt(places, inFile.toString(), position);
      post(id === undefined ? { type: 'select' } : { type: 'select', id });
    },
    textChanged: (changed) => {
      if (changed === uri.toString()) update();
    },
    sendSettings,
    dispose: () => panel.dispose(),
  };
}

function createWebview({ uri, column = vscode.ViewColumn.Active }: PanelOptions): vscode.WebviewPanel {
  const showOptions = { viewColumn: column, preserveFocus: column === vscode.ViewColumn.Beside };
  return vscode.window.createWebviewPanel(VIEW_TYPE, `Preview ${baseName(uri)}`, showOptions, {
    enableFindWidget: true,
    // Zoom, place and selection are worth more than the few megabytes that a hidden page keeps.
    retainContextWhenHidden: true,
  });
}

async function ask(client: Client, params: PreviewParams): Promise<PreviewResult> {
  try {
    return await client.request(previewRequest, params);
  } catch (error) {
    console.warn('The Loadpath server has not drawn the preview.', error);
    return { places: {} };
  }
}

function paramsFor(
  uri: string,
  users: number | undefined,
  view: string | undefined,
  played: Pick<PreviewParams, 'scenario' | 'at'> | undefined,
): PreviewParams {
  return { uri, ...(users === undefined ? {} : { users }), ...(view === undefined ? {} : { view }), ...played };
}

/** Runs the task; calls while it runs lead to one more run after it, however many they are. The task must not throw. */
function oneAtATime(task: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await task();
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}

function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
