/** The rules as SARIF describes them, which is all that GitHub shows about a rule. */
import { type ProblemId, problems } from '../../../language/problems.ts';
import { rules } from '../../../language/rules/index.ts';
import type { Rule } from '../../../language/rules/rule.ts';
import type { Finding, Severity } from '../../../model/index.ts';
import { ruleUrl } from './rule-url.ts';
import { severityNames } from './severities.ts';

/** SARIF's `reportingDescriptor`, as far as GitHub reads it. */
export interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: {
    readonly tags: readonly string[];
    readonly precision: 'very-high' | 'high';
    readonly 'problem.severity': string;
  };
}

/** All rules and problems by id, and whatever else the findings name. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  const known = [...rules.map(ofRule), ...Object.keys(problems).map((id) => ofProblem(id as ProblemId))];
  const ids = new Set(known.map(({ id }) => id));
  const others = new Map(findings.filter(({ rule }) => !ids.has(rule)).map((finding) => [finding.rule, finding]));
  const described = [...known, ...[...others.values()].map(ofFinding)];
  return described.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** GitHub takes so many characters of a description. */
const MOST_CHARACTERS = 1024;

interface Description {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly markdown: string;
  readonly tag: string;
  readonly precision: SarifRule['properties']['precision'];
}

function describe({ id, severity, title, summary, text, markdown, tag, precision }: Description): SarifRule {
  const url = ruleUrl(id);
  return {
    id,
    shortDescription: { text: title.slice(0, MOST_CHARACTERS) },
    fullDescription: { text: summary.slice(0, MOST_CHARACTERS) },
    help: { text, markdown },
    ...(url ? { helpUri: url } : {}),
    defaultConfiguration: { level: severityNames[severity].sarif },
    properties: {
      tags: ['architecture', tag],
      precision,
      'problem.severity': severityNames[severity].problem,
    },
  };
}

/** Precision is high, not very high: whether advice applies is for people to say. */
function ofRule({ meta, examples }: Rule): SarifRule {
  const { id, severity, title, summary, why, howToFix, sources = [], category } = meta;
  const [example] = examples.violates;
  const markdown = [
    summary,
    `## Why\n\n${why}`,
    `## How to fix\n\n${howToFix}`,
    ...(example ? [`## Example\n\n\`\`\`arch\n${example.trim()}\n\`\`\``] : []),
    ...(sources.length > 0 ? [`## Sources\n\n${sources.map((source) => `- ${source}`).join('\n')}`] : []),
    `Where the advice does not apply, say why above the declaration: \`// arch-ignore ${id}: the reason\``,
  ].join('\n\n');
  const text = `${summary}\n\n${why}\n\n${howToFix}`;
  return describe({ id, severity, title, summary, text, markdown, tag: category, precision: 'high' });
}

/** What the language itself reports is certain. Some of it is only a warning; each result says which. */
function ofProblem(id: ProblemId): SarifRule {
  const summary = problems[id];
  const texts = { title: titleOf(id), summary, text: summary, markdown: summary };
  return describe({ id, severity: 'error', ...texts, tag: 'language', precision: 'very-high' });
}

function ofFinding({ rule: id, severity }: Finding): SarifRule {
  const title = titleOf(id);
  const texts = { title, summary: `${title}.`, text: `${title}.`, markdown: `${title}.` };
  return describe({ id, severity, ...texts, tag: 'architecture-check', precision: 'high' });
}

/** `duplicate-name` as `Duplicate name`. */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
