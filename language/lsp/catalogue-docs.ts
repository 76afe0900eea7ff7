/** What completion and hover say about engines, instance types and regions: the figures of the catalogue, each with its source. */
import {
  digits,
  type Engine,
  type Figure,
  type FigureRange,
  findRegion,
  formatQuantity,
  getSource,
  type InstanceType,
  type ServiceTimes,
  type SourceId,
} from '../../model/index.ts';

/** An engine with every figure that the simulator takes from it. */
export function describeEngine(engine: Engine): string {
  const { title, managed, model, availability, serviceTimes, failoverTime } = engine;
  const figures = [
    ...Object.entries(serviceTimes ?? {}).map(([operation, figure]) =>
      figureLine(operationNames[operation as keyof ServiceTimes], figure, 'time'),
    ),
    ...(availability ? [figureLine('Promised availability', availability, 'ratio')] : []),
    ...(failoverTime ? [failoverLine(failoverTime)] : []),
  ];
  const run = managed ? 'A provider runs it.' : 'You run it yourself.';
  return [`**${title}**`, model ? `${run} Data model: ${model}.` : run, figures.join('\n')]
    .filter(Boolean)
    .join('\n\n');
}

const operationNames: Readonly<Record<keyof ServiceTimes, string>> = {
  read: 'CPU time of a read',
  write: 'CPU time of a write',
  request: 'CPU time of a request',
  encryptedRequest: 'CPU time of a request with TLS',
  publish: 'CPU time of publishing a message',
  consume: 'CPU time of consuming a message',
};

function figureLine(name: string, { value, source, note }: Figure, dimension: 'time' | 'ratio'): string {
  return `- ${name}: ${formatQuantity(value, dimension)} ${sourceText(source)}${note ? `. ${note}` : ''}`;
}

function failoverLine({ from, to, source }: FigureRange): string {
  const time = from === to ? [from] : [from, to];
  return `- Failover takes ${time.map((each) => formatQuantity(each, 'time')).join(' to ')} ${sourceText(source)}`;
}

/** `(title, 2016)`, with a link where there is one. */
function sourceText(id: SourceId): string {
  const { title, url, date } = getSource(id);
  const text = date ? `${title}, ${date}` : title;
  return `(${url ? `[${text}](${url})` : text})`;
}

const GIBIBYTE = 2 ** 30;
const BITS_PER_BYTE = 8;

/** `2 vCPU, 8 GiB`: memory as providers count it. */
export function instanceSize({ cores, memory }: InstanceType): string {
  return `${cores} vCPU, ${digits(memory / GIBIBYTE)} GiB`;
}

/** `$70.08/month`; undefined where the catalogue has none. */
export function instancePrice({ price }: InstanceType): string | undefined {
  return price === undefined ? undefined : formatQuantity(price, 'moneyRate');
}

/** An instance type with size, network and price, and where they come from. */
export function describeInstance(instance: InstanceType): string {
  const { name, network, price, source, networkSource, priceSource } = instance;
  const cost = instancePrice(instance);
  return [
    `**${name}** · ${instanceSize(instance)} ${sourceText(source)}`,
    network === undefined
      ? ''
      : `Network: ${digits((network * BITS_PER_BYTE) / 1e9)} Gbps sustained ${sourceText(networkSource ?? source)}.`,
    cost ? `Price: ${cost} ($${price}/h) ${sourceText(priceSource ?? source)}.` : 'The catalogue has no price for it.',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Who offers a region; undefined where the catalogue does not know it. */
export function describeRegion(name: string): string | undefined {
  const region = findRegion(name);
  return region && `**${name}** · ${providerNames[region.provider]}\n\nIts place decides the round-trip times.`;
}

const providerNames = {
  aws: 'Amazon Web Services',
  google: 'Google Cloud',
  azure: 'Microsoft Azure',
  ibm: 'IBM Cloud',
};
