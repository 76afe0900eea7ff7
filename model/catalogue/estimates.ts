import type { Figure } from './figure.ts';

/** Rules of thumb for figures on the back of an envelope. */
export const workingSetShare: Figure = {
  value: 0.2,
  source: 'eighty-twenty',
  note: 'Share of the reads of a day that is worth keeping in memory.',
};
