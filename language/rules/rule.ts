/** The shape of a rule. One rule is one file: what it says, how it checks, how it repairs, and examples that are its tests and its documentation. */
import type {
  Analysis,
  Architecture,
  Component,
  Connection,
  Fix,
  RequestClass,
  Requirement,
  Severity,
  Span,
} from '../../model/index.ts';

/** Sections of the chapter, in its order; `beyond` is what the chapter does not have. */
export const sections = {
  '1-1': 'Single server setup',
  '1-2': 'Database',
  '1-3': 'Vertical and horizontal scaling',
  '1-4': 'Load balancer',
  '1-5': 'Database replication',
  '1-6': 'Cache',
  '1-7': 'Content delivery network',
  '1-8': 'Stateless web tier',
  '1-9': 'Data centers',
  '1-10': 'Message queue',
  '1-11': 'Logging, metrics, automation',
  '1-12': 'Database scaling, millions of users and beyond',
  beyond: 'Beyond the chapter',
} as const satisfies Record<string, string>;
export type Section = keyof typeof sections;

export const categories = [
  'redundancy',
  'scaling',
  'data',
  'caching',
  'delivery',
  'messaging',
  'calls',
  'observability',
  'structure',
  'promises',
] as const;
export type Category = (typeof categories)[number];

export interface RuleMeta {
  /** In kebab-case, equal to the name of the file. */
  readonly id: string;
  /** A few words, for lists. */
  readonly title: string;
  /** Section of the chapter that gives the advice. */
  readonly section: Section;
  readonly category: Category;
  readonly severity: Severity;
  /** What it reports, in one sentence. */
  readonly summary: string;
  /** Why that is a problem, and where the rule deliberately stays silent. */
  readonly why: string;
  readonly howToFix: string;
  /** Where the advice and the figures come from, when it is not (only) the chapter. */
  readonly sources?: readonly string[];
  /** Rules that say nothing while this one has a finding; once it is repaired, they may have their own. */
  readonly goesBefore?: readonly string[];
  /** Version of Loadpath that has had it first. */
  readonly since: string;
  /** Limits that a configuration may set, by name. */
  readonly options?: Readonly<Record<string, RuleOption>>;
}

/** A number that a configuration may set; the members are those of JSON Schema. */
export interface RuleOption {
  readonly type: 'number' | 'integer';
  /** What it limits, with its unit. */
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  readonly maximum?: number;
}

/** What a finding can be about. */
export type Subject = Component | Connection | Requirement | RequestClass | { readonly span: Span };

export interface Observation {
  readonly at: Subject;
  /** Points to this property of the subject where it is declared, else to the subject's name. */
  readonly property?: string;
  /** One sentence with a final period; the user's own names in single quotes, numbers with units and the limit they crossed. */
  readonly message: string;
  readonly related?: readonly { readonly message: string; readonly at: Subject; readonly property?: string }[];
  readonly fixes?: readonly Fix[];
}

export interface RuleContext {
  readonly architecture: Architecture;
  /** Computed at the first use, once for all rules. */
  readonly analysis: Analysis;
  /** Says that the rule could not judge this component because the named properties are missing: no data, no finding. */
  readonly notEvaluated: (component: Component, ...missing: string[]) => void;
  /** The value of one of the rule's own options: what is configured for the component, or everywhere, else the default. */
  readonly option: (name: string, component?: Component) => number;
}

export type Report = (observation: Observation) => void;

export interface Rule {
  readonly meta: RuleMeta;
  readonly check: (context: RuleContext, report: Report) => void;
  readonly examples: {
    /** Whole files with a marker `//^^^ severity: message` under every place that the rule points to. */
    readonly violates: readonly string[];
    /** Whole files that the rule is silent about, a near miss among them. */
    readonly passes: readonly string[];
  };
}

/** Types a rule; the object is its own documentation, test and SARIF record. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
