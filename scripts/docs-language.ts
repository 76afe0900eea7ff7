/** Writes docs/language.md: the template with the tables of the model filled in. `--check` fails if the file is not current. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  connectionProperties,
  dimensionNames,
  flowTypes,
  formatQuantity,
  type KindName,
  kindNames,
  kindOf,
  metricDimensions,
  metrics,
  type PropertySpec,
  type PropertyTable,
  type PropertyType,
} from '../model/index.ts';
import { described, queueing, serving } from '../model/properties/common.ts';
import { dataUnits, periods, throughputUnits, timeUnits } from '../model/units.ts';
import { emit, ROOT } from './emit.ts';

const METRICS: Readonly<Record<(typeof metrics)[number], string>> = {
  p50: 'Median response time of the users’ requests.',
  p90: 'Response time that 90 % of the requests stay below.',
  p95: 'Response time that 95 % of the requests stay below.',
  p99: 'Response time that 99 % of the requests stay below.',
  p999: 'Response time that 99.9 % of the requests stay below.',
  mean: 'Mean response time.',
  throughput: 'Requests answered per second.',
  errors: 'Share of the requests that fail or are refused.',
  availability: 'Share of the time for which requests are served.',
  capacity: 'Users that the architecture carries.',
  utilization: 'Highest utilisation of the resources of a component.',
  cost: 'Cost of everything.',
  rpo: 'Recovery point objective: how much of the latest data may be lost.',
  rto: 'Recovery time objective: how long until it serves again.',
  backlog: 'Messages that wait in a queue.',
  staleness: 'Age of what a replica or cache may still answer.',
};

const template = readFileSync(join(ROOT, 'docs/templates/language.md'), 'utf8');
const sections: Readonly<Record<string, () => string>> = {
  units,
  flows: () =>
    table(
      ['flow', 'meaning'],
      Object.entries(flowTypes).map(([name, { amount, doc }]) => [flowName(name, amount), doc]),
    ),
  connection: () => properties(connectionProperties),
  metrics: () =>
    table(
      ['metric', 'unit', 'meaning'],
      metrics.map((metric) => [`\`${metric}\``, dimensionNames[metricDimensions[metric]].example, METRICS[metric]]),
    ),
  kinds: () => [common(), ...kindNames.map(kind)].join('\n\n'),
};

emit(
  'docs/language.md',
  template
    .replaceAll(/<!-- example (\S+) -->/g, (_, file: string) => readFileSync(join(ROOT, file), 'utf8').trimEnd())
    .replaceAll(/<!-- (\w+) -->/g, (_, name: string) => sections[name]!()),
);

function units(): string {
  const list = (names: Readonly<Record<string, number>>) =>
    Object.keys(names)
      .map((name) => `\`${name}\``)
      .join(' ');
  return table(
    ['dimension', 'units', 'example'],
    [
      ['time', list(timeUnits), '`20ms`'],
      ['data', list(dataUnits), '`16GB`'],
      ['rate', `\`rps\` \`qps\`, or a number per ${list(periods)}`, '`50/day`'],
      ['throughput', `${list(throughputUnits)}, or data per period`, '`10Gbps`, `40GB/day`'],
      ['ratio', '`%` `x`, or a plain number', '`60%`, `3x`'],
      ['money', '`$` before the number; per period or per data', '`$0.10/h`, `$0.085/GB`'],
      ['count', 'a plain number', '`5M`'],
      ['temperature', '`C` `F`', '`24C`'],
    ],
  );
}

function flowName(name: string, amount: string): string {
  if (name === 'share') return '`40%`';
  return amount === 'none' ? `\`${name}\`` : `\`${name} n\``;
}

function common(): string {
  return `### Properties that many kinds have\n\nEverything that can be declared has:\n\n${properties(described)}\n\nWhat serves load has:\n\n${properties(serving)}\n\nWhat has cores that requests wait for has:\n\n${properties(queueing)}`;
}

function kind(name: KindName): string {
  const { doc, role, properties: all } = kindOf(name);
  const common = { ...serving, ...queueing };
  const own = Object.fromEntries(
    Object.entries(all).filter(([property, spec]) => common[property] !== spec && described[property] !== spec),
  );
  const shared = Object.keys(all).filter((property) => common[property] === all[property] && common[property]);
  const also =
    shared.length > 0 ? `\n\nAnd of the common ones: ${shared.map((property) => `\`${property}\``).join(', ')}.` : '';
  const rows = Object.keys(own).length > 0 ? `\n\n${properties(own)}` : '';
  return `### \`${name}\`\n\n${doc} (${role})${rows}${also}`;
}

function properties(rows: PropertyTable): string {
  return table(
    ['property', 'value', 'default', 'meaning'],
    Object.entries(rows).flatMap(([name, spec]) => [
      row(name, spec),
      ...(spec.type.type === 'block'
        ? Object.entries(spec.type.properties).map(([inner, innerSpec]) => row(`${name}.${inner}`, innerSpec))
        : []),
    ]),
  );
}

function row(name: string, spec: PropertySpec): readonly string[] {
  const source = spec.source ? ` *Default: ${spec.source}*` : '';
  return [`\`${name}\``, typeText(spec.type), defaultOf(spec), `${spec.doc}${words(spec.type)}${source}`];
}

function typeText(type: PropertyType): string {
  switch (type.type) {
    case 'quantity':
      return `${type.dimension}${type.range ? ' or range' : ''}, ${dimensionNames[type.dimension].example}`;
    case 'enum':
      return Object.keys(type.values)
        .map((word) => `\`${word}\``)
        .join(' ');
    case 'catalogue':
      return { engines: 'an engine', instances: 'an instance type', regions: 'a region' }[type.table];
    case 'reference': {
      const kinds = type.kinds === 'any' ? 'a component or container' : `a ${type.kinds.join(', ')}`;
      return type.words
        ? `${Object.keys(type.words)
            .map((word) => `\`${word}\``)
            .join(' ')} or ${kinds}`
        : kinds;
    }
    case 'list':
      return `list of ${typeText(type.of)}`;
    default:
      return type.type;
  }
}

function words(type: PropertyType): string {
  const values =
    type.type === 'enum'
      ? type.values
      : type.type === 'reference'
        ? type.words
        : type.type === 'list' && type.of.type === 'enum'
          ? type.of.values
          : undefined;
  return values
    ? ` ${Object.entries(values)
        .map(([word, doc]) => `\`${word}\`: ${doc}`)
        .join(' ')}`
    : '';
}

function defaultOf({ default: value, type }: PropertySpec): string {
  if (typeof value === 'number' && type.type === 'quantity') return formatQuantity(value, type.dimension);
  return value === undefined ? '' : `\`${value}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
