/** Everything that Loadpath has to say about a text: problems of syntax and names first, then the rules, then the suppressions themselves. */
import type { Analysis, Architecture, Finding, Severity, Suppression } from '../model/index.ts';
import { analyze } from '../simulator/index.ts';
import { behavesTheSame, isSame } from './alike.ts';
import { defaultSettings, type Settings } from './config/settings.ts';
import { rules as allRules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import {
  type ActiveRule,
  type Candidate,
  type NotEvaluated,
  type RunResult,
  runRules,
  type Timing,
} from './rules/run-rules.ts';
import { placeOf, problemsOf, silencing, suppressionsOf } from './suppressions.ts';

export type { NotEvaluated } from './rules/run-rules.ts';

/** What is checked: the part of a compilation that does not know syntax. */
export interface Checkable {
  readonly architecture: Architecture;
  /** Problems that parsing, linking and lowering have found. */
  readonly findings: readonly Finding[];
}

export interface CheckOptions {
  /** What the configuration says; the preset `recommended` if it is not given. */
  readonly settings?: Settings;
  /** Severities that replace those of the rules and of the configuration, by id. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Only these rules run. */
  readonly only?: readonly string[];
  /** These rules do not run. */
  readonly skip?: readonly string[];
  /** The simulator's answer, where the caller has it already. */
  readonly analysis?: Analysis;
  /** Milliseconds from anywhere; with it the simulation runs first, so that no rule is charged with it. */
  readonly clock?: () => number;
}

export interface CheckResult {
  /** Sorted by file, line, column and rule. */
  readonly findings: readonly Finding[];
  /** Computed at the first use, if no rule has needed it before. */
  readonly analysis: Analysis;
  /** What would have been found without `arch-ignore` comments. */
  readonly suppressed: readonly { readonly finding: Finding; readonly suppression: Suppression }[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** Ids of the rules that have run. */
  readonly rulesRun: readonly string[];
  /** How long the rules have taken, in their order, and what they share before them; only with a clock. */
  readonly timings?: readonly Timing[];
}

/**
 * Checks a compilation. The rules also run where there are errors, on the part of the model that there is.
 * @param last the check of the text before an edit, with the same options and the same object of settings: what the edit cannot have
 *   changed is taken over from it
 */
export function check(compilation: Checkable, options: CheckOptions = {}, last?: CheckResult): CheckResult {
  const { architecture } = compilation;
  const settings = options.settings ?? defaultSettings;
  const before = basisOf(last, settings);
  const analysis = analysisOf(architecture, options.analysis, before);
  const known = settings.customRules.length === 0 ? allRules : [...allRules, ...settings.customRules];
  const active = known.flatMap((rule) => activate(rule, settings, options, architecture) ?? []);
  const start = options.clock?.() ?? 0;
  if (options.clock) analysis();
  const simulation = { rule: 'simulation', milliseconds: (options.clock?.() ?? 0) - start };
  const run =
    before && isSame(before.architecture, architecture)
      ? before.run
      : runRules(active, architecture, analysis, options.clock);
  const { candidates, notEvaluated, timings } = run;
  const { kept, suppressed } = silence(candidates.filter(({ finding }) => !settings.ignores(finding.span.file)));
  const rulesRun = active.map(({ rule }) => rule.meta.id);
  const used = new Set(suppressed.map(({ suppression }) => placeOf(suppression)));
  const suppressions = suppressionsOf(architecture).filter(({ span }) => !settings.ignores(span.file));
  const knownIds = new Set(known.map(({ meta }) => meta.id));
  const result: CheckResult = {
    findings: sorted([
      ...compilation.findings,
      ...mergeCopies(kept, architecture),
      ...problemsOf(suppressions, knownIds, new Set(rulesRun), used),
    ]),
    get analysis() {
      return analysis();
    },
    suppressed,
    notEvaluated,
    rulesRun,
    ...(options.clock ? { timings: [simulation, ...timings] } : {}),
  };
  bases.set(result, { architecture, settings, analysis, run });
  return result;
}

/** What a check can take over from the one before. */
interface Basis {
  readonly architecture: Architecture;
  readonly settings: Settings;
  readonly analysis: () => Analysis;
  readonly run: RunResult;
}

const bases = new WeakMap<CheckResult, Basis>();

function basisOf(last: CheckResult | undefined, settings: Settings): Basis | undefined {
  const basis = last && bases.get(last);
  return basis?.settings === settings ? basis : undefined;
}

function analysisOf(
  architecture: Architecture,
  given: Analysis | undefined,
  before: Basis | undefined,
): () => Analysis {
  if (given) return () => given;
  return before && behavesTheSame(before.architecture, architecture)
    ? before.analysis
    : lazily(() => analyze(architecture));
}

/** Undefined if the rule does not run. `--only` also runs a rule that the configuration leaves off everywhere. */
function activate(
  rule: Rule,
  settings: Settings,
  { rules = {}, only, skip }: CheckOptions,
  architecture: Architecture,
): ActiveRule | undefined {
  const { meta } = rule;
  const fixed = Object.hasOwn(rules, meta.id) ? rules[meta.id] : undefined;
  if (fixed === 'off' || skip?.includes(meta.id) || (only && !only.includes(meta.id))) return undefined;
  const isOn = settings.isOn(meta);
  if (!isOn && !only && !fixed) return undefined;
  return {
    rule,
    severity: fixed ?? meta.severity,
    ...(isOn && !fixed
      ? {
          level: (file, component) => settings.level(meta, { file, ...(component ? { component } : {}) }, architecture),
        }
      : {}),
    option: (name, component) =>
      settings.option(meta, name, component && { file: component.span.file, component }, architecture),
  };
}

function silence(candidates: readonly Candidate[]) {
  const kept: Candidate[] = [];
  const suppressed: { finding: Finding; suppression: Suppression }[] = [];
  for (const candidate of candidates) {
    const suppression = silencing(candidate.finding.rule, candidate.ignores);
    if (suppression) suppressed.push({ finding: candidate.finding, suppression });
    else kept.push(candidate);
  }
  return { kept, suppressed };
}

/**
 * A copy made by `extends` has no text of its own, so what a rule finds in it stands where the original stands: one finding there
 * that names the copies is enough.
 */
function mergeCopies(candidates: readonly Candidate[], architecture: Architecture): readonly Finding[] {
  const merged = new Map<string, Finding>();
  const own = candidates.filter(({ copy }) => copy === undefined);
  const copies = candidates.filter(({ copy }) => copy !== undefined);
  for (const { finding, copy } of [...own, ...copies]) {
    const { span, rule, subject } = finding;
    const place = `${rule} ${span.file}:${span.start.offset}-${span.end.offset}`;
    const first = merged.get(place);
    if (!first || copy === undefined) merged.set(first ? `${place} ${subject} ${finding.message}` : place, finding);
    else merged.set(place, alsoIn(first, copy, architecture));
  }
  return [...merged.values()];
}

function alsoIn(finding: Finding, copy: string, architecture: Architecture): Finding {
  const written = architecture.components.findLast(({ path, inherited }) => !inherited && copy.startsWith(`${path}.`));
  const also = { message: `The same holds for the copy '${copy}'.`, span: written?.nameSpan ?? finding.span };
  return { ...finding, related: [...(finding.related ?? []), also] };
}

function sorted(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.span.file, b.span.file) ||
      a.span.start.line - b.span.start.line ||
      a.span.start.character - b.span.start.character ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

/** By code units, so that the order is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lazily<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
