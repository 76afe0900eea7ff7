/** How quantities are printed for people: at most three significant digits, the unit that keeps the number between 1 and 1 000. */
import { HOURS_PER_MONTH } from './catalogue/scale.ts';
import type { Dimension } from './units.ts';

/** Prints an amount given in the canonical unit of its dimension, such as `412 ms`, `16 GB`, `1.2k/s`, `62 %`, `$4,380/month`. */
export function formatQuantity(amount: number, dimension: Dimension): string {
  if (!Number.isFinite(amount)) return amount > 0 ? '∞' : String(amount);
  switch (dimension) {
    case 'time':
      return formatTime(amount);
    case 'data':
      return scaled(amount, DATA, ' ');
    case 'throughput':
      return `${scaled(amount, DATA, ' ')}/s`;
    case 'rate':
      return formatRate(amount);
    case 'ratio':
      return formatPercent(amount);
    case 'money':
      return formatMoney(amount);
    case 'moneyRate':
      return `${formatMoney(amount * HOURS_PER_MONTH)}/month`;
    case 'moneyPerData':
      return `$${digits(amount * 1e9)}/GB`;
    case 'count':
      return formatCount(amount);
    case 'temperature':
      return `${digits(amount)} °C`;
  }
}

/** `14 ms`, `1.5 s`, `2.3 min`, `4 h`, `3 d`. */
export function formatTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return '∞';
  if (seconds === 0) return '0 s';
  for (const [unit, size] of TIME) if (Math.abs(seconds) >= size * 0.9995) return `${digits(seconds / size)} ${unit}`;
  return `${digits(seconds / 1e-9)} ns`;
}

/** A moment of a scenario: `5 min 30 s`, `2 h`, `90 ms`; whole units, at most two of them. */
export function formatMoment(seconds: number): string {
  if (!Number.isFinite(seconds)) return '∞';
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of WHOLE_UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

/** `950/s`, `1.2k/s`, `3.4M/s`; below one a second per minute, hour or day. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0/s';
  if (perSecond < 0.1 && perSecond * 60 >= 1) return `${digits(perSecond * 60)}/min`;
  if (perSecond < 0.1 && perSecond * 3600 >= 1) return `${digits(perSecond * 3600)}/h`;
  if (perSecond < 1 / 3600) return `${digits(perSecond * 86_400)}/day`;
  return `${scaled(perSecond, COUNT, '')}/s`;
}

/** `1,234` up to ten thousand, then `12.3k`, `5M`, `2bn`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return '∞';
  if (Math.abs(count) < 10_000 && Number.isInteger(count)) return grouped(count, 0);
  return scaled(count, COUNT, '');
}

/** `62%`; near one with as many nines as it takes (`99.95%`). */
export function formatPercent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '∞';
  if (fraction > 0.9 && fraction < 1) {
    const nines = Math.min(7, Math.max(1, Math.ceil(-Math.log10(1 - fraction)) - 1));
    return `${trimZeros((Math.floor(fraction * 100 * 10 ** nines + 1e-6) / 10 ** nines).toFixed(nines))}%`;
  }
  return `${digits(fraction * 100)}%`;
}

/** `$1,234`, below a hundred dollars with cents. */
export function formatMoney(dollars: number): string {
  const fraction = Math.abs(dollars) < 100 && dollars !== 0 ? 2 : 0;
  return `$${grouped(dollars, fraction)}`;
}

/** Three significant digits without trailing zeros; integers up to 9 999 whole. */
export function digits(number: number): string {
  if (!Number.isFinite(number)) return '∞';
  if (number === 0) return '0';
  if (Math.abs(number) >= 100) return grouped(Math.round(number), 0);
  return trimZeros(number.toPrecision(3));
}

const TIME: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
];
const WHOLE_UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];
const DATA: readonly (readonly [string, number])[] = [
  ['PB', 1e15],
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
  ['B', 1],
];
const COUNT: readonly (readonly [string, number])[] = [
  ['bn', 1e9],
  ['M', 1e6],
  ['k', 1e3],
  ['', 1],
];

function scaled(amount: number, units: readonly (readonly [string, number])[], gap: string): string {
  if (!Number.isFinite(amount)) return '∞';
  const [unit, size] = units.find(([, size]) => Math.abs(amount) >= size * 0.9995) ?? units.at(-1)!;
  return unit ? `${digits(amount / size)}${gap}${unit}` : digits(amount);
}

/** Thousands separated by commas. `toLocaleString` does the same, but loading its tables takes 12 ms, more than checking a small file. */
function grouped(number: number, fractionDigits: number): string {
  return number.toFixed(fractionDigits).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

function trimZeros(text: string): string {
  if (text.includes('e')) return text;
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
