import { describe, expect, it } from 'vitest';
import { compiler } from '../fixtures/compiler.ts';
import { printFinding, printValue } from '../fixtures/plain.ts';
import { parse } from '../parse.ts';

const compileText = compiler();
const params = 'param n = 10\nparam people = 5M\nparam t = 20ms\n';

async function printed(expression: string): Promise<string> {
  const { architecture, findings } = await compileText(`${params}param x = ${expression}`);
  const value = architecture.params.find(({ name }) => name === 'x')?.value;
  return value ? printValue(value) : findings.map(printFinding).join('\n');
}

describe('quantities and expressions', () => {
  it.each([
    ['20ms', '0.02 time'],
    ['5M', '5000000 count'],
    ['1_000', '1000 count'],
    ['5M users', '5000000 count'],
    ['50/day', '0.000578703703704 rate'],
    ['2.5GB/s', '2500000000 throughput'],
    ['$90_000/month', '123.287671233 moneyRate'],
    ['$0.02/GB', '2e-11 moneyPerData'],
    ['40%', '0.4 ratio'],
    ['3x', '3 ratio'],
    ['10/2', '5 count'],
    ['people/n', '500000 count'],
    ['people / n * 2', '1000000 count'],
    ['1 + 2 * 3', '7 count'],
    ['(1 + 2) * 3', '9 count'],
    ['10 - 2 - 3', '5 count'],
    ['8 / 2 / 2', '2 count'],
    ['2 * 3 + 4 * 5 - 6 / 3', '24 count'],
    ['-3 + 5', '2 count'],
    ['--3', '3 count'],
    ['t * 2', '0.04 time'],
    ['t + 5ms', '0.025 time'],
    ['1 + 20%', '1.2 ratio'],
    ['people * 40%', '2000000 count'],
    ['50% * 50%', '0.25 ratio'],
    ['people / 1d', '57.8703703704 rate'],
    ['1 / t', '50 rate'],
    ['16GB / 2s', '8000000000 throughput'],
    ['500/s * 1min', '30000 count'],
    ['1GB/s * 10s', '10000000000 data'],
    ['1GB/s / 1KB', '1000000 rate'],
    ['$100 / 1h', '100 moneyRate'],
    ['$100/h * 2h', '200 money'],
    ['$100 / 1GB', '1e-7 moneyPerData'],
    ['$0.02/GB * 100GB', '2 money'],
    ['$0.02/GB * 1GB/s', '72 moneyRate'],
    ['1h / 30min', '2 ratio'],
    ['24C - 2C', '22 temperature'],
    ['"text"', '"text"'],
    ['true', 'true'],
    ['mysql', 'mysql'],
    ['n', '10 count'],
  ])('%s is %s', async (expression, expected) => {
    expect(await printed(expression)).toBe(expected);
  });

  it.each([
    ['10ms + 5MB', '4:11 wrong-dimension: An amount of data cannot be added to a time.'],
    ['1GB - 3', '4:11 wrong-dimension: A number cannot be subtracted from an amount of data.'],
    ['t * 5MB', '4:11 wrong-dimension: A time cannot be multiplied by an amount of data.'],
    ['$5 / 24C', '4:11 wrong-dimension: An amount of money cannot be divided by a temperature.'],
    ['1 / (n - 10)', '4:11 division-by-zero: This divides by zero.'],
    ['1 + (2ms + 3MB)', '4:15 wrong-dimension: An amount of data cannot be added to a time.'],
    ['[1, 2]', '4:11 wrong-type: A param is a quantity, a text, a word, true or false.'],
  ])('%s is refused', async (expression, expected) => {
    expect(await printed(expression)).toBe(expected);
  });

  it('takes 0 for every dimension and a number for a ratio', async () => {
    const { findings, architecture } = await parse('cache c { ttl: 0, hitRatio: 1, memory: 0 * 3, price: 0 }');
    expect(findings.map(printFinding)).toEqual([]);
    expect(Object.values(architecture.components[0]!.properties).map(({ value }) => printValue(value))).toEqual([
      '0 time',
      '1 ratio',
      '0 data',
      '0 moneyRate',
    ]);
  });
});

describe('overrides of params', () => {
  const text =
    'param people = 5M\nparam share = 40%\nparam engine = mysql\nparam alerts = true\nparam half = people / 2\n';
  const valuesWith = async (overrides: Record<string, string>): Promise<[string[], readonly string[]]> => {
    const { architecture, overrideErrors } = await parse(text, { overrides });
    return [architecture.params.map(({ value }) => printValue(value)), overrideErrors];
  };

  it('replace declared values, also in what depends on them', async () => {
    expect(await valuesWith({ people: '10M', share: '0.5', engine: 'postgres', alerts: 'false' })).toEqual([
      ['10000000 count', '0.5 ratio', 'postgres', 'false', '5000000 count'],
      [],
    ]);
  });

  it.each([
    [{ peple: '3' }, "There is no param 'peple'; did you mean 'people'."],
    [
      { people: '3ms' },
      "The value of param 'people' cannot be '3ms': expected a number such as 3, but this is a time.",
    ],
    [{ people: 'many' }, "The value of param 'people' cannot be 'many': 'many' is not a quantity."],
    [{ alerts: 'yes' }, "The value of param 'alerts' cannot be 'yes': expected true or false."],
    [{ engine: '1 2' }, "The value of param 'engine' cannot be '1 2': expected a word."],
  ])('%j is refused', async (overrides, message) => {
    const [values, errors] = await valuesWith(overrides as Record<string, string>);
    expect(errors).toEqual([message]);
    expect(values[0]).toBe('5000000 count');
  });
});
