/** The services of the language server. */
import type { LangiumServices } from 'langium/lsp';
import type { NameServices } from '../scoping.ts';
import type { Configurations } from './configurations.ts';
import type { Insights } from './insight.ts';
import type { Settings } from './settings.ts';

export interface AddedServices {
  readonly lsp: {
    readonly Configurations: Configurations;
    readonly Insights: Insights;
    readonly Settings: Settings;
  };
}

/** Langium's services with those of the language and of this folder. */
export type LoadpathServices = LangiumServices & NameServices & AddedServices;
