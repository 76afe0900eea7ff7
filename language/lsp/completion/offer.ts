import type { Candidate } from './scope.ts';

/** One line of the list, before it is put into the protocol's words. */
export interface Offer {
  readonly label: string;
  readonly kind:
    | 'kind'
    | 'keyword'
    | 'property'
    | 'value'
    | 'component'
    | 'param'
    | 'flow'
    | 'metric'
    | 'event'
    | 'file';
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** What is written instead of the label. */
  readonly insert?: string;
  /** The same, with places to fill in. */
  readonly snippet?: string;
  /** Ask for completion again after it has been written. */
  readonly next?: boolean;
  /** 1 comes first. */
  readonly rank: number;
  readonly candidate?: Candidate;
}
