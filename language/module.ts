/** The one place where the services of the language are wired. */
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  type DefaultSharedCoreModuleContext,
  inject,
  type LangiumCoreServices,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
  type PartialLangiumSharedCoreServices,
} from 'langium';
import { ArchDocumentFactory } from './document-factory.ts';
import { ArchGeneratedModule, ArchGeneratedSharedModule } from './generated/module.ts';
import { ArchIndexManager } from './index-manager.ts';
import { ArchLexer } from './lexer.ts';
import { Names } from './names.ts';
import { createLazyCompletionParser, createParser } from './parser.ts';
import { ArchLinker, ArchScopeComputation, ArchScopeProvider, type NameServices } from './scoping.ts';
import { ArchLexerMessages, ArchParserMessages } from './syntax-messages.ts';
import { ArchDocumentValidator } from './validation.ts';
import { ArchValueConverter } from './value-converter.ts';

/** Langium's core services and those of this language; an editor's services extend them. */
export type ArchServices = LangiumCoreServices & NameServices;

/** Of one language; combine it with Langium's core module or with that of its language server. */
export const ArchModule: Module<ArchServices, PartialLangiumCoreServices & NameServices> = {
  parser: {
    LangiumParser: (services) => createParser(services),
    CompletionParser: (services) => createLazyCompletionParser(services),
    Lexer: (services) => new ArchLexer(services),
    ValueConverter: () => new ArchValueConverter(),
    ParserErrorMessageProvider: () => new ArchParserMessages(),
    LexerErrorMessageProvider: () => new ArchLexerMessages(),
  },
  references: {
    Names: (services) => new Names(services),
    ScopeProvider: (services) => new ArchScopeProvider(services),
    ScopeComputation: (services) => new ArchScopeComputation(services),
    Linker: (services) => new ArchLinker(services),
  },
  validation: { DocumentValidator: (services) => new ArchDocumentValidator(services) },
};

/** Shared by all languages of a process. */
export const ArchSharedModule: Module<LangiumSharedCoreServices, PartialLangiumSharedCoreServices> = {
  workspace: {
    IndexManager: (services) => new ArchIndexManager(services),
    LangiumDocumentFactory: (services) => new ArchDocumentFactory(services),
  },
};

/** The services without a language server: parsing, linking and, through `compile`, the model. */
export function createArchServices(context: DefaultSharedCoreModuleContext): {
  readonly shared: LangiumSharedCoreServices;
  readonly arch: ArchServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), ArchGeneratedSharedModule, ArchSharedModule);
  const arch = inject(createDefaultCoreModule({ shared }), ArchGeneratedModule, ArchModule);
  shared.ServiceRegistry.register(arch);
  // Without a client nobody sends the configuration that Langium waits for.
  shared.workspace.ConfigurationProvider.initialized({});
  return { shared, arch };
}
