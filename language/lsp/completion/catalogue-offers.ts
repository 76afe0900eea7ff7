/** Names from the catalogue with what matters for the choice. */
import {
  type Engine,
  engineKinds,
  engines,
  type InstanceType,
  instances,
  type KindName,
  regions,
} from '../../../model/index.ts';
import { describeEngine, describeInstance, instancePrice, instanceSize } from '../catalogue-docs.ts';
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

function engineOffer(engine: Engine): Offer {
  return { label: engine.name, kind: 'value', detail: engine.title, doc: describeEngine(engine), rank: 1 };
}

function instanceOffer(instance: InstanceType, rank: number): Offer {
  const detail = [instanceSize(instance), instancePrice(instance)].filter(Boolean).join(', ');
  const { name } = instance;
  return { label: name, kind: 'value', detail, doc: describeInstance(instance), insert: `"${name}"`, rank };
}
