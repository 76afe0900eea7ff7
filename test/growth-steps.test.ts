/** The steps of `grow`, made in the text one after the other, lead to the model that they were computed with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyTextEdits, toTextEdits } from '../language/edits/index.ts';
import { parse } from '../language/index.ts';
import type { Architecture } from '../model/index.ts';
import { capacityOf, growthOf, withEdits } from '../simulator/index.ts';

const folder = join(import.meta.dirname, '..', 'examples', 'chapter');
const chapter = readdirSync(folder).filter((name) => name.endsWith('.arch'));

/** Components, and what flows between which, in no order. */
function outline({ components, connections, requests }: Architecture) {
  const arrow = ({ from, to, flows }: Architecture['connections'][number]) =>
    `${from} -> ${to} ${flows.map(({ type, amount }) => `${type} ${amount ?? ''}`).join()}`;
  return {
    components: components.map(({ kind, path, parent }) => `${kind} ${path} in ${parent ?? ''}`).sort(),
    connections: connections.map(arrow).sort(),
    requests: requests.map(({ name, overrides, connections: own }) => [
      name,
      overrides.map(({ component, properties }) => `${component} ${Object.keys(properties).join()}`).sort(),
      own.map(arrow).sort(),
    ]),
  };
}

async function follow(source: string): Promise<{ titles: readonly string[]; text: string }> {
  let text = source;
  let compilation = await parse(text);
  const { stages } = growthOf(compilation.architecture);
  const steps = stages.flatMap((stage) => stage.steps);
  for (const { edits, title } of steps) {
    const expected = withEdits(compilation.architecture, edits);
    text = applyTextEdits(text, toTextEdits(compilation, edits));
    compilation = await parse(text);
    expect(
      compilation.findings.map(({ message }) => message),
      `${title}\n${text}`,
    ).toEqual([]);
    expect(outline(compilation.architecture), title).toEqual(outline(expected));
    expect(capacityOf(compilation.architecture).scale / capacityOf(expected).scale, title).toBeCloseTo(1, 6);
  }
  return { titles: steps.map(({ title }) => title), text };
}

describe('of the chapter', () => {
  test.each(chapter)('%s', async (name) => {
    const { titles } = await follow(readFileSync(join(folder, name), 'utf8'));
    if (name.startsWith('01')) expect(titles[0]).toBe("Give each part of 'machine' a machine of its own");
  });

  test('a promise of more than one data center can keep', async () => {
    const text = readFileSync(join(folder, '08-stateless-tier.arch'), 'utf8');
    const grown = await follow(`${text}\nrequire availability >= 99.97%\n`);
    expect(grown.titles[0]).toBe('Put everything into a data center, and add a second one, with geoDNS in front');
    expect(grown.text).toContain('dataCenter main2 extends main');
    expect(grown.text).toContain('  main2.web.app { serviceTime: 310ms }');
  });

  test('the same where a data center is declared', async () => {
    const grown = await follow(`
users people { population: 10k, requests: 100/day, region: "eu-west-1" }
dataCenter us {
  region: "us-east-1"
  zones: 3
  loadBalancer lb { replicas: 3, cores: 2 }
  server app { replicas: 3, serviceTime: 20ms, sessions: none }
  database db { engine: mysql, readReplicas: 2, readTime: 1ms, writeTime: 1ms, failover { mode: automatic, time: 5s } }
  lb -> app
  app -> db : reads 1, writes 0.1
}
people -> us.lb
automation ship { builds: true, tests: true, deploys: [us] }
require availability >= 99.995%
`);
    expect(grown.titles[0]).toBe("Add a data center like 'us', with geoDNS in front");
    expect(grown.text).toContain('dataCenter us2 extends us { region: "eu-west-1" }');
    expect(grown.text).toContain('deploys: [us, us2]');
    expect(grown.text).toContain('people -> geo');
  });

  test('users far away get a data center near them, not more machines', async () => {
    const grown = await follow(`
users near { population: 10k, requests: 100/day, region: "us-east-1" }
users far { population: 10k, requests: 100/day, region: "eu-west-1" }
dataCenter us {
  region: "us-east-1"
  loadBalancer lb { replicas: 3, cores: 2 }
  server app { replicas: 30, serviceTime: 5ms, sessions: none }
  lb -> app
}
near -> us.lb
far -> us.lb
require p99 < 60ms
`);
    expect(grown.titles[0]).toBe("Add a data center like 'us', with geoDNS in front");
    expect(grown.text).toContain('dataCenter us2 extends us { region: "eu-west-1" }');
  });

  test('a tier that does not get faster with more replicas is split by the requests that it serves', async () => {
    const grown = await follow(`
users people { population: 10k, requests: 100/day }
loadBalancer lb { replicas: 3, cores: 8 }
server app { replicas: 2, serviceTime: 20ms, sessions: none, contention: 10% }
database db { engine: mysql, readReplicas: 2, readTime: 0.1ms, writeTime: 0.1ms }
people -> lb
lb -> app
app -> db : reads 1
request search {
  share: 30%
  app { serviceTime: 80ms }
}
`);
    expect(grown.titles).toContain("Split 'app': a service of its own for 'search'");
    expect(grown.text).toContain('  lb -> searchService');
  });
});
