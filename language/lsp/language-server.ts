/** The server as a whole: Langium's, and what it does not offer by itself. */
import { DefaultLanguageServer } from 'langium/lsp';
import {
  DidChangeConfigurationNotification,
  type InitializedParams,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { fixAllKind } from './code-actions.ts';
import { organizeImportsKind } from './organize-imports.ts';
import { diagnosticOptions } from './pull-diagnostics.ts';

/** Name, as clients show it in their logs. */
const NAME = 'loadpath';
/** `MessageType.Error` of the protocol. */
const ERROR = 1;
/** Of the client's settings. */
const SECTION = 'loadpath';

export class LoadpathLanguageServer extends DefaultLanguageServer {
  private registers = false;

  /**
   * Langium asks for the section of the language's id, and asks clients, too, that know no registration. Settings are in the section
   * `loadpath`, and who cannot register tells of changes by itself.
   */
  protected override fireInitializedOnDefaultServices(params: InitializedParams): void {
    const { lsp, workspace } = this.services;
    const failed = (error: unknown) =>
      void lsp.Connection?.sendNotification('window/logMessage', { type: ERROR, message: String(error) });
    if (this.registers) {
      const registered = lsp.Connection?.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      registered?.catch(failed);
    }
    workspace.ConfigurationProvider.initialized(params).catch(failed);
    workspace.WorkspaceManager.initialized(params).catch(failed);
  }

  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
    this.registers = params.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true;
    return {
      ...result,
      serverInfo: { name: NAME },
      capabilities: {
        ...result.capabilities,
        positionEncoding: 'utf-16',
        workspace: {
          ...result.capabilities.workspace,
          workspaceFolders: { supported: true, changeNotifications: true },
        },
        diagnosticProvider: diagnosticOptions,
        selectionRangeProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix', fixAllKind, organizeImportsKind] },
      },
    };
  }
}
