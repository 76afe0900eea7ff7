import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formatQuantity } from './format.ts';
import { type Dimension, dataUnits, magnitudes, parseQuantity, periods, timeUnits } from './units.ts';

describe('parseQuantity', () => {
  const cases: readonly [string, Dimension, number][] = [
    ['0', 'count', 0],
    ['90_000', 'count', 90_000],
    ['5M', 'count', 5e6],
    ['2bn', 'count', 2e9],
    ['1.5k', 'count', 1500],
    ['5m', 'time', 300],
    ['5min', 'time', 300],
    ['18ms', 'time', 0.018],
    ['250us', 'time', 250e-6],
    ['1mo', 'time', 2_628_000],
    ['16GB', 'data', 16e9],
    ['16GiB', 'data', 16 * 1024 ** 3],
    ['8bit', 'data', 1],
    ['50/day', 'rate', 50 / 86_400],
    ['500/s', 'rate', 500],
    ['10k/s', 'rate', 10_000],
    ['1200rps', 'rate', 1200],
    ['1.2kqps', 'rate', 1200],
    ['10Gbps', 'throughput', 1.25e9],
    ['100MB/s', 'throughput', 1e8],
    ['40GB/day', 'throughput', 40e9 / 86_400],
    ['40%', 'ratio', 0.4],
    ['3x', 'ratio', 3],
    ['$100', 'money', 100],
    ['$0.10/h', 'moneyRate', 0.1],
    ['$730/month', 'moneyRate', 1],
    ['$0.085/GB', 'moneyPerData', 0.085e-9],
    ['24C', 'temperature', 24],
    ['212F', 'temperature', 100],
  ];
  test.each(cases)('%s is %s %d', (text, dimension, amount) => {
    const quantity = parseQuantity(text);
    expect(quantity).toMatchObject({ dimension });
    expect((quantity as { amount: number }).amount).toBeCloseTo(amount, 12);
  });

  const broken: readonly [string, RegExp][] = [
    ['20sm', /'sm' in '20sm' is not a unit/],
    ['16gb', /did you mean 'GB'\?/],
    ['20ms/s', /divides a time by a period/],
    ['5/fortnight', /'fortnight' in '5\/fortnight' is not a period/],
    ['$5GB', /both \$ and the unit 'GB'/],
    ['$5/parsec', /neither a period nor a unit of data/],
    ['abc', /is not a quantity/],
    [`1${'0'.repeat(400)}`, /is too large/],
    ['5constructor', /is not a unit/],
    ['5/constructor', /is not a period/],
  ];
  test.each(broken)('%s is refused', (text, message) => {
    expect((parseQuantity(text) as { error: string }).error).toMatch(message);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789._kMbn%$/smGBx') })),
        (text) => {
          const result = parseQuantity(text);
          expect('error' in result || Number.isFinite(result.amount)).toBe(true);
        },
      ),
    );
  });

  it('scales by the unit, the magnitude and the period', () => {
    const units = Object.entries({ ...timeUnits, ...dataUnits });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(...units), (number, [unit, size]) => {
        expect((parseQuantity(`${number}${unit}`) as { amount: number }).amount).toBeCloseTo(number * size, 6);
      }),
    );
    for (const [magnitude, size] of Object.entries(magnitudes)) {
      for (const [period, seconds] of Object.entries(periods)) {
        expect(parseQuantity(`7${magnitude}/${period}`)).toEqual({ dimension: 'rate', amount: (7 * size) / seconds });
      }
    }
  });
});

describe('formatQuantity', () => {
  const cases: readonly [number, Dimension, string][] = [
    [0.0142, 'time', '14.2 ms'],
    [0.9999, 'time', '1 s'],
    [90, 'time', '1.5 min'],
    [250e-6, 'time', '250 µs'],
    [3 * 86_400, 'time', '3 d'],
    [Number.POSITIVE_INFINITY, 'time', '∞'],
    [16e9, 'data', '16 GB'],
    [999_999_999, 'data', '1 GB'],
    [1.25e9, 'throughput', '1.25 GB/s'],
    [1234, 'rate', '1.23k/s'],
    [950, 'rate', '950/s'],
    [0.05, 'rate', '3/min'],
    [1 / 86_400, 'rate', '1/day'],
    [0, 'rate', '0/s'],
    [0.62, 'ratio', '62%'],
    [0.9995, 'ratio', '99.95%'],
    [0.99, 'ratio', '99%'],
    [0.95, 'ratio', '95%'],
    [0.999999, 'ratio', '99.9999%'],
    [1.4, 'ratio', '140%'],
    [4380, 'money', '$4,380'],
    [6, 'moneyRate', '$4,380/month'],
    [0.1, 'moneyRate', '$73.00/month'],
    [0.085e-9, 'moneyPerData', '$0.085/GB'],
    [1234, 'count', '1,234'],
    [5_000_000, 'count', '5M'],
    [24, 'temperature', '24 °C'],
  ];
  test.each(cases)('%d %s is printed as %s', (amount, dimension, text) => {
    expect(formatQuantity(amount, dimension)).toBe(text);
  });

  it('never rounds an availability up to the next nine', () => {
    for (const value of [0.9994, 0.99949, 0.999949, 0.9999999]) {
      expect(Number.parseFloat(formatQuantity(value, 'ratio'))).toBeLessThanOrEqual(value * 100 + 1e-9);
    }
  });
});
