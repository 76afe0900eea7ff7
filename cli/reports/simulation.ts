/** The steady state for people: what is busy, what is slow, what fails, what it costs, and whether the promises hold. */
import { type Analysis, type Architecture, formatRate } from '../../model/index.ts';
import type { Paint } from '../terminal.ts';
import { availabilitySection } from './availability.ts';
import { callSection } from './calls.ts';
import { capacitySection } from './capacity.ts';
import { componentSection } from './components.ts';
import { costSection } from './cost.ts';
import { energySection } from './energy.ts';
import { envelopeSection } from './envelope.ts';
import { createFootnotes, type Footnotes } from './footnotes.ts';
import { headline } from './headline.ts';
import { recoverySection } from './recovery.ts';
import { requestSection } from './requests.ts';
import { requirementSection } from './requirements.ts';
import type { Sources } from './sources.ts';
import { printable, wrap } from './text-width.ts';

/** What every section of a report needs. */
export interface Section {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
  /** Multiple of the declared load that was solved for. */
  readonly scale: number;
  readonly footnotes: Footnotes;
  readonly paint: Paint;
  readonly width: number;
}

export interface FigureReport {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
  /** As the user named the file. */
  readonly file: string;
  readonly load: 'peak' | 'mean';
  /** Multiple of the declared load that was solved for. */
  readonly scale: number;
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

/** The whole report of `loadpath simulate`. */
export function formatSimulation(report: FigureReport): string {
  const section = sectionOf(report);
  const { rate, throughput } = report.analysis.solution;
  const answered = throughput < rate * ALL ? `${formatRate(throughput)} of it answered` : 'all answered';
  return joinSections([
    [...title(report), ...(rate > 0 ? [`${report.load} load ${formatRate(rate)}, ${answered}`] : [])],
    componentSection(section),
    requestSection(section),
    callSection(section),
    capacitySection(section, 3),
    availabilitySection(section),
    recoverySection(section),
    envelopeSection(section),
    energySection(section),
    costSection(section),
    requirementSection(section),
    notes(section),
  ]);
}

/** The whole report of `loadpath capacity`. */
export function formatCapacity(report: FigureReport): string {
  const section = sectionOf(report);
  return joinSections([
    title(report),
    capacitySection(section, Number.POSITIVE_INFINITY),
    requirementSection(section),
    notes(section),
  ]);
}

const NOTE_INDENT = ' '.repeat(4);
/** Above this share the difference is rounding. */
const ALL = 0.9995;

function sectionOf({ architecture, analysis, scale, paint, columns }: FigureReport): Section {
  return { architecture, analysis, scale, paint, width: columns, footnotes: createFootnotes() };
}

function title({ architecture, analysis, file, paint }: FigureReport): string[] {
  const name = architecture.title
    ? `${paint('bold', printable(architecture.title))}  ${paint('dim', file)}`
    : paint('bold', file);
  return [name, headline(analysis)];
}

function notes({ footnotes, paint, width }: Section): string[] {
  return footnotes.lines().flatMap((note) => {
    const [first = '', ...more] = wrap(note, width - NOTE_INDENT.length);
    return [first, ...more.map((line) => NOTE_INDENT + line)].map((line) => paint('dim', line));
  });
}

function joinSections(sections: readonly (readonly string[])[]): string {
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
