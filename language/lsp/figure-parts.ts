/** What the figures above an architecture are made of: bottlenecks, failures and prices, each with its place in the text. */
import {
  type Analysis,
  type Bottleneck,
  type CostLine,
  digits,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRequirement,
  formatTime,
  indexByPath,
  type Path,
  type Span,
} from '../../model/index.ts';
import {
  consequencesOf,
  type FailureImpact,
  failureName,
  failuresOf,
  isHarmful,
  losesAtFirst,
} from '../../simulator/index.ts';
import type { FigurePart, LensFigure, PartsResult } from '../protocol.ts';
import { bottleneckText, capacityText } from './figures.ts';
import type { Insight } from './insight.ts';

/** The most important part first. Never throws. */
export function partsOf({ architecture, analysis }: Insight, figure: LensFigure): PartsResult {
  if (!analysis) return { title: 'Nothing is known about the load', parts: [] };
  const byPath = indexByPath(architecture);
  const [file = ''] = architecture.files;
  const placeOf = (path: Path): Span => byPath.get(path)?.nameSpan ?? { file, start: START, end: START };
  switch (figure) {
    case 'capacity':
      return { title: `Carries ${capacityText(analysis)}`, parts: limits(analysis, placeOf) };
    case 'availability':
      return failures(failuresOf(architecture).singles, analysis, placeOf);
    case 'cost':
      return {
        title: `Costs ${formatQuantity(analysis.cost.perHour, 'moneyRate')}`,
        parts: prices(analysis, placeOf),
      };
  }
}

const START = { line: 0, character: 0, offset: 0 };

/** The promise that breaks first, where one does, and everything that saturates. */
function limits({ capacity }: Analysis, placeOf: (path: Path) => Span): readonly FigurePart[] {
  const { limit } = capacity;
  const promise =
    limit?.type === 'requirement'
      ? [
          {
            label: formatRequirement(limit.requirement),
            description:
              capacity.scale > 0 ? `breaks ${reachedAt(capacity.users, capacity.scale)}` : 'does not hold at any load',
            detail: 'This promise breaks before anything saturates.',
            span: limit.requirement.span,
          },
        ]
      : [];
  return [...promise, ...capacity.bottlenecks.map((bottleneck) => saturation(bottleneck, placeOf))];
}

function saturation(bottleneck: Bottleneck, placeOf: (path: Path) => Span): FigurePart {
  const { path, users, scale } = bottleneck;
  return {
    label: bottleneckText(bottleneck),
    description: `saturates ${reachedAt(users, scale)}`,
    detail: `${formatPercent(1 / scale)} used at the declared load, with all replicas that it may have.`,
    span: placeOf(path),
  };
}

/** Users where users are declared, else the load. */
function reachedAt(users: number, scale: number): string {
  return users > 0 ? `at ${formatCount(users)} users, ${digits(scale)}× the load` : `at ${digits(scale)}× the load`;
}

/** Those that do harm, the worst first. */
function failures(
  singles: readonly FailureImpact[],
  { availability }: Analysis,
  placeOf: (path: Path) => Span,
): PartsResult {
  const harmful = singles.filter(isHarmful);
  const count = `${harmful.length} of ${singles.length} single failures ${harmful.length === 1 ? 'does' : 'do'} harm`;
  return {
    title: `Available ${formatPercent(availability.value)}: at peak load ${count}`,
    parts: harmful.map((impact) => failure(impact, placeOf)),
  };
}

function failure(impact: FailureImpact, placeOf: (path: Path) => Span): FigurePart {
  const { failures, lost, lostAtFirst, reactsIn, repairedIn, blame } = impact;
  const losses = [
    ...(losesAtFirst(impact) ? [`${formatPercent(lostAtFirst)} for ${formatTime(reactsIn)}`] : []),
    ...(lost > 0 ? [`${formatPercent(lost)} for ${formatTime(repairedIn)}`] : []),
  ];
  const [first] = failures;
  return {
    label: failures.map(failureName).join(' + '),
    description: losses.length > 0 ? `loses ${losses.join(', then ')}` : 'loses no requests',
    detail: [...consequencesOf(impact), ...(blame ? [blame.why.replace(/[.]$/, '')] : [])].join('; '),
    span: blame?.span ?? placeOf(first?.path ?? ''),
  };
}

/** What costs most first; last what has no known price. */
function prices({ cost }: Analysis, placeOf: (path: Path) => Span): readonly FigurePart[] {
  const priced = cost.lines.filter(({ perHour }) => perHour > 0).toSorted((a, b) => b.perHour - a.perHour);
  return [
    ...priced.map((line) => price(line, cost.perHour, placeOf)),
    ...cost.unknown.map((path) => ({
      label: path,
      description: 'price not known',
      detail: "Declare its 'price', or an engine or instance of the catalogue.",
      span: placeOf(path),
    })),
  ];
}

function price({ path, perHour, why }: CostLine, whole: number, placeOf: (path: Path) => Span): FigurePart {
  return {
    label: path,
    description: `${formatQuantity(perHour, 'moneyRate')}, ${shareText(perHour / whole)}`,
    detail: why,
    span: placeOf(path),
  };
}

/** Whole percents are enough to see what matters. */
function shareText(fraction: number): string {
  return fraction >= 0.01 ? `${Math.round(fraction * 100)}%` : '<1%';
}
