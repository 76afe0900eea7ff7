/** What completion and hover say about properties, kinds, flows and metrics: Markdown from the tables of the model. */
import {
  dimensionNames,
  type FlowType,
  flowTypes,
  formatQuantity,
  type KindName,
  kindOf,
  type Metric,
  metricDimensions,
  type PropertySpec,
  type PropertyType,
} from '../../model/index.ts';

/** A property in full: what it is, what may be written, what holds without it, and where that comes from. */
export function describeProperty(name: string, spec: PropertySpec): string {
  const parts = [`**${name}** · ${typeText(spec.type)}`, spec.doc];
  const bounds = boundsText(spec);
  const fallback = defaultText(spec);
  if (bounds) parts.push(bounds);
  if (fallback) parts.push(`Default: ${fallback}.${spec.source ? ` ${spec.source}` : ''}`);
  else if (spec.source) parts.push(spec.source);
  if (spec.type.type === 'enum') parts.push(valueList(spec.type.values));
  if (spec.type.type === 'reference' && spec.type.words) parts.push(valueList(spec.type.words));
  if (spec.example) parts.push(`\`\`\`arch\n${spec.example}\n\`\`\``);
  return parts.join('\n\n');
}

/** A few words behind the name of a property in a list. */
export function typeText(type: PropertyType): string {
  switch (type.type) {
    case 'quantity': {
      const { name, example } = dimensionNames[type.dimension];
      return `${type.range ? `${name} or a range` : name}, such as \`${example}\``;
    }
    case 'enum':
      return Object.keys(type.values)
        .map((value) => `\`${value}\``)
        .join(' | ');
    case 'boolean':
      return '`true` | `false`';
    case 'string':
      return 'text';
    case 'catalogue':
      return { engines: 'an engine', instances: 'an instance type', regions: 'a region' }[type.table];
    case 'reference':
      return type.kinds === 'any' ? 'a component' : type.kinds.map((kind) => kindOf(kind).label).join(' or ');
    case 'list':
      return `list of ${typeText(type.of)}`;
    case 'name':
      return 'a name';
    case 'block':
      return 'block';
  }
}

/** The default as it would be written or printed; undefined where there is none. */
export function defaultText({ type, default: value }: PropertySpec): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number') return `\`${value}\``;
  return `\`${type.type === 'quantity' ? formatQuantity(value, type.dimension) : value}\``;
}

export function describeKind(kind: KindName): string {
  const { doc, label } = kindOf(kind);
  // `server` is called that in the text, too; `loadBalancer` is not.
  return `**${kind}**${label === kind ? '' : ` · ${label}`}\n\n${doc}`;
}

export function describeFlow(flow: FlowType): string {
  return `**${flow}**\n\n${flowTypes[flow].doc}`;
}

/** The words for the load of a scenario. */
export const loadWords = {
  peak: 'The busiest hour, as the users declare it.',
  mean: 'The mean over the day.',
} as const;

/** `load` is in no table: its value is a word, a rate or a curve. */
export function describeLoad(): string {
  const words = Object.entries(loadWords).map(([word, doc]) => `- \`${word}\`: ${doc}`);
  return `**load** · a word, a rate or a curve\n\nWhat the users ask for during the scenario.\n\n${words.join('\n')}\n\n\`\`\`arch\nload: [at 0m 1x, at 10m 3x]\n\`\`\``;
}

/** The parts of a component that may fail alone. */
export const partDocs: Readonly<Record<string, string>> = {
  primary: 'The database’s primary, which takes the writes.',
  zone: 'Everything of it that is in one of its zones.',
};

/** What each metric measures. */
export const metricDocs: Readonly<Record<Metric, string>> = {
  p50: 'Half of the requests are answered within this time.',
  p90: 'Nine of ten requests are answered within this time.',
  p95: '95 of 100 requests are answered within this time.',
  p99: '99 of 100 requests are answered within this time.',
  p999: '999 of 1,000 requests are answered within this time.',
  mean: 'Mean response time.',
  throughput: 'Requests answered per second.',
  errors: 'Fraction of the requests that fails.',
  availability: 'Fraction of the time for which users are served.',
  capacity: 'Users that can be served while every requirement holds.',
  utilization: 'The busiest resource: the fraction of it that is used at peak.',
  cost: 'What it costs to run.',
  rpo: 'Data that may be lost, as time: the recovery point.',
  rto: 'Time until it serves again: the recovery time.',
  backlog: 'Messages that wait in queues.',
  staleness: 'How old the data may be that is read.',
};

export function describeMetric(metric: Metric): string {
  const { name, example } = dimensionNames[metricDimensions[metric]];
  return `**${metric}** · ${name}, such as \`${example}\`\n\n${metricDocs[metric]}`;
}

function boundsText({ type, min, max, integer }: PropertySpec): string | undefined {
  if (type.type !== 'quantity') return undefined;
  const text = (value: number) => formatQuantity(value, type.dimension);
  const least = min !== undefined && min > 0 ? `at least ${text(min)}` : '';
  const most = max === undefined ? '' : `at most ${text(max)}`;
  const bounds = [integer ? 'whole' : '', least, most].filter(Boolean).join(', ');
  return bounds ? `${bounds[0]?.toUpperCase()}${bounds.slice(1)}.` : undefined;
}

function valueList(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([value, doc]) => `- \`${value}\`: ${doc}`)
    .join('\n');
}
