/** The report of `loadpath explain FIGURE`, for people and as JSON, and its schema. */
import { type Architecture, dimensions, formatQuantity, formatTime, getSource } from '../../../model/index.ts';
import { type ExplainedInput, type Explanation, evaluate, explainedFigures } from '../../../simulator/index.ts';
import type { Paint } from '../../terminal.ts';
import { mark } from '../footnotes.ts';
import { JSON_VERSION, placeJson, toJson } from '../json.ts';
import { def, figures, list, object, oneOf, report, text, UNITS, unbounded } from '../schema.ts';
import { placeOf, type Sources } from '../sources.ts';
import { cell, formatTable } from '../table.ts';
import { wrap } from '../text-width.ts';

export interface ExplanationReport {
  readonly architecture: Architecture;
  readonly explanation: Explanation;
  /** As the user named the file. */
  readonly file: string;
  readonly sources: Sources;
  readonly paint: Paint;
  readonly columns: number;
}

const COLUMNS = [
  { heading: '' },
  { heading: 'INPUT' },
  { heading: 'VALUE', align: 'right' },
  { heading: 'FROM' },
] as const;

/** The figure, the formula, and the inputs with the lines that they come from. */
export function formatExplanation({ explanation, file, sources, paint, columns: width }: ExplanationReport): string {
  const { figure, subject, formula, terms, divisors, notes, accuracy, addsUpTo } = explanation;
  const name = subject === undefined ? figure : `${figure} of ${subject}`;
  const shown = mark(quantityText(explanation), accuracy);
  const row = (label: string, input: ExplainedInput) => [
    cell(label, 'dim'),
    cell(input.name),
    cell(quantityText(input)),
    cell(originText(input, sources)),
  ];
  const rows = [
    ...terms.flatMap(({ name: term, factors }) => factors.map((input, i) => row(i === 0 ? term : '×', input))),
    ...divisors.map((input) => row('÷', input)),
  ];
  const mean = addsUpTo === 'mean' ? [`  The terms add up to the mean, ${formatTime(evaluate(explanation))}.`] : [];
  const why = accuracy.kind === 'exact' ? [] : [`${accuracy.kind === 'approximate' ? '~' : '?'} ${accuracy.why}.`];
  const lines = [
    `${paint('bold', `${name} = ${shown}`)}  ${paint('dim', file)}`,
    `  ${formula}`,
    '',
    ...formatTable(COLUMNS, rows, { paint, width }),
    ...mean,
    ...[...notes, ...why].flatMap((note) => wrap(note, width - 2).map((line) => paint('dim', `  ${line}`))),
    ...sourceLines(explanation, width).map((line) => paint('dim', `  ${line}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function quantityText({ value, dimension, unit }: Pick<ExplainedInput, 'value' | 'dimension' | 'unit'>): string {
  // An effectiveness of 1.135 is not 1.14.
  const text =
    dimension === 'count' && Math.abs(value) < 10
      ? String(Number(value.toPrecision(4)))
      : formatQuantity(value, dimension);
  return unit === undefined ? text : `${text} ${unit}`;
}

function originText({ span, source, how }: ExplainedInput, sources: Sources): string {
  return [span ? placeOf(span, sources) : '', source ? `[${source}]` : '', how ?? '']
    .filter((part) => part !== '')
    .join(', ');
}

/** The sources of the catalogue that are named. */
function sourceLines({ terms, divisors }: Explanation, width: number): string[] {
  const inputs = [...terms.flatMap(({ factors }) => factors), ...divisors];
  const ids = [...new Set(inputs.flatMap(({ source }) => source ?? []))];
  return ids.flatMap((id) => {
    const { title, url, date } = getSource(id);
    return wrap(`[${id}] ${[title, date, url].filter((part) => part !== undefined).join(', ')}`, width - 2);
  });
}

/** The same as a document. */
export function explanationJson({ file, architecture, explanation, sources }: ExplanationReport): string {
  const { terms, divisors, ...rest } = explanation;
  const input = ({ span, source, ...other }: ExplainedInput) => ({
    ...other,
    place: span && placeJson(span, sources),
    source: source && { id: source, ...getSource(source) },
  });
  return toJson({
    version: JSON_VERSION,
    command: 'explain',
    file,
    title: architecture.title,
    ...rest,
    terms: terms.map(({ name, factors }) => ({ name, factors: factors.map(input) })),
    divisors: divisors.map(input),
  });
}

const inputs = (description: string) =>
  list(
    object({
      name: text('What it is.'),
      value: unbounded('In the canonical unit of its dimension.'),
      dimension: oneOf(dimensions, 'Of the value.'),
      'unit?': text('Of the value, where the dimension has none: kWh a year, W.'),
      'place?': def('place'),
      'source?': { type: 'object', description: 'Of the catalogue.' },
      'how?': text('How it was computed, or what it defaults to.'),
    }),
    description,
  );

/** Schema of the document of a figure. */
export const explainSchema = report('explain FIGURE', `Why a figure is what it is. ${UNITS}`, {
  ...figures,
  figure: oneOf(explainedFigures, 'Which.'),
  'subject?': text('The component or request class; absent for the whole.'),
  value: unbounded('In the canonical unit of its dimension.'),
  dimension: oneOf(dimensions, 'Of the value.'),
  'unit?': text('Of the value, where the dimension has none: kWh a year, kg CO2 a year.'),
  formula: text('In words.'),
  terms: list(object({ name: text('What it is.'), factors: inputs('They are multiplied.') }), 'They are added up.'),
  divisors: inputs('The sum is divided by them.'),
  addsUpTo: oneOf(['figure', 'complement', 'mean'], 'The figure, what it lacks to 1, or, of a quantile, the mean.'),
  notes: list({ type: 'string' }, 'Sentences.'),
  accuracy: def('accuracy'),
});
