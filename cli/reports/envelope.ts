/** Storage, bandwidth and memory that the load needs; only what is known. */
import { type EnvelopeResult, formatQuantity, formatRate } from '../../model/index.ts';
import { envelopeOf } from '../../simulator/index.ts';
import { wholePercent } from './figures.ts';
import type { Section } from './simulation.ts';
import { type Cell, type Column, cell, formatTable, type TableFormat } from './table.ts';
import { wrap } from './text-width.ts';

const STORAGE: readonly Column[] = [
  { heading: 'STORES' },
  { heading: 'WRITES', align: 'right' },
  { heading: 'A YEAR', align: 'right' },
  { heading: 'COPIES', align: 'right' },
  { heading: 'IN ALL', align: 'right' },
  { heading: 'NOW', align: 'right' },
];
const TRAFFIC: readonly Column[] = [
  { heading: 'TRAFFIC AT PEAK' },
  { heading: 'IN', align: 'right' },
  { heading: 'OUT', align: 'right' },
  { heading: 'ON AVERAGE', align: 'right' },
];
const MEMORY: readonly Column[] = [
  { heading: 'KEEPS IN MEMORY' },
  { heading: 'WORKING SET', align: 'right' },
  { heading: 'HAS', align: 'right' },
  { heading: 'WOULD HIT', align: 'right' },
];
/** Data centers and the busiest components; the JSON report has all. */
const PLACES_SHOWN = 8;

/** Up to three tables: what is stored, what is sent, what is kept in memory. */
export function envelopeSection({ architecture, scale, paint, width }: Section): string[] {
  const envelope = envelopeOf(architecture, { scale });
  const { storage, traffic, memory } = envelope;
  const format = { paint, width };
  const stored = storage.filter(({ perYear, retained }) => (perYear ?? retained ?? 0) > 0);
  const busiest = traffic.places
    .toSorted((a, b) => b.peak.in + b.peak.out - a.peak.in - a.peak.out)
    .slice(0, PLACES_SHOWN);
  const edge = traffic.edge.peak > 0 ? [edgeRow(traffic.edge)] : [];
  const lines = [
    ...(stored.length > 0 ? formatTable(STORAGE, stored.map(storageRow), format) : []),
    ...(busiest.length > 0 ? formatTable(TRAFFIC, [...edge, ...busiest.map(trafficRow)], format) : []),
    ...(memory.length > 0 ? formatTable(MEMORY, memory.map(memoryRow), format) : []),
  ];
  if (lines.length === 0) return [];
  const silent = storage.filter((one) => one.writes > 0 && !stored.includes(one)).map(({ path }) => path);
  return [
    `${paint('bold', 'Needs')}${growthText(envelope)}`,
    ...lines,
    ...(silent.length > 0
      ? note(`growth not known, for want of 'growth' or 'payload': ${silent.join(', ')}`, { paint, width })
      : []),
    ...(traffic.unknown.length > 0 && busiest.length > 0
      ? [paint('dim', `  ${countOf(traffic.unknown.length)} without 'payload' not counted in the traffic`)]
      : []),
  ];
}

function note(text: string, { paint, width }: TableFormat): string[] {
  return wrap(text, width - 2).map((line) => paint('dim', `  ${line}`));
}

function growthText({ storage }: EnvelopeResult): string {
  const total = storage.reduce((sum, { perYearInAll = 0 }) => sum + perYearInAll, 0);
  return total > 0 ? ` ${formatQuantity(total, 'data')} more storage a year` : '';
}

function countOf(connections: number): string {
  return connections === 1 ? 'one connection' : `${connections} connections`;
}

function storageRow({ path, writes, copies, perYear, perYearInAll, now, retained }: EnvelopeResult['storage'][number]) {
  const data = (bytes: number | undefined) => cell(bytes === undefined ? '' : formatQuantity(bytes, 'data'));
  return [
    cell(retained === undefined ? path : `${path} (retained)`),
    cell(formatRate(writes)),
    data(perYear),
    cell(`× ${copies}`),
    data(perYearInAll ?? retained),
    data(now),
  ];
}

function edgeRow({ peak, mean }: EnvelopeResult['traffic']['edge']): Cell[] {
  return [cell('with the users', 'bold'), cell(speed(peak)), cell(''), cell(speed(mean))];
}

function trafficRow({ path, peak, mean }: EnvelopeResult['traffic']['places'][number]): Cell[] {
  return [cell(path), cell(speed(peak.in)), cell(speed(peak.out)), cell(speed(mean.in + mean.out))];
}

function memoryRow({ path, needed, available, hitRatio }: EnvelopeResult['memory'][number]): Cell[] {
  const short = available !== undefined && available < needed;
  return [
    cell(path),
    cell(formatQuantity(needed, 'data')),
    cell(available === undefined ? '' : formatQuantity(available, 'data'), short ? 'yellow' : undefined),
    cell(hitRatio === undefined ? '' : wholePercent(hitRatio)),
  ];
}

/** Networks are measured in bits. */
function speed(bytesPerSecond: number): string {
  if (bytesPerSecond === 0) return '';
  const bits = bytesPerSecond * 8;
  const [unit, size] = UNITS.find(([, least]) => bits >= least * 0.9995) ?? UNITS.at(-1)!;
  return `${Number((bits / size).toPrecision(3))} ${unit}`;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['Tbps', 1e12],
  ['Gbps', 1e9],
  ['Mbps', 1e6],
  ['Kbps', 1e3],
];
