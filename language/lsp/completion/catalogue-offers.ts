/** Names from the catalogue with what matters for the choice. */
import {
  type Engine,
  engineKinds,
  engines,
  formatQuantity,
  getSource,
  type InstanceType,
  instances,
  type KindName,
  regions,
} from '../../../model/index.ts';
import type { Frame } from './context.ts';
import type { Offer } from './offer.ts';

export function catalogueOffers(
  table: 'engines' | 'instances' | 'regions',
  frames: readonly Frame[],
): readonly Offer[] {
  const kind = frames.findLast((frame) => frame.type === 'declaration')?.kind;
  switch (table) {
    case 'engines':
      return engines.filter(({ kinds }) => fits(kinds, kind)).map(engineOffer);
    case 'instances': {
      const purpose = kind === 'database' || kind === 'cache' ? kind : 'compute';
      return instances.map((instance) => instanceOffer(instance, instance.purpose === purpose ? 1 : 2));
    }
    case 'regions':
      return regions.map(({ name, provider }) => ({
        label: name,
        kind: 'value',
        detail: provider,
        insert: `"${name}"`,
        rank: 1,
      }));
  }
}

function fits(kinds: Engine['kinds'], kind: string | undefined): boolean {
  const known = engineKinds.find((each): each is (typeof engineKinds)[number] & KindName => each === kind);
  return known === undefined || kinds.includes(known);
}

function engineOffer({ name, title, managed, model, availability, serviceTimes }: Engine): Offer {
  const facts = [
    managed ? 'A provider runs it.' : 'You run it yourself.',
    model ? `Data model: ${model}.` : '',
    availability ? `Promised availability: ${formatQuantity(availability.value, 'ratio')}.` : '',
    serviceTimes?.read ? `CPU time of a read: ${formatQuantity(serviceTimes.read.value, 'time')}.` : '',
    serviceTimes?.write ? `CPU time of a write: ${formatQuantity(serviceTimes.write.value, 'time')}.` : '',
  ];
  return {
    label: name,
    kind: 'value',
    detail: title,
    doc: `**${title}**\n\n${facts.filter(Boolean).join(' ')}`,
    rank: 1,
  };
}

function instanceOffer(
  { name, cores, memory, network, price, source, priceSource }: InstanceType,
  rank: number,
): Offer {
  const size = `${cores} vCPU, ${formatQuantity(memory, 'data')}`;
  const cost = price === undefined ? undefined : formatQuantity(price, 'moneyRate');
  const facts = [
    `**${name}** · ${size}`,
    network === undefined ? '' : `Network: ${formatQuantity(network, 'throughput')}.`,
    cost ? `Price: ${cost} ($${price}/h).` : 'The catalogue has no price for it.',
    `Source: ${getSource(priceSource ?? source).title}`,
  ];
  return {
    label: name,
    kind: 'value',
    detail: cost ? `${size}, ${cost}` : size,
    doc: facts.filter(Boolean).join('\n\n'),
    insert: `"${name}"`,
    rank,
  };
}
