import { describe, expect, it } from 'vitest';
import * as catalogue from './index.ts';
import {
  dataOutTiers,
  engineKinds,
  engineNames,
  engines,
  estimateRoundTrip,
  failoverTimes,
  findEngine,
  findInstance,
  findRegion,
  hoursPerMonth,
  instances,
  largestInstance,
  prices,
  recommendedInletTemperature,
  regionNames,
  regionRoundTrips,
  regions,
  roundTrip,
  serviceLevels,
  sources,
  storageTimings,
} from './index.ts';

/** Every record below a table, with the path that leads to it. */
function records(value: unknown, path: string): { readonly path: string; readonly record: Record<string, unknown> }[] {
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Record<string, unknown>;
  const below = Object.entries(record).flatMap(([key, child]) => records(child, `${path}.${key}`));
  return [{ path, record }, ...below];
}

const tables = Object.entries(catalogue).filter(([name, value]) => name !== 'sources' && typeof value === 'object');
const all = tables.flatMap(([name, value]) => records(value, name));
const duplicates = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

describe('sources', () => {
  it('names an existing source for every figure', () => {
    const named = all.flatMap(({ path, record }) =>
      Object.entries(record)
        .filter(([key, value]) => /^source$|Source$/.test(key) && typeof value === 'string')
        .map(([key, value]) => ({ path: `${path}.${key}`, id: String(value) })),
    );
    expect(named.length).toBeGreaterThan(300);
    expect(named.filter(({ id }) => !(id in sources))).toEqual([]);
    expect(regionRoundTrips.filter(([, , , id]) => !(id in sources))).toEqual([]);
  });

  it('leaves no number without a source beside it', () => {
    const bare = all.filter(
      ({ record }) =>
        !Array.isArray(record) &&
        Object.values(record).some((value) => typeof value === 'number') &&
        !('source' in record),
    );
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it('gives network, price and baseline of an instance type their own source', () => {
    for (const field of ['network', 'price', 'baseline'] as const) {
      const wrong = instances.filter((one) => (one[field] === undefined) !== (one[`${field}Source`] === undefined));
      expect(wrong.filter((one) => one[field] !== undefined).map((one) => one.name)).toEqual([]);
    }
  });

  it('is used wherever it is declared', () => {
    const text = JSON.stringify([tables, estimateRoundTrip('us-east-1', 'eu-west-3')]);
    expect(Object.keys(sources).filter((id) => !text.includes(`"${id}"`))).toEqual([]);
  });

  it('says how a figure was derived', () => {
    const derived = Object.entries(sources).filter(([, source]) => source.confidence === 'derived');
    expect(derived.filter(([, source]) => !('note' in source)).map(([id]) => id)).toEqual([]);
  });

  it('can be opened, but for a book and for what is computed from other sources', () => {
    const computed = ['rds-size-pattern', 'elasticache-size-pattern', 'fibre', 'server-availability'];
    const closed = Object.entries(sources).filter(([, source]) => !('url' in source));
    expect(closed.map(([id]) => id).toSorted()).toEqual([...computed, 'hennessy-patterson'].toSorted());
  });
});

describe('numbers', () => {
  it('are finite, and positive except for coordinates', () => {
    const wrong = all.flatMap(({ path, record }) =>
      Object.entries(record)
        .filter(
          ([key, value]) =>
            typeof value === 'number' && !/^(latitude|longitude)$/.test(key) && !(value > 0 && value < Infinity),
        )
        .map(([key]) => `${path}.${key}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep fractions at most one', () => {
    expect(Object.values(serviceLevels).filter(({ value }) => value > 1 || value < 0.99)).toEqual([]);
    expect(instances.filter(({ baseline = 1 }) => baseline > 1)).toEqual([]);
  });

  it('order ranges and tiers', () => {
    expect(Object.values(failoverTimes).filter(({ from, to }) => from > to)).toEqual([]);
    expect(recommendedInletTemperature).toMatchObject({ from: 18, to: 27 });
    const amounts = dataOutTiers.map(({ amount }) => amount);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
  });
});

describe('names', () => {
  it('are unique in each table', () => {
    expect(duplicates(instances.map(({ name }) => name))).toEqual([]);
    expect(duplicates(engines.map(({ name }) => name))).toEqual([]);
    expect(duplicates(regionNames)).toEqual([]);
    for (const engine of engines) expect(duplicates((engine.limits ?? []).map(({ name }) => name))).toEqual([]);
  });

  it('of engines are words of the language, those of instances and regions fit into a string', () => {
    expect(engines.filter(({ name }) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))).toEqual([]);
    const quoted = [...instances.map(({ name }) => name), ...regionNames];
    expect(quoted.filter((name) => !/^[a-z0-9.-]+$/.test(name))).toEqual([]);
  });

  it('find what they name', () => {
    expect(findInstance('m5.large')).toMatchObject({ cores: 2, memory: 8 * 2 ** 30, price: 0.096 });
    expect(findInstance('m5.larg')).toBeUndefined();
    expect(findEngine('redis')?.coresUsed?.value).toBe(1);
    expect(findEngine('Redis')).toBeUndefined();
    expect(findRegion('eu-west-1')?.provider).toBe('aws');
  });
});

describe('instance types', () => {
  const price = (name: string) => findInstance(name)?.price ?? Number.NaN;

  it('cost 32 times as much from m5.large to m5.16xlarge', () => {
    expect(price('m5.16xlarge') / price('m5.large')).toBeCloseTo(32, 9);
  });

  it('cost in proportion to their vCPUs within a family that is not burstable', () => {
    const families = Map.groupBy(
      instances.filter(({ name, price }) => price && !/^(.+\.)?t\d/.test(name)),
      ({ family }) => family,
    );
    let compared = 0;
    for (const [family, sizes] of families) {
      for (const size of sizes) {
        const first = sizes[0]!;
        const expected = (first.price! * size.cores) / first.cores;
        expect(size.price! / expected, `${size.name} against ${first.name} of ${family}`).toBeCloseTo(1, 2);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  it('double in price with each size of t3', () => {
    for (const [small, large] of [
      ['nano', 'micro'],
      ['micro', 'small'],
      ['small', 'medium'],
      ['medium', 'large'],
      ['large', 'xlarge'],
    ]) {
      expect(price(`t3.${large}`) / price(`t3.${small}`)).toBeCloseTo(2, 9);
    }
  });

  it('agree with the monthly costs that were published, over 730 hours', () => {
    expect(price('db.t3.large') * hoursPerMonth.value).toBeCloseTo(99.28, 2);
    expect(price('db.m5.large') * hoursPerMonth.value).toBeCloseTo(124.83, 2);
    expect(price('db.r5.xlarge') * hoursPerMonth.value).toBeCloseTo(350.4, 2);
    expect(price('cache.m4.large') * 2 * hoursPerMonth.value).toBeCloseTo(227.76, 2);
    expect(price('cache.m6g.12xlarge') * hoursPerMonth.value).toBeCloseTo(2596.61, 2);
    expect(price('cache.r5.4xlarge') * 3 * hoursPerMonth.value).toBeCloseTo(3775.56, 2);
  });

  it('end somewhere', () => {
    expect(largestInstance('compute', 'cores')?.name).toBe('u7inh-32tb.480xlarge');
    expect(largestInstance('database', 'cores')?.cores).toBe(128);
    expect(largestInstance('database', 'memory')?.name).toBe('db.x2iedn.32xlarge');
    expect(largestInstance('cache', 'memory')?.name).toBe('cache.r5.24xlarge');
  });
});

describe('unit prices', () => {
  it('agree with the monthly costs that were published', () => {
    const gigabyteMonths = (count: number) => count * 1e9 * hoursPerMonth.value;
    expect(prices.natGatewayHour.amount * hoursPerMonth.value).toBeCloseTo(32.85, 2);
    expect(prices.ebsGp3Storage.amount * gigabyteMonths(40)).toBeCloseTo(3.2, 9);
    expect(prices.rdsStorage.amount * gigabyteMonths(20)).toBeCloseTo(2.3, 9);
    expect(prices.dynamodbWrite.amount * 3e6).toBeCloseTo(3.75, 9);
    expect(prices.dataBetweenZones.amount * 2000e9).toBeCloseTo(20, 9);
    expect((prices.lambdaDuration.amount * 1e9).toPrecision(6)).toBe('0.0000166667');
  });

  it('make the published bill of 57 000 GB out of us-east-1', () => {
    let from = 0;
    let bill = 0;
    for (const { upTo = Infinity, amount } of dataOutTiers) {
      const to = Math.min(upTo, 57_000e9);
      bill += Math.max(0, to - from) * amount;
      from = to;
    }
    expect(bill).toBeCloseTo(921.6 + 3481.6 + 406, 2);
  });
});

describe('promises', () => {
  const level = (name: keyof typeof serviceLevels) => serviceLevels[name].value;
  const atLeast = (needed: number, of: number, each: number) => {
    let sum = 0;
    for (let up = needed; up <= of; up++) sum += choose(of, up) * each ** up * (1 - each) ** (of - up);
    return sum;
  };
  const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

  it('multiply in series to the published products', () => {
    const web = level('loadBalancer') * level('ec2MultiZone') * level('rdsMultiZone');
    expect(web).toBeCloseTo(0.99930011, 7);
    expect((1 - web) * 43_830).toBeCloseTo(30.7, 1);
    expect(level('cloudfront') * level('s3') * web).toBeCloseTo(0.99730251, 7);
    expect(level('apiGateway') * level('lambda') * level('dynamodb')).toBeCloseTo(0.99890035, 7);
  });

  it('fail in parallel only together', () => {
    const one = level('ec2Instance');
    expect(atLeast(1, 2, one)).toBeCloseTo(0.999975, 9);
    expect(atLeast(2, 3, one)).toBeCloseTo(0.99992525, 8);
    expect(atLeast(3, 5, one)).toBeCloseTo(0.9999987594, 9);
    expect(one * one).toBeLessThan(0.991);
  });
});

describe('engines', () => {
  it('exist for every kind that has one', () => {
    for (const kind of engineKinds) expect(engineNames(kind).length, kind).toBeGreaterThan(0);
    expect(engineNames('cache')).toContain('memcached');
    expect(engineNames('cache')).not.toContain('mysql');
  });

  it('join tables exactly where they are relational, as far as is known', () => {
    const databases = engines.filter(({ kinds, joins }) => kinds.includes('database') && joins !== undefined);
    expect(databases.filter(({ model, joins }) => (model === 'relational') !== joins)).toEqual([]);
    expect(engines.filter(({ kinds, model }) => kinds.includes('database') && !model)).toEqual([]);
  });

  it('turn service times back into the published throughput', () => {
    const perSecond = (name: string, operation: 'read' | 'request' | 'publish') =>
      1 / (findEngine(name)?.serviceTimes?.[operation]?.value ?? Number.NaN);
    expect(perSecond('redis', 'read')).toBeCloseTo(100_000, 3);
    expect(perSecond('nginx', 'request')).toBeCloseTo(74_091, 3);
    expect(perSecond('haproxy', 'request') * 64).toBeCloseTo(2_040_000, 3);
    expect(perSecond('kafka', 'publish') * 18).toBeCloseTo(2_024_032, 3);
    expect((1 / perSecond('sqlServer', 'read')) * 1000).toBeCloseTo(1.203, 3);
    expect(perSecond('mysql', 'read') * 96).toBeCloseTo(1_800_000, 3);
    expect(perSecond('rabbitmq', 'publish')).toBeCloseTo(88_534, 3);
  });

  it('answer reads of S3 as measured: latency and then the stream', () => {
    const s3 = findEngine('s3');
    for (const { engine, size, read } of storageTimings) {
      if (engine !== 's3') continue;
      const predicted = (s3?.latency?.read?.value ?? 0) + size / (s3?.throughput?.value ?? 1);
      expect(predicted / read, `${size} bytes`).toBeGreaterThan(0.9);
      expect(predicted / read, `${size} bytes`).toBeLessThan(1.4);
    }
  });
});

describe('round trips', () => {
  it('are the same in both directions', () => {
    expect(roundTrip('us-east-1', 'eu-west-1')?.value).toBeCloseTo(0.0697, 9);
    expect(roundTrip('eu-west-1', 'us-east-1')).toEqual(roundTrip('us-east-1', 'eu-west-1'));
    expect(duplicates(regionRoundTrips.map(([one, other]) => [one, other].toSorted().join(' ')))).toEqual([]);
  });

  it('are the published ones: of AWS the mean of both directions, of IBM Cloud as printed', () => {
    const published: readonly (readonly [string, string, ...number[]])[] = [
      ['us-east-1', 'us-east-2', 13.97, 15.03],
      ['us-west-2', 'ap-northeast-1', 97.53, 98.06],
      ['sa-east-1', 'ap-southeast-1', 333.36, 332.31],
      ['ap-northeast-3', 'ap-east-1', 49.14, 49.27],
      ['ca-central-1', 'eu-north-1', 107.94, 108.43],
      ['us-south', 'ca-tor', 34],
      ['jp-tok', 'br-sao', 284],
    ];
    for (const [one, other, ...times] of published) {
      const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
      expect(Math.abs((roundTrip(one, other)?.value ?? 0) * 1000 - mean), `${one} ${other}`).toBeLessThan(0.051);
    }
    expect(regionRoundTrips).toHaveLength((18 * 17) / 2 + (10 * 9) / 2);
  });

  it('are those between zones within a region, and unknown where nobody measured', () => {
    expect(roundTrip('eu-west-1', 'eu-west-1')?.source).toBe('zone-mean');
    expect(roundTrip('eu-west-1', 'nowhere')).toBeUndefined();
    expect(estimateRoundTrip('eu-west-1', 'nowhere')).toBeUndefined();
  });

  it('take longer than light in fibre, and are near the estimate from the distance', () => {
    const ratios = regionRoundTrips.map(([one, other, seconds]) => ({
      pair: `${one} ${other}`,
      ratio: seconds / (estimateRoundTrip(one, other)?.value ?? Number.NaN),
    }));
    expect(ratios.filter(({ ratio }) => !(ratio > 1 / 1.5))).toEqual([]);
    const sorted = ratios.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.floor(sorted.length * share)];
    expect(sources.fibre.note).toContain('Of the 198 measured');
    expect([quantile(0.05), quantile(0.5), quantile(0.95)]).toEqual([
      expect.closeTo(0.8, 1),
      expect.closeTo(1.1, 1),
      expect.closeTo(1.8, 1),
    ]);
  });

  it('lie between regions on the globe', () => {
    expect(regions.filter(({ latitude, longitude }) => Math.abs(latitude) > 90 || Math.abs(longitude) > 180)).toEqual(
      [],
    );
    const known = new Set(regionNames);
    expect(regionRoundTrips.filter(([one, other]) => !known.has(one) || !known.has(other))).toEqual([]);
  });
});
