/**
 * Dimensions, units and how quantities are written and printed. One table; lexer, lowering, formatter, hover and reports read it.
 *
 * Canonical units: time in seconds, data in bytes, rate per second, throughput in bytes per second, ratio as a fraction,
 * money in USD, money rate in USD per hour, count as a plain number, temperature in degrees Celsius.
 */
import { nearest } from './nearest.ts';

export const dimensions = [
  'time',
  'data',
  'rate',
  'throughput',
  'ratio',
  'money',
  'moneyRate',
  'moneyPerData',
  'count',
  'temperature',
] as const;
export type Dimension = (typeof dimensions)[number];

/** What a dimension is called in a message, with an example of how to write it. */
export const dimensionNames: Readonly<Record<Dimension, { readonly name: string; readonly example: string }>> = {
  time: { name: 'a time', example: '20ms' },
  data: { name: 'an amount of data', example: '16GB' },
  rate: { name: 'a rate', example: '500/s' },
  throughput: { name: 'a throughput', example: '10Gbps' },
  ratio: { name: 'a ratio', example: '60%' },
  money: { name: 'an amount of money', example: '$100' },
  moneyRate: { name: 'money per time', example: '$0.10/h' },
  moneyPerData: { name: 'money per amount of data', example: '$0.02/GB' },
  count: { name: 'a number', example: '3' },
  temperature: { name: 'a temperature', example: '24C' },
};

/** Seconds in a year of 365 days. */
export const SECONDS_PER_YEAR = 31_536_000;

/** Seconds in each unit of time. A month is 730 hours (the convention of cloud price lists), a year 8 760 hours. */
export const timeUnits: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  mo: 2_628_000,
  y: SECONDS_PER_YEAR,
};
/** Words for a period after a slash, beside the units of time. */
export const periods: Readonly<Record<string, number>> = {
  ...timeUnits,
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_628_000,
  year: SECONDS_PER_YEAR,
};
/** Bytes in each unit of data: decimal prefixes are powers of 1 000, binary ones of 1 024 (IEC 80000-13). */
export const dataUnits: Readonly<Record<string, number>> = {
  bit: 0.125,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
  PiB: 1024 ** 5,
};
/** Bytes per second. */
export const throughputUnits: Readonly<Record<string, number>> = { Kbps: 125, Mbps: 125_000, Gbps: 125_000_000 };
export const rateUnits: Readonly<Record<string, number>> = { rps: 1, qps: 1 };
export const ratioUnits: Readonly<Record<string, number>> = { '%': 0.01, x: 1 };
export const temperatureUnits: readonly string[] = ['C', 'F'];
export const magnitudes: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, bn: 1e9 };

/** A quantity as it is written: `amount` is in the canonical unit of `dimension`. */
export interface Quantity {
  readonly dimension: Dimension;
  readonly amount: number;
}

const QUANTITY = /^(\$)?(\d[\d_]*(?:\.\d[\d_]*)?)(?:(k|M|bn)(?![A-Za-z]))?(%|[A-Za-z]+)?(?:\/([A-Za-z]+))?$/;

/**
 * Reads one literal such as `5M`, `50/day`, `2.5GB/s`, `$90_000/month` or `40%`.
 * On failure says what is wrong in a sentence without the final period; never throws.
 */
export function parseQuantity(text: string): Quantity | { readonly error: string } {
  const match = QUANTITY.exec(text);
  if (!match) return { error: `'${text}' is not a quantity` };
  const [, dollar, digits = '', magnitude, unit, period] = match;
  const number = Number(digits.replaceAll('_', '')) * (magnitude ? magnitudes[magnitude]! : 1);
  if (!Number.isFinite(number)) return { error: `'${text}' is too large` };
  if (dollar) return money(text, number, unit, period);
  const base = unit === undefined ? ({ dimension: 'count', amount: number } as const) : withUnit(number, unit);
  if (!base) return { error: unknownUnit(text, unit!) };
  return period === undefined ? base : perPeriod(text, base, period);
}

function withUnit(number: number, unit: string): Quantity | undefined {
  if (Object.hasOwn(timeUnits, unit)) return { dimension: 'time', amount: number * timeUnits[unit]! };
  if (Object.hasOwn(dataUnits, unit)) return { dimension: 'data', amount: number * dataUnits[unit]! };
  if (Object.hasOwn(throughputUnits, unit)) return { dimension: 'throughput', amount: number * throughputUnits[unit]! };
  if (Object.hasOwn(rateUnits, unit)) return { dimension: 'rate', amount: number * rateUnits[unit]! };
  if (unit === '%') return { dimension: 'ratio', amount: number / 100 };
  if (unit === 'x') return { dimension: 'ratio', amount: number };
  if (unit === 'C') return { dimension: 'temperature', amount: number };
  if (unit === 'F') return { dimension: 'temperature', amount: ((number - 32) * 5) / 9 };
  const [, magnitude, rest] = /^(k|M|bn)(.+)$/.exec(unit) ?? [];
  return rest && rateUnits[rest] ? { dimension: 'rate', amount: number * magnitudes[magnitude!]! } : undefined;
}

function money(
  text: string,
  amount: number,
  unit: string | undefined,
  per: string | undefined,
): Quantity | { readonly error: string } {
  if (unit !== undefined) return { error: `'${text}' has both $ and the unit '${unit}'` };
  if (per === undefined) return { dimension: 'money', amount };
  if (Object.hasOwn(periods, per)) return { dimension: 'moneyRate', amount: (amount / periods[per]!) * 3600 };
  if (Object.hasOwn(dataUnits, per)) return { dimension: 'moneyPerData', amount: amount / dataUnits[per]! };
  return { error: `'${per}' in '${text}' is neither a period nor a unit of data` };
}

function perPeriod(text: string, base: Quantity, period: string): Quantity | { readonly error: string } {
  if (!Object.hasOwn(periods, period))
    return { error: `'${period}' in '${text}' is not a period: write /s, /min, /h, /day, /week or /month` };
  const amount = base.amount / periods[period]!;
  if (base.dimension === 'count') return { dimension: 'rate', amount };
  if (base.dimension === 'data') return { dimension: 'throughput', amount };
  return { error: `'${text}' divides ${dimensionNames[base.dimension].name} by a period` };
}

/** Every unit that may stand directly after a number. */
export const unitNames: readonly string[] = [
  ...Object.keys(timeUnits),
  ...Object.keys(dataUnits),
  ...Object.keys(throughputUnits),
  ...Object.keys(rateUnits),
  ...Object.keys(ratioUnits),
  ...temperatureUnits,
];

function unknownUnit(text: string, unit: string): string {
  const near = unitNames.find((name) => name.toLowerCase() === unit.toLowerCase()) ?? nearest(unit, unitNames);
  const hint = near && unit.length > 1 ? `did you mean '${near}'?` : `known units are ${unitNames.join(', ')}`;
  return `'${unit}' in '${text}' is not a unit; ${hint}`;
}
