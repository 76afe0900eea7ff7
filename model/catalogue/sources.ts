import { benchmarkSources } from './sources-benchmarks.ts';
import { providerSources } from './sources-providers.ts';

/** How far a figure can be trusted: read in the named public source, or computed from figures that were (the note says how). */
export type Confidence = 'published' | 'derived';

/** Where a figure comes from. */
export interface Source {
  readonly title: string;
  readonly url?: string;
  /** Date of the source or of the measurement, as precise as known: `2016`, `2016-02`, `2016-02-17`. */
  readonly date?: string;
  readonly note?: string;
  readonly confidence: Confidence;
}

/** Every source of the catalogue by its id; figures name theirs. */
export const sources = { ...providerSources, ...benchmarkSources } as const satisfies Record<string, Source>;

/** Id of a source: the compiler refuses a figure that names none of them. */
export type SourceId = keyof typeof sources;

/** The source with this id. */
export function getSource(id: SourceId): Source {
  return sources[id];
}
