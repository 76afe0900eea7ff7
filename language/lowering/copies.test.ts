import { describe, expect, it } from 'vitest';
import { printComponent, printConnection, printFinding, printProperties } from '../fixtures/plain.ts';
import { parse } from '../parse.ts';

async function clean(text: string): Promise<Awaited<ReturnType<typeof parse>>> {
  const compiled = await parse(text);
  expect(compiled.findings.map(printFinding)).toEqual([]);
  return compiled;
}

describe('extends', () => {
  it('copies what is inside, with its connections, and lets the body change it', async () => {
    const { architecture } = await clean(`database archive
dataCenter us {
  zones: 3
  loadBalancer lb
  tier web { server app { cores: 4, replicas: 2, autoscale { target: 60%, boot: 30s } } }
  lb -> app
  app -> archive : writes 1 { timeout: 1s }
}
dataCenter eu extends us {
  tier web { server app { cores: 8, autoscale { target: 70% } } }
  cache c
  lb -> c
  app -> archive : writes 2
}`);
    expect(architecture.components.map(printComponent)).toEqual([
      'database archive',
      'dataCenter us',
      'loadBalancer us.lb',
      'tier us.web',
      'server us.web.app',
      'dataCenter eu',
      'loadBalancer eu.lb *',
      'tier eu.web',
      'server eu.web.app',
      'cache eu.c',
    ]);
    const app = architecture.components.find(({ path }) => path === 'eu.web.app')!;
    expect(printProperties(app.properties)).toEqual({
      cores: '8 count',
      replicas: '2 count',
      autoscale: '{}',
      'autoscale.target': '0.7 ratio',
      'autoscale.boot': '30 time',
    });
    expect(architecture.connections.map(printConnection)).toEqual([
      'us.lb -> us.web.app',
      'us.web.app -> archive : writes 1',
      'eu.lb -> eu.web.app *',
      'eu.lb -> eu.c',
      'eu.web.app -> archive : writes 2',
    ]);
    expect(architecture.components.find(({ path }) => path === 'eu')!.extends).toBe('us');
  });

  it('points copies at the text they were copied from', async () => {
    const { architecture } = await clean('dataCenter us { server app }\ndataCenter eu extends us');
    const [original, copy] = architecture.components.filter(({ name }) => name === 'app');
    expect(copy!.span).toEqual(original!.span);
    expect(copy!.nameSpan.start).toMatchObject({ line: 0, character: 23 });
  });

  it('works along chains, across levels and of parts of other containers', async () => {
    const { architecture } = await clean(`server small { cores: 2, serviceTime: 5ms }
server large extends small { cores: 8 }
dataCenter us { server app extends large { replicas: 3 } }
dataCenter eu extends us
dataCenter ap extends eu { server app { replicas: 5 } }
server lab extends ap.app`);
    const of = (path: string): Record<string, string> =>
      printProperties(architecture.components.find((component) => component.path === path)!.properties);
    expect(of('eu.app')).toEqual({ cores: '8 count', serviceTime: '0.005 time', replicas: '3 count' });
    expect(of('ap.app')).toEqual({ cores: '8 count', serviceTime: '0.005 time', replicas: '5 count' });
    expect(of('lab')).toEqual(of('ap.app'));
  });

  it('keeps references outside, and those to the container itself inside of the copy', async () => {
    const { architecture } = await clean(`cache shared
dataCenter us { server a { sessions: shared }, server b
  a -> us.b, shared : reads 1
}
dataCenter eu extends us { a -> us.b }`);
    expect(architecture.connections.map(printConnection)).toEqual([
      'us.a -> us.b : reads 1',
      'us.a -> shared : reads 1',
      'eu.a -> eu.b : reads 1 *',
      'eu.a -> shared : reads 1 *',
      'eu.a -> us.b',
    ]);
  });

  it('means all copies by a name that several share', async () => {
    const { architecture } = await clean(`dns geo
dataCenter us { loadBalancer lb, database db }
dataCenter eu extends us
geo -> lb
lb -> db : calls 1
monitoring m { watches: [lb] }
require utilization of db < 70%`);
    expect(architecture.connections.map(({ id }) => id)).toEqual([
      'geo -> us.lb',
      'geo -> eu.lb',
      'us.lb -> us.db',
      'eu.lb -> eu.db',
    ]);
    expect(printProperties(architecture.components.at(-1)!.properties).watches).toBe('[→ us.lb, → eu.lb]');
    expect(architecture.requirements.map(({ of }) => of?.name)).toEqual(['us.db', 'eu.db']);
  });
});

describe('templates', () => {
  it('are not part of the architecture, what extends them is', async () => {
    const { architecture } = await clean(`template tier web "Web" { server app { cores: 4 }, cache c
  app -> c : reads 2
}
tier one extends web
tier two extends web { server app { cores: 8 } }`);
    expect(architecture.components.map(printComponent)).toEqual([
      'tier one',
      'server one.app *',
      'cache one.c *',
      'tier two',
      'server two.app',
      'cache two.c *',
    ]);
    expect(architecture.components[0]).toMatchObject({ title: 'Web' });
    expect(architecture.components[0]!.extends).toBe(undefined);
    expect(architecture.connections.map(printConnection)).toEqual([
      'one.app -> one.c : reads 2 *',
      'two.app -> two.c : reads 2 *',
    ]);
  });

  it('are checked although nobody extends them', async () => {
    const { findings } = await parse('template tier web { server app { core: 4 }, app -> nothing }');
    expect(findings.map(({ rule }) => rule)).toEqual(['unknown-property', 'unresolved-name']);
  });

  it('report a mistake once, however many copies there are', async () => {
    const { findings } = await parse(
      'template tier web { server app { cores: 4ms } }\ntier a extends web\ntier b extends web',
    );
    expect(findings.map(printFinding)).toEqual([
      "1:41 wrong-dimension: 'cores' expects a number such as 3, but '4ms' is a time.",
    ]);
  });
});

describe('the way back to the syntax', () => {
  it('leads from paths and connections to their statements', async () => {
    const compiled = await clean(
      'dataCenter us { server a, server b\n a -> b }\ndataCenter eu extends us { server a { cores: 2 } }',
    );
    expect(compiled.nodes.get('eu.b')?.$cstNode?.text).toBe('server b');
    expect(compiled.layers.get('eu.a')?.map((node) => node.$cstNode?.text)).toEqual([
      'server a',
      'server a { cores: 2 }',
    ]);
    expect(compiled.paths.get(compiled.nodes.get('us.a')!)).toEqual(['us.a', 'eu.a']);
    expect(compiled.connections.get('eu.a -> eu.b')?.node.$cstNode?.text).toBe('a -> b');
  });
});
