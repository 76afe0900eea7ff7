/** The call hierarchy, asked as a client asks, without one. */
import { expect, it } from 'vitest';
import { open, textIn } from './testing.ts';

const shop = `users visitors { rate: 100/s }
dataCenter us {
  loadBalancer lb { replicas: 2 }
  server app { replicas: 4, cores: 4, serviceTime: 5ms }
  database orders { engine: mysql }
  lb -> app
  app -> orders : reads 2, writes 0.5
}
dataCenter eu extends us { }
visitors -> us.lb : 75%
visitors -> eu.lb
request buy { share: 10%, us.app -> us.orders : writes 4 }
`;

async function ask(marked: string, files: Readonly<Record<string, string>> = {}) {
  const opened = await open(marked, files);
  const provider = opened.arch.lsp.CallHierarchyProvider!;
  const items = (await provider.prepareCallHierarchy(opened.document, opened.at)) ?? [];
  const [item] = items;
  return {
    opened,
    item,
    incoming: item && (await provider.incomingCalls({ item })),
    outgoing: item && (await provider.outgoingCalls({ item })),
  };
}

function at(piece: string): string {
  expect(shop).toContain(piece);
  return shop.replace(piece, `<|>${piece}`);
}

it('shows who calls a component and whom it calls, with rates and flows', async () => {
  const { opened, item, incoming, outgoing } = await ask(at('app { replicas'));
  expect(item).toMatchObject({ name: 'us.app', detail: '75/s' });
  expect(textIn(opened, item!.selectionRange)).toBe('app');
  expect(incoming!.map(({ from }) => [from.name, from.detail])).toEqual([['us.lb', '75/s']]);
  expect(incoming![0]!.fromRanges.map((range) => textIn(opened, range))).toEqual(['lb -> app']);
  const [call] = outgoing!;
  // 67.5/s of the default class with 2.5 operations each, and 7.5/s of `buy` with 4.
  expect(call!.to).toMatchObject({ name: 'us.orders', detail: '199/s · reads 2, writes 0.5, writes 4' });
  expect(call!.fromRanges.map((range) => textIn(opened, range))).toEqual([
    'app -> orders : reads 2, writes 0.5',
    'us.app -> us.orders : writes 4',
  ]);
});

it('begins at a use too, and there means the copy that is written', async () => {
  const { item, incoming } = await ask(at('eu.lb').replace('<|>eu.', 'eu.<|>'));
  expect(item).toMatchObject({ name: 'eu.lb', detail: '25/s' });
  expect(incoming!.map(({ from }) => [from.name, from.detail])).toEqual([['visitors', '25/s']]);
  const { incoming: shared } = await ask(at('lb { replicas'));
  expect(shared!.map(({ from }) => [from.name, from.detail])).toEqual([['visitors', '75/s · 75%']]);
});

it('goes on through files that are imported', async () => {
  const { incoming } = await ask('import "./parts.arch"\nusers u { rate: 10/s }\nu -> <|>app', {
    'parts.arch': 'server app { serviceTime: 1ms }',
  });
  expect(incoming!.map(({ from, fromRanges }) => [from.name, from.detail, fromRanges.length])).toEqual([
    ['u', '10/s', 1],
  ]);
});

it('has nothing for what is no component, and nothing when it is switched off', async () => {
  expect((await ask(at('serviceTime'))).item).toBeUndefined();
  expect((await ask(at('buy {'))).item).toBeUndefined();
  expect((await ask('template server <|>small\nserver app extends small')).item).toBeUndefined();
  const opened = await open(at('app { replicas'));
  opened.arch.lsp.Settings.update({ callHierarchy: { enabled: false } });
  const provider = opened.arch.lsp.CallHierarchyProvider!;
  expect(await provider.prepareCallHierarchy(opened.document, opened.at)).toBeUndefined();
});
