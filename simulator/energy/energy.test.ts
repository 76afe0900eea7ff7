import { describe, expect, test } from 'vitest';
import { architecture, component, connect, type Parts, type Properties } from '../testing.ts';
import { energyOf } from './energy.ts';

/** Ten requests per second at the mean, thirty at peak. */
const people = component('users', 'people', { rate: 10, peak: 3 });

function site(center: Properties, parts: Parts): Parts {
  return {
    components: [people, component('dataCenter', 'us', center), ...(parts.components ?? [])],
    connections: parts.connections ?? [],
  };
}

describe('the power of machines', () => {
  test('idle cores, busy cores at the mean load, memory', () => {
    const app = component('server', 'us.app', { replicas: 2, cores: 4, memory: 8e9, serviceTime: 0.1 });
    const { places } = energyOf(
      architecture(site({ pue: 1.5 }, { components: [app], connections: [connect('people', 'us.app')] })),
    );
    // One of eight cores is busy.
    const power = 8 * 0.74 + 1 * (3.5 - 0.74) + 16 * 0.392;
    expect(places).toEqual([
      {
        path: 'us',
        power: expect.closeTo(power, 9),
        pue: 1.5,
        pueFrom: 'declared',
        energy: expect.closeTo((power / 1000) * 8760 * 1.5, 9),
      },
    ]);
  });

  test('more than its cores cannot be busy', () => {
    const app = component('server', 'us.app', { cores: 2, serviceTime: 9 });
    const { places } = energyOf(
      architecture(site({}, { components: [app], connections: [connect('people', 'us.app')] })),
    );
    expect(places[0]!.power).toBeCloseTo(2 * 3.5, 9);
  });

  test('of an engine on one thread the other core is idle', () => {
    const cache = component('cache', 'us.hot', { engine: 'redis', cores: 2 });
    expect(energyOf(architecture(site({}, { components: [cache] }))).places[0]!.power).toBeCloseTo(2 * 0.74, 9);
  });

  test('parts of a host share its machine', () => {
    const components = [
      component('host', 'us.box', { cores: 4 }),
      component('server', 'us.box.app', { serviceTime: 0.1 }),
      component('database', 'us.box.db', { serviceTime: 0.05, size: 1e12 }),
    ];
    const connections = [connect('people', 'us.box.app'), connect('us.box.app', 'us.box.db', 'reads 2')];
    const [place] = energyOf(architecture(site({}, { components, connections }))).places;
    expect(place!.power).toBeCloseTo(4 * 0.74 + 2 * 2.76 + 1.2, 9);
  });
});

test('disks: own copies on SSD, those of a provider as it keeps them', () => {
  const components = [
    component('database', 'us.db', { readReplicas: 2, size: 1e12, cores: 1 }),
    component('storage', 'us.files', { engine: 's3', size: 10e12 }),
  ];
  const { places, unknown } = energyOf(architecture(site({}, { components })));
  expect(places[0]!.power).toBeCloseTo(3 * 0.74 + 3 * 1.2 + 3 * 10 * 0.65, 9);
  expect(unknown).toEqual([]);
});

test('what a provider runs is named, not guessed', () => {
  const components = [
    component('queue', 'us.jobs', { engine: 'sqs' }),
    component('function', 'us.resize'),
    component('cdn', 'edge', { provider: 'cloudfront' }),
  ];
  const result = energyOf(architecture(site({}, { components })));
  expect(result).toMatchObject({ places: [], energy: 0, unknown: ['us.jobs', 'us.resize', 'edge'] });
  expect(result.carbon).toBe(undefined);
});

describe('buildings and grids', () => {
  const placeAt = (center: Properties) =>
    energyOf(architecture(site(center, { components: [component('server', 'us.app', { cores: 100 })] }))).places[0]!;

  test('declared, of the provider of the region, or the average', () => {
    expect(placeAt({ pue: 1.2, region: 'us-east-1' })).toMatchObject({ pue: 1.2, pueFrom: 'declared' });
    expect(placeAt({ region: 'us-east-1' })).toMatchObject({ pue: 1.135, pueFrom: 'provider' });
    expect(placeAt({ region: 'europe-west1' })).toMatchObject({ pue: 1.1, intensity: 0.10337 });
    expect(placeAt({})).toMatchObject({ pue: 1.58, pueFrom: 'average' });
    expect(placeAt({}).carbon).toBe(undefined);
  });

  test('the same machines cause less carbon where the grid has less', () => {
    const [sweden, mumbai] = [placeAt({ region: 'eu-north-1' }), placeAt({ region: 'ap-south-1' })];
    expect(sweden.energy).toBe(mumbai.energy);
    expect(mumbai.carbon! / sweden.carbon!).toBeCloseTo(0.708 / 0.008, 9);
  });

  test('a degree more saves at most a share of the energy for cooling, up to the recommended range', () => {
    const { saving, power } = placeAt({ pue: 1.5, temperature: 25 });
    const overhead = (power / 1000) * 8760 * 0.5;
    expect(saving).toEqual({
      temperature: 25,
      to: 27,
      least: expect.closeTo(overhead * (1 - (1 - 0.036) ** 2), 9),
      most: expect.closeTo(overhead * (1 - (1 - 0.072) ** 2), 9),
    });
    expect(placeAt({ pue: 1.5, temperature: 27 }).saving).toBe(undefined);
    expect(placeAt({ pue: 1.5 }).saving).toBe(undefined);
  });
});

test('twice the load makes more cores busy, and no more machines', () => {
  const design = architecture(
    site(
      { pue: 1 },
      {
        components: [component('server', 'us.app', { cores: 8, serviceTime: 0.1 })],
        connections: [connect('people', 'us.app')],
      },
    ),
  );
  const [once, twice] = [energyOf(design), energyOf(design, { scale: 2 })];
  expect(twice.energy - once.energy).toBeCloseTo((2.76 / 1000) * 8760, 9);
});
