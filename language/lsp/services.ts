/** The services of the language server. */
import type { LangiumServices, LangiumSharedServices } from 'langium/lsp';
import type { NameServices } from '../scoping.ts';
import type { Configurations } from './configurations.ts';
import type { LoadpathDocumentBuilder } from './document-builder.ts';
import type { LoadpathDocumentUpdateHandler } from './document-updates.ts';
import type { Insights } from './insight.ts';
import type { Roots } from './roots.ts';
import type { Settings } from './settings.ts';
import type { LoadpathWorkspaceManager } from './workspace-folders.ts';

export interface AddedServices {
  readonly lsp: {
    readonly Configurations: Configurations;
    readonly Insights: Insights;
    readonly Roots: Roots;
    readonly Settings: Settings;
  };
}

/** Langium's services with those of the language and of this folder. */
export type LoadpathServices = LangiumServices & NameServices & AddedServices;

/** What is there once, for all languages of a process. */
export type LoadpathSharedServices = LangiumSharedServices & AddedSharedServices;

export interface AddedSharedServices {
  readonly lsp: { readonly DocumentUpdateHandler: LoadpathDocumentUpdateHandler };
  readonly workspace: {
    readonly DocumentBuilder: LoadpathDocumentBuilder;
    readonly WorkspaceManager: LoadpathWorkspaceManager;
  };
}
