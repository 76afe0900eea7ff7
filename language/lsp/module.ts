/** The services of the language server, wired: Langium's, the language's, and the features of this folder. */
import { inject, type Module } from 'langium';
import {
  createDefaultModule,
  createDefaultSharedModule,
  DefaultDefinitionProvider,
  DefaultDocumentHighlightProvider,
  DefaultReferencesProvider,
  type DefaultSharedModuleContext,
  type PartialLangiumServices,
  type PartialLangiumSharedServices,
} from 'langium/lsp';
import { ArchGeneratedModule, ArchGeneratedSharedModule } from '../generated/module.ts';
import { ArchModule, ArchSharedModule } from '../module.ts';
import { LoadpathCallHierarchyProvider } from './call-hierarchy.ts';
import { LoadpathCodeActionProvider } from './code-actions.ts';
import { LoadpathCodeLensProvider } from './code-lens.ts';
import { LoadpathCompletionProvider } from './completion/provider.ts';
import { Configurations } from './configurations.ts';
import { LoadpathValidator } from './diagnostics.ts';
import { LoadpathDocumentBuilder } from './document-builder.ts';
import { LoadpathDocumentLinkProvider } from './document-links.ts';
import { LoadpathDocumentUpdateHandler } from './document-updates.ts';
import { LoadpathFoldingRangeProvider } from './folding.ts';
import { ArchFormatter } from './formatter.ts';
import { LoadpathHoverProvider } from './hover.ts';
import { LoadpathInlayHintProvider } from './inlay-hints.ts';
import { Insights } from './insight.ts';
import { LoadpathLanguageServer } from './language-server.ts';
import { LoadpathNameProvider } from './node-names.ts';
import { LoadpathRenameProvider } from './rename.ts';
import { Roots } from './roots.ts';
import { LoadpathSemanticTokenProvider } from './semantic-tokens.ts';
import type { AddedServices, AddedSharedServices, LoadpathServices, LoadpathSharedServices } from './services.ts';
import { Settings } from './settings.ts';
import { LoadpathSignatureHelpProvider } from './signature-help.ts';
import { switchable } from './switchable.ts';
import { LoadpathDocumentSymbolProvider, LoadpathWorkspaceSymbolProvider } from './symbols.ts';
import { LoadpathWorkspaceManager } from './workspace-folders.ts';

/** Of one language. */
export const lspModule: Module<LoadpathServices, PartialLangiumServices & AddedServices> = {
  lsp: {
    Configurations: (services) => new Configurations(services),
    Insights: (services) => new Insights(services),
    Roots: (services) => new Roots(services),
    Settings: () => new Settings(),
    CallHierarchyProvider: (services) =>
      switchable(services, 'callHierarchy', new LoadpathCallHierarchyProvider(services)),
    CodeActionProvider: (services) => switchable(services, 'codeActions', new LoadpathCodeActionProvider(services)),
    CodeLensProvider: (services) => switchable(services, 'codeLens', new LoadpathCodeLensProvider(services)),
    CompletionProvider: (services) => switchable(services, 'completion', new LoadpathCompletionProvider(services)),
    DefinitionProvider: (services) => switchable(services, 'definition', new DefaultDefinitionProvider(services)),
    DocumentHighlightProvider: (services) =>
      switchable(services, 'documentHighlight', new DefaultDocumentHighlightProvider(services)),
    DocumentLinkProvider: (services) => switchable(services, 'documentLinks', new LoadpathDocumentLinkProvider()),
    DocumentSymbolProvider: (services) => switchable(services, 'documentSymbols', new LoadpathDocumentSymbolProvider()),
    FoldingRangeProvider: (services) => switchable(services, 'folding', new LoadpathFoldingRangeProvider()),
    Formatter: (services) => switchable(services, 'formatting', new ArchFormatter(services)),
    HoverProvider: (services) => switchable(services, 'hover', new LoadpathHoverProvider(services)),
    InlayHintProvider: (services) => switchable(services, 'inlayHints', new LoadpathInlayHintProvider(services)),
    ReferencesProvider: (services) => switchable(services, 'references', new DefaultReferencesProvider(services)),
    RenameProvider: (services) => switchable(services, 'rename', new LoadpathRenameProvider(services)),
    SemanticTokenProvider: (services) =>
      switchable(services, 'semanticTokens', new LoadpathSemanticTokenProvider(services)),
    SignatureHelp: (services) => switchable(services, 'signatureHelp', new LoadpathSignatureHelpProvider()),
  },
  references: { NameProvider: () => new LoadpathNameProvider() },
  validation: { DocumentValidator: (services) => new LoadpathValidator(services) },
};

/** Shared by all languages of a process. */
export const lspSharedModule: Module<LoadpathSharedServices, PartialLangiumSharedServices & AddedSharedServices> = {
  lsp: {
    DocumentUpdateHandler: (services) => new LoadpathDocumentUpdateHandler(services),
    LanguageServer: (services) => new LoadpathLanguageServer(services),
    WorkspaceSymbolProvider: (services) => new LoadpathWorkspaceSymbolProvider(services),
  },
  workspace: {
    DocumentBuilder: (services) => new LoadpathDocumentBuilder(services),
    WorkspaceManager: (services) => new LoadpathWorkspaceManager(services),
  },
};

/** All services of a language server; without a connection for tests. */
export function createLspServices(context: DefaultSharedModuleContext): {
  readonly shared: LoadpathSharedServices;
  readonly arch: LoadpathServices;
} {
  const shared = inject(
    createDefaultSharedModule(context),
    ArchGeneratedSharedModule,
    ArchSharedModule,
    lspSharedModule,
  );
  const arch = inject(createDefaultModule({ shared }), ArchGeneratedModule, ArchModule, lspModule);
  shared.ServiceRegistry.register(arch);
  // Without a client nobody sends the configuration that Langium waits for.
  if (!context.connection) shared.workspace.ConfigurationProvider.initialized({});
  return { shared, arch };
}
