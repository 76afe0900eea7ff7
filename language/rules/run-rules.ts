/** Runs rules over an architecture; a rule that crashes is reported once and hides nothing of the others. */
import type { Analysis, Architecture, Component, Finding, Severity, Span, Suppression } from '../../model/index.ts';
import type { Level } from './presets.ts';
import { componentAt } from './query.ts';
import type { Observation, Rule, RuleContext, Subject } from './rule.ts';

/** A component that a rule could not judge, and what it would have needed. */
export interface NotEvaluated {
  readonly rule: string;
  readonly subject: string;
  readonly missing: readonly string[];
}

/** A finding together with what may silence it. */
export interface Candidate {
  readonly finding: Finding;
  readonly ignores: readonly Suppression[];
  /** The nearest declaration that is written out, when the subject itself is a copy. */
  readonly copy?: string;
}

/** How long a rule has taken, in milliseconds. */
export interface Timing {
  readonly rule: string;
  readonly milliseconds: number;
}

export interface RunResult {
  readonly timings: readonly Timing[];
  readonly candidates: readonly Candidate[];
  readonly notEvaluated: readonly NotEvaluated[];
}

/** A rule with what is configured for it. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Of its findings, unless `level` says otherwise. */
  readonly severity: Severity;
  readonly level?: (file: string, component: Component | undefined) => Level;
  /** What is configured for the component, or everywhere; undefined where nothing is. */
  readonly option?: (name: string, component: Component | undefined) => number | undefined;
}

/** @param clock milliseconds, for the timings */
export function runRules(
  rules: readonly ActiveRule[],
  architecture: Architecture,
  analysis: () => Analysis,
  clock: () => number = () => 0,
): RunResult {
  const timings: Timing[] = [];
  const candidates: Candidate[] = [];
  const notEvaluated: NotEvaluated[] = [];
  for (const active of rules) {
    const { rule } = active;
    const id = rule.meta.id;
    const context: RuleContext = {
      architecture,
      get analysis() {
        return analysis();
      },
      notEvaluated: ({ path }, ...missing) => notEvaluated.push({ rule: id, subject: path, missing }),
      option: (name, component) => optionOf(active, name, component),
    };
    const start = clock();
    try {
      rule.check(context, (observation) => {
        const severity = severityOf(active, architecture, observation);
        if (severity !== 'off') candidates.push(toCandidate(id, severity, observation));
      });
    } catch (error) {
      candidates.push({ finding: crash(id, error, architecture), ignores: [] });
    }
    timings.push({ rule: id, milliseconds: clock() - start });
  }
  return { candidates, notEvaluated, timings };
}

function optionOf({ rule, option }: ActiveRule, name: string, component: Component | undefined): number {
  const declared = rule.meta.options?.[name];
  if (!declared) throw new Error(`the rule has no option '${name}'`);
  return option?.(name, component) ?? declared.default;
}

/** A finding about a connection is one about the component that it leaves. */
function severityOf({ severity, level }: ActiveRule, architecture: Architecture, { at, property }: Observation): Level {
  if (!level) return severity;
  const component = 'kind' in at ? at : 'from' in at ? componentAt(architecture, at.from) : undefined;
  return level(spanOf(at, property).file, component);
}

function toCandidate(rule: string, severity: Severity, observation: Observation): Candidate {
  const { at, property, message, related, fixes } = observation;
  const subject = subjectOf(at);
  const finding: Finding = {
    rule,
    severity,
    message,
    span: spanOf(at, property),
    ...(subject === undefined ? {} : { subject }),
    ...(related ? { related: related.map((it) => ({ message: it.message, span: spanOf(it.at, it.property) })) } : {}),
    ...(fixes && fixes.length > 0 ? { fixes } : {}),
  };
  return {
    finding,
    ignores: ignoresOf(at, property),
    ...('inherited' in at && at.inherited && subject !== undefined ? { copy: subject } : {}),
  };
}

function spanOf(at: Subject, property: string | undefined): Span {
  const declared = property !== undefined && 'properties' in at ? at.properties[property] : undefined;
  if (declared) return declared.value.type === 'block' ? declared.nameSpan : declared.span;
  if ('nameSpan' in at) return at.nameSpan;
  if ('toSpan' in at) return at.toSpan;
  if ('limitSpan' in at) return at.limitSpan;
  return at.span;
}

function ignoresOf(at: Subject, property: string | undefined): readonly Suppression[] {
  const own = 'ignores' in at ? (at.ignores ?? []) : [];
  const declared = property !== undefined && 'properties' in at ? at.properties[property] : undefined;
  return [...own, ...(declared?.ignores ?? [])];
}

function subjectOf(at: Subject): string | undefined {
  if ('path' in at) return at.path;
  if ('id' in at) return at.id;
  return 'overrides' in at ? at.name : undefined;
}

function crash(rule: string, error: unknown, architecture: Architecture): Finding {
  const start = { line: 0, character: 0, offset: 0 };
  const why = error instanceof Error ? error.message : String(error);
  return {
    rule: 'internal-error',
    severity: 'warning',
    message: `The rule '${rule}' could not be run because of a defect in Loadpath (${why}); all other rules have run.`,
    span: { file: architecture.files[0] ?? '', start, end: start },
  };
}
