/** Whole components to begin with: for each kind the properties that say most about it, with a value to type over. */
import type { Action, KindName } from '../../../model/index.ts';
import { fill } from './fill.ts';

/** Bodies with gaps (see `fill`), a line each; a kind without one is offered with an empty body. */
export const snippetBodies: Readonly<Partial<Record<KindName, readonly string[]>>> = {
  users: ['population: [[1M]]', 'dailyActive: [[20%]]', 'requests: [[20/day]]', 'peak: [[3x]]'],
  dns: ['routing: [[simple|weighted|latency|geo|failover]]', 'ttl: [[60s]]'],
  cdn: ['ttl: [[24h]]', 'hitRatio: [[95%]]', 'fallback: [[origin|none]]', 'invalidation: [[versioning|api|none]]'],
  loadBalancer: ['replicas: [[2]]', 'algorithm: [[leastConnections|roundRobin|random|powerOfTwo|ipHash]]'],
  server: ['replicas: [[2]]', 'cores: [[4]]', 'serviceTime: [[20ms]]', 'sessions: [[none]]'],
  worker: ['replicas: [[2]]', 'serviceTime: [[100ms]]'],
  function: ['serviceTime: [[50ms]]', 'concurrency: [[1000]]'],
  database: ['engine: [[mysql]]', 'readReplicas: [[1]]', 'backup { every: [[24h]], retention: [[30d]] }'],
  cache: ['engine: [[redis]]', 'replicas: [[2]]', 'memory: [[16GB]]', 'ttl: [[10m]]', 'hitRatio: [[90%]]'],
  queue: ['engine: [[sqs]]', 'retention: [[4d]]', 'deadLetter: [[true|false]]'],
  storage: ['engine: [[s3]]'],
  search: ['engine: [[elasticsearch]]', 'shards: [[1]]', 'readReplicas: [[1]]'],
  dataCenter: ['region: "[[us-east-1]]"', 'zones: [[3]]'],
  host: ['cores: [[4]]', 'memory: [[16GB]]'],
  monitoring: [
    'logs: [[central|perServer|none]]',
    'metrics: [[[host, aggregate, business]]]',
    'alerts: [[true|false]]',
  ],
  automation: ['builds: [[true|false]]', 'tests: [[true|false]]'],
  external: ['latency: [[100ms]]', 'availability: [[99.9%]]'],
};

/** A whole declaration with gaps. */
export function declarationText(kind: KindName): string {
  const lines = [...(snippetBodies[kind] ?? []), '[[]]'].map((line) => `\t${line}`);
  return `${kind} [[name]] {\n${lines.join('\n')}\n}`;
}

/** The same as a snippet. */
export function declarationSnippet(kind: KindName): string {
  return fill(declarationText(kind));
}

interface StatementSnippet {
  readonly snippet: string;
  readonly doc: string;
  /** It stands at the top level only. */
  readonly top?: boolean;
}

/** Statements of the language itself. */
export const statementSnippets = {
  architecture: { snippet: fill('architecture "[[Title]]"'), doc: 'The title of the whole architecture.', top: true },
  import: {
    snippet: fill('import "./[[file]].arch"'),
    doc: 'Makes the declarations of another file part of this one.',
    top: true,
  },
  param: {
    snippet: fill('param [[name]] = [[1]]'),
    doc: 'A value with a name, which the command line can override.',
    top: true,
  },
  template: {
    snippet: fill('template [[server]] [[name]] {\n\t[[]]\n}'),
    doc: 'A declaration that exists only to be extended.',
  },
  request: {
    snippet: fill('request [[name]] "[[Title]]" {\n\tshare: [[5%]]\n\t[[]]\n}'),
    doc: 'A class of requests: a share of what the users ask for, with its own ways and times.',
    top: true,
  },
  require: { snippet: fill('require [[p99]] < [[300ms]]'), doc: 'A promise that is checked.', top: true },
  scenario: {
    snippet: fill('scenario [[name]] "[[Title]]" {\n\tduration: [[20m]]\n\tload: [[peak|mean]]\n\tat [[5m]] [[]]\n}'),
    doc: 'A failure or a change of load, played over time.',
    top: true,
  },
  view: {
    snippet: fill('view [[name]] "[[Title]]" {\n\t[[]]\n}'),
    doc: 'A picture of a part of the architecture.',
    top: true,
  },
} as const satisfies Record<string, StatementSnippet>;

/** The statements as a list. */
export const statements: readonly (readonly [string, StatementSnippet])[] = Object.entries(statementSnippets);

/** Actions of scenarios; what they are about is asked for next. */
export const actionSnippets: Readonly<Record<Action['type'], string>> = {
  fail: fill('fail [[]]'),
  slow: fill('slow [[component]] [[3]]x'),
  flush: fill('flush [[]]'),
  partition: fill('partition [[one]] from [[other]]'),
  surge: fill('surge [[3]]x for [[5m]]'),
  scale: fill('scale [[component]] to [[4]]'),
  deploy: fill('deploy [[]]'),
};

/** A moment of a scenario. */
export const eventSnippet = fill('at [[5m]] [[]]');
