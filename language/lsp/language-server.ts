/** The server as a whole: Langium's, and what it does not offer by itself. */
import { DefaultLanguageServer } from 'langium/lsp';
import type { InitializeParams, InitializeResult } from 'vscode-languageserver';
import { fixAllKind } from './code-actions.ts';
import { organizeImportsKind } from './organize-imports.ts';
import { diagnosticOptions } from './pull-diagnostics.ts';

/** Name, as clients show it in their logs. */
const NAME = 'loadpath';

export class LoadpathLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const result = super.buildInitializeResult(params);
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
