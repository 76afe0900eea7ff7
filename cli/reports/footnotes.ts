/** Figures that are not exact are marked, and the reasons stand at the end of the report. */
import type { Accuracy } from '../../model/index.ts';

/** The figure with `~` before it if it is approximate, `?` if it is unreliable. */
export function mark(figure: string, accuracy: Accuracy): string {
  if (accuracy.kind === 'exact' || figure === '∞' || figure.startsWith('<')) return figure;
  return `${accuracy.kind === 'approximate' ? '~' : '?'}${figure}`;
}

/** Collects the reasons why figures are not exact. */
export interface Footnotes {
  /** The number of the note that says why, to be put once beside the figures it is about; empty for an exact figure. */
  reference(accuracy: Accuracy): string;
  /** The notes, in order of their numbers. */
  lines(): readonly string[];
}

export function createFootnotes(): Footnotes {
  const notes: string[] = [];
  const numberOf = (note: string) => {
    if (!notes.includes(note)) notes.push(note);
    return notes.indexOf(note) + 1;
  };
  return {
    reference: (accuracy) => (accuracy.kind === 'exact' ? '' : `[${numberOf(noteOf(accuracy))}]`),
    lines: () => notes.map((note, index) => `[${index + 1}] ${note}`),
  };
}

function noteOf(accuracy: Exclude<Accuracy, { kind: 'exact' }>): string {
  const why = accuracy.why.replace(/\.?$/, '.');
  if (accuracy.kind === 'unreliable') return `? ${why}`;
  return accuracy.error === undefined
    ? `~ ${why}`
    : `~ ${why} Expected error ${Math.round(accuracy.error * 1000) / 10}%.`;
}
