/** The report of `loadpath diff` for people, on a terminal or in a pull request. */
import { type Finding, formatMetric, formatQuantity, formatRequirement, formatValue } from '../../../model/index.ts';
import type { Change, Difference, FigureChange, PromiseChange } from '../../../simulator/index.ts';
import type { Paint, Style } from '../../terminal.ts';
import { bottleneckName } from '../headline.ts';
import type { Sources } from '../sources.ts';
import { type Cell, cell, formatTable } from '../table.ts';

export interface DifferenceReport {
  readonly difference: Difference;
  /** What the rules find in only one of the two. */
  readonly findings: { readonly added: readonly Finding[]; readonly fixed: readonly Finding[] };
  /** As the user named the files. */
  readonly before: { readonly file: string; readonly sources: Sources };
  readonly after: { readonly file: string; readonly sources: Sources };
  /** Why the command fails; empty if it does not. */
  readonly failures: readonly string[];
  readonly paint: Paint;
  readonly columns: number;
}

const CHANGES = [{ heading: '' }, { heading: '' }, { heading: '' }] as const;
const FIGURES = [
  { heading: '' },
  { heading: 'BEFORE', align: 'right' },
  { heading: 'AFTER', align: 'right' },
  { heading: '' },
] as const;

/** What was changed, then what that does. */
export function formatDifference(report: DifferenceReport): string {
  const { difference, before, after, findings, failures, paint, columns: width } = report;
  const { changes, figures, promises } = difference;
  const title = `${paint('bold', before.file)} → ${paint('bold', after.file)}`;
  if (isSame(report)) return `${title}\nNo difference.\n`;
  const moved = figures.filter(({ trend }) => trend !== 'same');
  const broken = promises.filter(({ trend }) => trend !== 'same');
  const sections = [
    [title],
    changes.length > 0
      ? formatTable(CHANGES, changes.map(changeRow), { paint, width })
      : ['  Nothing is declared differently.'],
    moved.length > 0 || bottleneckText(difference) !== undefined
      ? formatTable(FIGURES, [...moved.map(figureRow), ...bottleneckRow(difference)], { paint, width })
      : ['  No figure changes.'],
    broken.map((promise) => `  ${paint(promiseStyles[promise.trend], promiseText(promise))}`),
    [
      ...findings.added.map(
        (finding) => `  ${paint('red', 'new')} ${finding.severity}[${finding.rule}] ${finding.message}`,
      ),
      ...findings.fixed.map((finding) => `  ${paint('green', 'fixed')} ${finding.rule}: ${finding.message}`),
    ],
    failures.map((failure) => paint('red', failure)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** The same as Markdown. */
export function differenceMarkdown(report: DifferenceReport): string {
  const { difference, before, after, findings, failures } = report;
  const { changes, figures, promises } = difference;
  const title = `### \`${before.file}\` → \`${after.file}\``;
  if (isSame(report)) return `${title}\n\nNo difference.\n`;
  const rows = figures
    .filter(({ trend }) => trend !== 'same')
    .map(
      (figure) =>
        `| ${figureName(figure)} | ${amountText(figure, 'before')} | ${amountText(figure, 'after')} | ${trendText(figure)} |`,
    );
  const bottleneck = bottleneckText(difference);
  if (bottleneck) rows.push(`| breaks first at | ${bottleneck.before} | ${bottleneck.after} | |`);
  const blocks = [
    title,
    rows.length > 0
      ? ['| figure | before | after | |', '|---|---:|---:|---|', ...rows].join('\n')
      : 'No figure changes.',
    promises
      .filter(({ trend }) => trend !== 'same')
      .map((promise) => `- ${promise.trend === 'broken' ? '**broken**' : promise.trend}: ${promiseText(promise)}`)
      .join('\n'),
    [
      ...findings.added.map(
        ({ severity, rule, message }) => `- **new ${severity}** \`${rule}\`: ${inMarkdown(message)}`,
      ),
      ...findings.fixed.map(({ rule, message }) => `- fixed \`${rule}\`: ${inMarkdown(message)}`),
    ].join('\n'),
    changes.length > 0
      ? `<details><summary>${changes.length === 1 ? 'One change' : `${changes.length} changes`}</summary>\n\n${changes.map(changeItem).join('\n')}\n\n</details>`
      : '',
    failures.map((failure) => `**${inMarkdown(failure)}**`).join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** True if neither the models nor what is found in them differ. */
export function isSame({ difference, findings }: Pick<DifferenceReport, 'difference' | 'findings'>): boolean {
  const { changes, figures, promises } = difference;
  return (
    changes.length + findings.added.length + findings.fixed.length === 0 &&
    figures.every(({ trend }) => trend === 'same') &&
    promises.every(({ trend }) => trend === 'same')
  );
}

const signs: Readonly<Record<Change['change'], string>> = { added: '+', removed: '-', changed: '~' };
const changeStyles: Readonly<Record<Change['change'], Style>> = { added: 'green', removed: 'red', changed: 'yellow' };
const promiseStyles: Readonly<Record<PromiseChange['trend'], Style>> = {
  same: 'dim',
  kept: 'green',
  broken: 'red',
  removed: 'yellow',
};

function changeRow(change: Change): Cell[] {
  const style = changeStyles[change.change];
  return [cell(signs[change.change], style), cell(changeName(change), style), cell(propertiesText(change))];
}

function changeItem(change: Change): string {
  const properties = propertiesText(change);
  return `- ${change.change} ${inMarkdown(changeName(change))}${properties ? `: ${inMarkdown(properties)}` : ''}`;
}

function changeName({ what, name, kind }: Change): string {
  if (what === 'component') return `${kind ?? what} ${name}`;
  return what === 'connection' ? name : `${what === 'requirement' ? 'require' : what} ${name}`;
}

function propertiesText({ what, change, properties }: Change): string {
  return properties
    .filter(({ name }) => change === 'changed' || name !== 'kind')
    .map(({ name, before, after }) => {
      // A flow without an amount is there or not.
      if ((after ?? before)?.type === 'boolean' && what === 'connection' && !(before && after))
        return change === 'changed' ? `${after ? 'with' : 'without'} ${name}` : name;
      if (change !== 'changed') return `${name}: ${formatValue((after ?? before)!)}`;
      return `${name}: ${before ? formatValue(before) : 'none'} → ${after ? formatValue(after) : 'none'}`;
    })
    .join(', ');
}

function figureRow(figure: FigureChange): Cell[] {
  const style = figure.trend === 'better' ? 'green' : figure.trend === 'worse' ? 'red' : undefined;
  return [
    cell(figureName(figure)),
    cell(amountText(figure, 'before')),
    cell(amountText(figure, 'after'), style),
    cell(trendText(figure), style),
  ];
}

function figureName({ figure, request }: FigureChange): string {
  const name = figure === 'users' ? 'declared users' : figure === 'capacity' ? 'carries' : figure;
  return request ? `${name} of ${request}` : name;
}

function amountText(figure: FigureChange, when: 'before' | 'after'): string {
  const value = figure[when];
  return value === undefined ? '' : formatQuantity(value, figure.dimension);
}

/** `better, 2.1x`, `worse, +15%`; of infinite figures only which way. */
function trendText({ trend, before, after }: FigureChange): string {
  const word = trend === 'different' ? '' : trend;
  if (before === undefined || after === undefined) return word;
  const ratio = after / before;
  if (!Number.isFinite(ratio) || ratio <= 0) return word;
  const moved =
    ratio >= 2 ? `${ratio.toPrecision(2)}x` : `${ratio >= 1 ? '+' : ''}${Number(((ratio - 1) * 100).toPrecision(2))}%`;
  return word ? `${word}, ${moved}` : moved;
}

function bottleneckText({ bottleneck: { before, after } }: Difference) {
  const [old, now] = [before, after].map((one) => (one ? bottleneckName(one) : 'nothing known'));
  return old === now ? undefined : { before: old!, after: now! };
}

function bottleneckRow(difference: Difference): Cell[][] {
  const text = bottleneckText(difference);
  return text ? [[cell('breaks first at'), cell(text.before), cell(text.after), cell('')]] : [];
}

function promiseText({ requirement, before, after, trend }: PromiseChange): string {
  const value = (side: PromiseChange['after']) =>
    side?.value === undefined ? 'unknown' : formatMetric(requirement.metric, side.value);
  const text = `'require ${formatRequirement(requirement)}'`;
  if (trend === 'removed') return `${text} is not required any more`;
  if (trend === 'kept') return `${text} holds now: ${value(before)} → ${value(after)}`;
  return before
    ? `${text} does not hold any more: ${value(before)} → ${value(after)}`
    : `${text} does not hold: ${value(after)}`;
}

/** Nothing of a text is taken for markup. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&');
}
