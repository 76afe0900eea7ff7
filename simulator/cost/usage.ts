/** What managed services charge for use: requests, storage, data, hours. */
import { amount, type CostLine, type PriceName, prices, type UnitPrice } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import { arrivalRateOf, rateOf } from '../steady/demand.ts';
import { linkRates } from '../steady/edges.ts';
import type { State } from '../steady/state.ts';
import { bytesThrough } from '../steady/transfers.ts';

/** The lines of a station's bill by the unit prices of its engine; without figures for what is used, no line. */
export function usageLines(state: State, station: Station): readonly CostLine[] {
  const names = station.engine?.prices ?? [];
  const own = station.component.kind === 'cdn' ? amount(station.component, 'pricePerGB') : undefined;
  const lines = names.flatMap((name) => {
    const units = unitsPerHour[name]?.(state, station);
    const price: UnitPrice = prices[name];
    if (units === undefined || !Number.isFinite(units.count)) return [];
    if (name === 'cloudfrontData' && own !== undefined) return [];
    return [line(station, units, price)];
  });
  if (own === undefined) return lines;
  const bytes = deliveredBytes(state, station);
  if (bytes === undefined) return lines;
  return [
    {
      path: station.path,
      perHour: own * bytes * SECONDS,
      why: `${gigabytes(bytes * SECONDS)}/h delivered, price as declared`,
    },
    ...lines,
  ];
}

interface Units {
  /** Per hour, in the unit of the price. */
  readonly count: number;
  /** What they are, for the explanation. */
  readonly what: string;
}

type Counter = (state: State, station: Station) => Units | undefined;

const SECONDS = 3600;
const GB = 1e9;

const stored: Counter = (_, { component }) => {
  const size = amount(component, 'size');
  return size === undefined ? undefined : { count: size, what: `${gigabytes(size)} stored` };
};
const hours: Counter = (state, { index }) => {
  const replicas = state.replicas[index]!;
  return { count: replicas, what: replicas === 1 ? 'one' : String(replicas) };
};
const requests =
  (kinds: readonly number[], each = 1): Counter =>
  (state, { index }) => {
    const rate = kinds.reduce((sum, kind) => sum + rateOf(state.network, state.rates, index, kind), 0) * each;
    return { count: rate * SECONDS, what: `${Math.round(rate * SECONDS).toLocaleString('en-US')} requests/h` };
  };
const all = [operation.call, operation.read, operation.write, operation.static, operation.message];
const reading = [operation.call, operation.read, operation.static];
const writing = [operation.write, operation.message];
/** A message is sent, received and deleted: three requests. */
const MESSAGE_REQUESTS = 3;

/** How many units of each price a station uses in an hour. */
const unitsPerHour: Readonly<Partial<Record<PriceName, Counter>>> = {
  albHour: hours,
  nlbHour: hours,
  classicElbHour: hours,
  route53Zone: () => ({ count: 1, what: 'one zone' }),
  albCapacityUnit: balancedData,
  nlbCapacityUnit: balancedData,
  apiGatewayRequest: requests(all),
  lambdaRequest: requests(all),
  lambdaDuration,
  stepFunctionsTransition: (state, station) => requests(all, amount(station.component, 'steps') ?? 1)(state, station),
  s3Storage: stored,
  s3Read: requests(reading),
  s3Write: requests(writing),
  ebsGp3Storage: stored,
  efsStorage: stored,
  rdsStorage: stored,
  auroraStorage: stored,
  auroraOperation: requests(all),
  dynamodbStorage: stored,
  dynamodbRead: requests(reading),
  dynamodbWrite: requests([...writing, operation.apply]),
  sqsRequest: requests(all, MESSAGE_REQUESTS),
  sqsFifoRequest: requests(all, MESSAGE_REQUESTS),
  cloudfrontRequest: requests(all),
  cloudfrontData: (state, station) => {
    const bytes = deliveredBytes(state, station);
    return bytes === undefined
      ? undefined
      : { count: bytes * SECONDS, what: `${gigabytes(bytes * SECONDS)}/h delivered` };
  },
};

function line({ path }: Station, { count, what }: Units, price: UnitPrice): CostLine {
  return { path, perHour: count * price.amount, why: `${price.title}: ${what}`, source: price.source };
}

/** One capacity unit carries 1 GB an hour; connections and rules are not known and left out. */
function balancedData(state: State, { index }: Station): Units | undefined {
  const bytes = bytesThrough(state, index) / 2;
  return bytes > 0 ? { count: (bytes * SECONDS) / GB, what: `${gigabytes(bytes * SECONDS)}/h` } : undefined;
}

function lambdaDuration(state: State, station: Station): Units | undefined {
  const memory = amount(station.component, 'memory');
  if (memory === undefined || station.unknown.length > 0) return undefined;
  const classes = state.network.classes.length;
  let busy = 0;
  for (let kind = 0; kind < operationCount; kind++)
    for (let index = 0; index < classes; index++) {
      const rate = state.rates[(station.index * operationCount + kind) * classes + index]!;
      if (rate > 0) busy += rate * station.service[index * operationCount + kind]!;
    }
  return {
    count: busy * memory * SECONDS,
    what: `${(Math.round(busy * 100) / 100).toLocaleString('en-US')} busy on average`,
  };
}

/** Bytes per second to users: by the payload of each connection, else of the CDN's files. */
function deliveredBytes(state: State, station: Station): number | undefined {
  const fallback = amount(station.component, 'payload');
  const rates = linkRates(state);
  let bytes = 0;
  for (const [number, link] of state.network.connections.entries()) {
    if (link.to !== station.index || rates[number] === 0) continue;
    const payload = link.payload ?? fallback;
    if (payload === undefined) return undefined;
    bytes += rates[number]! * payload;
  }
  return arrivalRateOf(state.network, state.rates, station.index) > 0 ? bytes : 0;
}

function gigabytes(bytes: number): string {
  const amountInGB = bytes / GB;
  return `${amountInGB >= 100 ? Math.round(amountInGB).toLocaleString('en-US') : Number(amountInGB.toPrecision(3))} GB`;
}
