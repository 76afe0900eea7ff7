import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  ErrorAction,
  type ErrorHandlerResult,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient';
import {
  type ChangedParams,
  changedNotification,
  commandsCapability,
  lensCommands,
  type RequestKind,
} from '../language/protocol.ts';
import { answerFiles } from './files.ts';

/** The language server, as the rest of the extension sees it. */
export interface Client extends vscode.Disposable {
  /** Settles when the server has answered for the first time. */
  readonly started: Promise<void>;
  request<Params, Result>(kind: RequestKind<Params, Result>, params: Params): Promise<Result>;
  /** Fires when a file has been checked anew. */
  readonly onChanged: vscode.Event<ChangedParams>;
  restart(): Promise<void>;
}

/** Makes the client of a server: of a process on a desktop, of a worker in a browser. */
export type CreateClient = (context: vscode.ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

/** Where `.arch` files may come from; a selector without schemes would also check old revisions shown in a diff. */
const schemes = ['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web'];

/** Starts the server. */
export function startClient(context: vscode.ExtensionContext, create: CreateClient): Client {
  const client = create(context, clientOptions(context));
  const changed = new vscode.EventEmitter<ChangedParams>();
  client.onNotification(changedNotification.method, (params: ChangedParams) => changed.fire(params));
  answerFiles(client);
  client.registerFeature(lensCommander);
  const started = client.start();
  return {
    started,
    onChanged: changed.event,
    request: async (kind, params) => {
      await started;
      return client.sendRequest(kind.method, params);
    },
    restart: async () => {
      await client.stop();
      await client.start();
    },
    dispose: () => {
      changed.dispose();
      void client.dispose();
    },
  };
}

/** Tells the server which commands lenses may name: all of them. */
const lensCommander: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...capabilities.experimental, [commandsCapability]: Object.values(lensCommands) };
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};

function clientOptions(context: vscode.ExtensionContext): LanguageClientOptions {
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.arch');
  context.subscriptions.push(watcher);
  const crashes: number[] = [];
  return {
    documentSelector: schemes.map((scheme) => ({ language: 'arch', scheme })),
    synchronize: { fileEvents: watcher },
    markdown: { isTrusted: { enabledCommands: [] } },
    errorHandler: {
      error: (): ErrorHandlerResult => ({ action: ErrorAction.Continue }),
      closed: () => {
        crashes.push(Date.now());
        return tooMany(crashes)
          ? {
              action: CloseAction.DoNotRestart,
              message: 'The Loadpath server has ended five times in three minutes and is not started again.',
            }
          : { action: CloseAction.Restart, handled: true };
      },
    },
  };
}

const CRASH_LIMIT = 5;
const CRASH_WINDOW_MS = 3 * 60_000;

function tooMany(crashes: readonly number[]): boolean {
  return crashes.filter((time) => time > Date.now() - CRASH_WINDOW_MS).length >= CRASH_LIMIT;
}
