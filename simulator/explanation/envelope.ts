/** Explains storage, bandwidth and memory: the rates and sizes that they are products of. */
import { isInside, type Path, SECONDS_PER_YEAR, workingSetShare } from '../../model/index.ts';
import { loadsOf } from '../envelope/envelope.ts';
import { type Exchange, isAtTheEdge, unsized } from '../envelope/exchanges.ts';
import { workingSetsOf } from '../envelope/memory.ts';
import { type Inflow, inflowsOf } from '../envelope/storage.ts';
import type { Network } from '../network/network.ts';
import { computed, type ExplainedInput, type ExplainedTerm, type Explanation } from './explanation.ts';

type Answer = Explanation | { readonly why: string };

/** What a sum of products has in common. */
const sum = { divisors: [], addsUpTo: 'figure', notes: [], accuracy: { kind: 'exact' } } as const;

/** Bytes that are added in a year, in all copies: of a store, or of all stores in a container, or of all. */
export function explainStorage(network: Network, subject: Path | undefined): Answer {
  const all = inflowsOf(network, loadsOf(network, 1).mean, 1).filter(
    ({ need }) => need.retained !== undefined || subject === need.path || isGrowing(network, need.path),
  );
  const own = all.filter(({ need }) => subject === undefined || isInside(need.path, subject));
  const counted = own.length > 1 ? own.filter(({ need }) => need.retained === undefined) : own;
  const [only] = counted;
  if (!only) return { why: `${subject === undefined ? 'Nothing' : `'${subject}'`} stores no data.` };
  const known = counted.filter(({ need }) => bytesOf(need) !== undefined);
  if (known.length === 0) return { why: unknownSize(only) };
  const terms = known.length === 1 ? termsOf(known[0]!) : known.map(wholeTerm);
  const without = counted.filter((one) => !known.includes(one)).map(({ need }) => need.path);
  const isQueue = only.need.retained !== undefined;
  return {
    ...sum,
    figure: 'storage',
    ...(subject === undefined ? {} : { subject }),
    value: known.reduce((total, { need }) => total + (bytesOf(need) ?? 0), 0),
    dimension: 'data',
    formula: isQueue
      ? 'Σ messages per second × size × retention × copies, at the mean load'
      : 'Σ writes per second × size × seconds a year × copies, at the mean load',
    terms,
    notes: without.length > 0 ? [`Without ${without.join(', ')}: the size of a write is not declared.`] : [],
  };
}

function isGrowing(network: Network, path: Path): boolean {
  return network.stations[network.indexOf.get(path) ?? -1]?.component.kind !== 'queue';
}

function bytesOf({ perYearInAll, retained }: Inflow['need']): number | undefined {
  return perYearInAll ?? retained;
}

function wholeTerm({ need }: Inflow): ExplainedTerm {
  const factors = [computed('a year, all copies', bytesOf(need) ?? 0, 'data', `loadpath explain storage ${need.path}`)];
  return { name: need.path, factors };
}

function termsOf({ need, writes, growth, period }: Inflow): readonly ExplainedTerm[] {
  const rest = [
    computed('seconds', period, 'time', period === SECONDS_PER_YEAR ? 'a year of 365 days' : 'retention'),
    computed('copies', need.copies, 'count', 'replicas and read replicas'),
  ];
  if (growth) {
    const own = { name: 'growth', value: growth.perSecond, dimension: 'throughput', span: growth.span } as const;
    return [{ name: need.path, factors: [own, ...rest] }];
  }
  return writes.map((write) => ({
    name: write.id,
    factors: [...product(write, 'writes', 'at the mean load'), ...rest],
  }));
}

function unknownSize({ need, writes }: Inflow): string {
  const [first] = writes.filter(({ size }) => size === undefined);
  const where = first ? `, or 'payload' of the connection '${first.id}'` : '';
  return `The size of what is written to '${need.path}' is not known: declare its 'growth'${where}.`;
}

function product({ rate, size = 0, span }: Exchange, what: string, how: string): readonly ExplainedInput[] {
  const bytes = { name: 'size of each', value: size, dimension: 'data', ...(span ? { span } : {}) } as const;
  return [computed(what, rate, 'rate', how), bytes];
}

/** Bytes per second at peak: with the users, across the border of a data center, or of a component with its neighbours. */
export function explainBandwidth(network: Network, subject: Path | undefined): Answer {
  const exchanges = loadsOf(network, 1).peak.filter(({ to }) => to.kind !== 'dns');
  const own = exchanges.filter((exchange) => isOf(exchange, subject));
  const known = own.filter(({ size }) => size !== undefined);
  const unknown = unsized(own).map((id) => `'${id}'`);
  const what = subject === undefined ? 'the users' : `'${subject}'`;
  if (own.length === 0) return { why: `Nothing is exchanged with ${what}.` };
  if (known.length === 0)
    return { why: `How much is exchanged with ${what} is not known: declare 'payload' of ${unknown.join(', ')}.` };
  return {
    ...sum,
    figure: 'bandwidth',
    ...(subject === undefined ? {} : { subject }),
    value: known.reduce((total, { rate, size = 0 }) => total + rate * size, 0),
    dimension: 'throughput',
    formula: 'Σ over the connections: operations per second × size of request and answer, at peak',
    terms: known.map((one) => ({ name: one.id, factors: product(one, 'operations', 'at peak') })),
    notes: unknown.length > 0 ? [`Without ${unknown.join(', ')}, whose 'payload' is not declared.`] : [],
  };
}

function isOf(exchange: Exchange, subject: Path | undefined): boolean {
  if (subject === undefined) return isAtTheEdge(exchange);
  return isInside(exchange.from.path, subject) !== isInside(exchange.to.path, subject);
}

/** The working set of a cache. */
export function explainMemory(network: Network, subject: Path | undefined): Answer {
  const all = workingSetsOf(network, loadsOf(network, 1).mean);
  const own = all.filter(({ need }) => subject === undefined || isInside(need.path, subject));
  if (own.length === 0) {
    const what = subject === undefined ? 'any cache' : `'${subject}'`;
    return { why: `The working set of ${what} is not known: it takes the 'itemSize' of a cache that is read.` };
  }
  const share = {
    name: 'share worth keeping',
    value: workingSetShare.value,
    dimension: 'ratio',
    source: workingSetShare.source,
  } as const;
  const limited = own.filter(({ need }) => need.needed === need.contents);
  return {
    ...sum,
    figure: 'memory',
    ...(subject === undefined ? {} : { subject }),
    value: own.reduce((total, { need }) => total + need.needed, 0),
    dimension: 'data',
    formula: 'reads a day × size of an item × share worth keeping, at the mean load; at most all items there are',
    terms: own.map((one) => {
      const { path, readsPerDay, itemSize, needed } = one.need;
      const size = computed('size of an item', itemSize, 'data', 'itemSize, else the payload of the reads');
      const reads = computed('reads a day', readsPerDay, 'count', 'at the mean load');
      const items = computed('all items', needed / itemSize, 'count', 'declared');
      return { name: path, factors: limited.includes(one) ? [items, size] : [reads, size, share] };
    }),
    accuracy: { kind: 'approximate', why: 'the 80-20 rule is a rule of thumb' },
  };
}
