import type { SourceId } from './sources.ts';

/** One number with where it comes from. The unit is the canonical one of the field that holds it. */
export interface Figure {
  readonly value: number;
  readonly source: SourceId;
  /** What the number does and does not say. */
  readonly note?: string;
}

/** A figure that is published as a span. */
export interface FigureRange {
  readonly from: number;
  readonly to: number;
  readonly source: SourceId;
  readonly note?: string;
}
