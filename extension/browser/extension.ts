/** The extension in VS Code for the Web: the language server is a worker. */
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from '../activate.ts';

/** Called by VS Code when the first `.arch` file is opened or a preview is restored. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'browser', 'server.js').toString(true);
  let worker: Worker | undefined;
  // The client would not know the worker itself: VS Code puts a constructor of its own in place of the browser's.
  const start = async () => {
    worker?.terminate();
    worker = new Worker(script);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return activateWith(context, (_, options) => new LanguageClient('loadpath', 'Loadpath', start, options));
}
