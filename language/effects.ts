/**
 * What a fix would change, known before it is applied: the edits are made in copies of the texts in memory, the result is compiled and
 * analysed, and the two analyses are compared. Pure: nothing that is open anywhere changes.
 */
import {
  type Analysis,
  type Edit,
  formatMoney,
  formatPercent,
  formatTime,
  hoursPerMonth,
  type Requirement,
} from '../model/index.ts';
import { analyze } from '../simulator/index.ts';
import { type Compilation, compile } from './compile.ts';
import { editedCopies } from './edited-copies.ts';
import { type TextEdit, toTextEdits } from './edits/index.ts';

/** How a changed text differs from the one before. */
export interface Effect {
  /** What changes noticeably, as a reader wants to see it: `p99 410 → 95 ms`, `capacity 3.1x`; empty if nothing does. */
  readonly changes: readonly string[];
  /** Requirements that held before and do not hold afterwards, as they are written. */
  readonly broken: readonly string[];
}

/** Two response times or capacities that differ by less are called equal. */
const NOTICEABLE = 0.02;
/** Dollars a month under which nobody asks. */
const LEAST_MONEY = 1;

/** The effect of model edits; see `effectOfTextEdits`. */
export async function effectOf(
  compilation: Compilation,
  before: Analysis,
  edits: readonly Edit[],
): Promise<Effect | undefined> {
  return effectOfTextEdits(compilation, before, toTextEdits(compilation, edits));
}

/**
 * The effect of edits of the texts; undefined where there is nothing to change, or where the changed text would have problems of its
 * own. `before` is the analysis of the compilation. Never throws on what the text says.
 */
export async function effectOfTextEdits(
  compilation: Compilation,
  before: Analysis,
  edits: readonly TextEdit[],
): Promise<Effect | undefined> {
  const changed = await compileWith(compilation, edits);
  if (!changed || changed.findings.length > compilation.findings.length) return undefined;
  const after = analyze(changed.architecture);
  return { changes: changesBetween(before, after), broken: brokenBetween(compilation, before, after) };
}

/** `p99 410 → 95 ms, capacity 3.1x; breaks 'require cost < $500/month'`; empty where nothing changes noticeably. */
export function effectText({ changes, broken }: Effect): string {
  const promises = broken.map((text) => `breaks '${text}'`).join(', ');
  return [changes.join(', '), promises].filter((part) => part !== '').join('; ');
}

/** The compilation of the texts after edits; undefined if there are none. */
async function compileWith({ documents }: Compilation, edits: readonly TextEdit[]): Promise<Compilation | undefined> {
  if (edits.length === 0) return undefined;
  const copies = await editedCopies(documents, edits);
  const [root] = copies.documents;
  return root && compile(copies.arch, root);
}

function changesBetween(before: Analysis, after: Analysis): readonly string[] {
  return [
    responseChange(before, after),
    capacityChange(before, after),
    costChange(before, after),
    availabilityChange(before, after),
  ].filter((change) => change !== undefined);
}

function responseChange(before: Analysis, after: Analysis): string | undefined {
  const [from, to] = [before.solution.response.p99, after.solution.response.p99];
  if (isAlike(from, to)) return undefined;
  return `p99 ${withoutSharedUnit(formatTime(from), formatTime(to))}`;
}

function capacityChange(before: Analysis, after: Analysis): string | undefined {
  const [from, to] = [before.capacity.scale, after.capacity.scale];
  if (isAlike(from, to) || !(from > 0)) return undefined;
  if (!Number.isFinite(to)) return 'capacity without limit';
  return Number.isFinite(from) ? `capacity ${(to / from).toPrecision(2)}x` : undefined;
}

/** Silent where the price of something new is not known: a sum without it would be too low. */
function costChange(before: Analysis, after: Analysis): string | undefined {
  const added = (after.cost.perHour - before.cost.perHour) * hoursPerMonth.value;
  if (Math.abs(added) < LEAST_MONEY || after.cost.unknown.length > before.cost.unknown.length) return undefined;
  return `cost ${added > 0 ? '+' : '−'}${formatMoney(Math.abs(added))}/month`;
}

function availabilityChange(before: Analysis, after: Analysis): string | undefined {
  const [from, to] = [formatPercent(before.availability.value), formatPercent(after.availability.value)];
  return from === to ? undefined : `availability ${from} → ${to}`;
}

function isAlike(one: number, other: number): boolean {
  return (
    one === other ||
    Math.abs(one - other) <= NOTICEABLE * Math.min(Math.abs(one), Math.abs(other)) ||
    Number.isNaN(one - other)
  );
}

/** `410 → 95 ms` where both have the same unit. */
function withoutSharedUnit(from: string, to: string): string {
  const unit = / \S+$/.exec(to)?.[0] ?? '';
  return `${unit && from.endsWith(unit) ? from.slice(0, -unit.length) : from} → ${to}`;
}

/** Requirements are neither added nor moved by fixes, so they are the same ones in the same order. */
function brokenBetween(compilation: Compilation, before: Analysis, after: Analysis): readonly string[] {
  return before.requirements.flatMap(({ requirement, holds }, i) =>
    holds === true && after.requirements[i]?.holds === false ? [textOf(compilation, requirement)] : [],
  );
}

function textOf({ documents }: Compilation, { span, metric }: Requirement): string {
  const text = documents.find(({ uri }) => uri.toString() === span.file)?.textDocument.getText();
  return text?.slice(span.start.offset, span.end.offset).replace(/\s+/g, ' ') ?? metric;
}
