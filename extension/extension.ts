/** The extension in a desktop VS Code, or in the server of a remote one: the language server is a process of its own. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activate.ts';
import { registerTasks } from './tasks.ts';

/** Called by VS Code when the first `.arch` file is opened or a preview is restored. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(registerTasks());
  return activateWith(context, ({ asAbsolutePath }, options) => {
    const module = asAbsolutePath('dist/server.cjs');
    const debugging = { execArgv: ['--nolazy', '--inspect=6009'] };
    const server = {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: debugging },
    };
    return new LanguageClient('loadpath', 'Loadpath', server, options);
  });
}
