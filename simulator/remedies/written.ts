/** Values of the model as they are written in the language. */
import type { Component, Connection, Dimension, Value } from '../../model/index.ts';

/** The properties of a component or connection as they are written; undefined if one of them cannot be. */
export function writtenProperties(
  owner: Pick<Component | Connection, 'properties'>,
): readonly (readonly [name: string, value: string])[] | undefined {
  const found: [string, string][] = [];
  for (const [name, { value }] of Object.entries(owner.properties)) {
    // A block is made by what is in it; an empty one is not worth a copy.
    if (value.type === 'block') continue;
    const text = writtenValue(value);
    if (text === undefined) return undefined;
    found.push([name, text]);
  }
  return found;
}

/** The flows of a connection: `reads 3, writes 0.5`; undefined where nothing is said. */
export function writtenFlows({ flows }: Pick<Connection, 'flows'>): string | undefined {
  if (flows.length === 0) return undefined;
  return flows
    .map(({ type, amount }) => {
      if (type === 'share') return `${plain((amount ?? 0) * 100)}%`;
      return amount === undefined ? type : `${type} ${plain(amount)}`;
    })
    .join(', ');
}

function writtenValue(value: Value): string | undefined {
  switch (value.type) {
    case 'quantity':
      return quantity(value.amount, value.dimension);
    case 'range': {
      const [from, to] = [quantity(value.from, value.dimension), quantity(value.to, value.dimension)];
      return from === undefined || to === undefined ? undefined : `${from}..${to}`;
    }
    case 'string':
      return JSON.stringify(value.text);
    case 'boolean':
      return String(value.value);
    case 'word':
      return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value.word) ? value.word : JSON.stringify(value.word);
    case 'reference':
      return value.path;
    case 'list': {
      const items = value.items.map(writtenValue);
      return items.every((item) => item !== undefined) ? `[${items.join(', ')}]` : undefined;
    }
    case 'block':
      return undefined;
  }
}

/** In a unit that keeps all digits short. */
function quantity(amount: number, dimension: Dimension): string | undefined {
  const units = unitsOf[dimension];
  const [unit, size] = units.find(([, least]) => Math.abs(amount) >= least) ?? units.at(-1) ?? ['', 1];
  const number = plain(amount / size);
  if (number.includes('e') || !Number.isFinite(amount)) return undefined;
  return dimension === 'money' || dimension === 'moneyRate' || dimension === 'moneyPerData'
    ? `$${number}${unit}`
    : number + unit;
}

const unitsOf: Readonly<Record<Dimension, readonly (readonly [string, number])[]>> = {
  time: [
    ['d', 86_400],
    ['h', 3600],
    ['s', 1],
    ['ms', 1e-3],
    ['us', 1e-6],
  ],
  data: [
    ['GB', 1e9],
    ['MB', 1e6],
    ['KB', 1e3],
    ['B', 1],
  ],
  rate: [['/s', 1]],
  throughput: [
    ['Gbps', 125e6],
    ['Mbps', 125e3],
    ['B/s', 1],
  ],
  ratio: [['%', 0.01]],
  money: [['', 1]],
  moneyRate: [['/h', 1]],
  moneyPerData: [['/GB', 1e-9]],
  count: [['', 1]],
  temperature: [['C', 1]],
};

/** Without the noise of binary fractions. */
function plain(number: number): string {
  return String(Number(number.toPrecision(12)));
}
