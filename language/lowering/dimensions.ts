/** Arithmetic with dimensions: what may be added, and what comes out of products and quotients. */
import { type Dimension, dimensionNames, type Quantity } from '../../model/index.ts';

/** Exponents of time, data, money and temperature. */
type Exponents = readonly [time: number, data: number, money: number, temperature: number];

const exponents: Readonly<Record<Dimension, Exponents>> = {
  count: [0, 0, 0, 0],
  ratio: [0, 0, 0, 0],
  time: [1, 0, 0, 0],
  data: [0, 1, 0, 0],
  rate: [-1, 0, 0, 0],
  throughput: [-1, 1, 0, 0],
  money: [0, 0, 1, 0],
  moneyRate: [-1, 0, 1, 0],
  moneyPerData: [0, -1, 1, 0],
  temperature: [0, 0, 0, 1],
};
const byExponents: ReadonlyMap<string, Dimension> = new Map(
  Object.entries(exponents)
    .filter(([dimension]) => dimension !== 'count' && dimension !== 'ratio')
    .map(([dimension, powers]) => [powers.join(), dimension as Dimension]),
);
/** Seconds, bytes and dollars in the canonical unit: a money rate is canonical per hour, all else in seconds. */
const scales: Partial<Record<Dimension, number>> = { moneyRate: 1 / 3600 };

export type Outcome = Quantity | { readonly problem: 'wrong-dimension' | 'division-by-zero'; readonly message: string };

/** Adds or subtracts two quantities of the same dimension; counts and ratios mix. */
export function sum(left: Quantity, operator: '+' | '-', right: Quantity): Outcome {
  const amount = operator === '+' ? left.amount + right.amount : left.amount - right.amount;
  if (left.dimension === right.dimension) return { dimension: left.dimension, amount };
  if (isNumber(left) && isNumber(right)) return { dimension: 'ratio', amount };
  if (isZero(left)) return { dimension: right.dimension, amount };
  if (isZero(right)) return { dimension: left.dimension, amount };
  const verb = operator === '+' ? 'added to' : 'subtracted from';
  return {
    problem: 'wrong-dimension',
    message: `${capital(dimensionNames[right.dimension].name)} cannot be ${verb} ${dimensionNames[left.dimension].name}.`,
  };
}

/** Multiplies or divides two quantities, if the language has a dimension for the result. */
export function product(left: Quantity, operator: '*' | '/', right: Quantity): Outcome {
  if (operator === '/' && right.amount === 0) {
    return { problem: 'division-by-zero', message: 'This divides by zero.' };
  }
  const sign = operator === '*' ? 1 : -1;
  const powers = exponents[left.dimension].map((power, i) => power + sign * exponents[right.dimension][i]!);
  const dimension = powers.every((power) => power === 0) ? numberOf(left, right) : byExponents.get(powers.join());
  if (!dimension) {
    const verb = operator === '*' ? 'multiplied by' : 'divided by';
    return {
      problem: 'wrong-dimension',
      message: `${capital(dimensionNames[left.dimension].name)} cannot be ${verb} ${dimensionNames[right.dimension].name}.`,
    };
  }
  const [a, b] = [left.amount * scaleOf(left.dimension), right.amount * scaleOf(right.dimension)];
  return { dimension, amount: (operator === '*' ? a * b : a / b) / scaleOf(dimension) };
}

/** Whether the result without dimension is a count: of counts and ratios with a count in it, or of a rate times a time. */
function numberOf(left: Quantity, right: Quantity): Dimension {
  if (isNumber(left) && isNumber(right))
    return left.dimension === 'ratio' && right.dimension === 'ratio' ? 'ratio' : 'count';
  return left.dimension === right.dimension ? 'ratio' : 'count';
}

function isNumber({ dimension }: Quantity): boolean {
  return dimension === 'count' || dimension === 'ratio';
}

function isZero({ dimension, amount }: Quantity): boolean {
  return dimension === 'count' && amount === 0;
}

function scaleOf(dimension: Dimension): number {
  return scales[dimension] ?? 1;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
