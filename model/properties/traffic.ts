/** Properties of what brings and distributes traffic: users, DNS, CDN, load balancers. */
import { booleanOf, countOf, fractionOf, listOf, type PropertyTable, quantityOf, wordOf } from '../properties.ts';

export const users: PropertyTable = {
  population: quantityOf('count', 'Registered users.', { example: 'population: 5M' }),
  dailyActive: fractionOf('Share of the population that is active on a day.', { default: 1 }),
  requests: quantityOf('rate', 'Requests of one active user.', { example: 'requests: 50/day' }),
  rate: quantityOf('rate', 'Requests per second of all of them at the mean, instead of `population` and `requests`.', {
    example: 'rate: 500/s',
  }),
  variability: quantityOf(
    'ratio',
    'Coefficient of variation of the time from one request to the next: 1 at random, as many independent users ask; 0 like clockwork, more than 1 in bursts.',
    { default: 1, max: 100, example: 'variability: 2' },
  ),
  peak: quantityOf('ratio', 'Busiest hour over the daily mean.', { default: 1, example: 'peak: 3x' }),
  clients: listOf(
    { type: 'enum', values: { web: 'Browsers.', mobile: 'Mobile applications.', api: 'Programs.' } },
    'What they use.',
    { example: 'clients: [web, mobile]' },
  ),
  region: { type: { type: 'catalogue', table: 'regions' }, doc: 'Where they are.', example: 'region: "eu-west-1"' },
  thinkTime: quantityOf(
    'time',
    'Time between an answer and the next request of the same user; makes the load closed: nobody asks again before the answer.',
    { example: 'thinkTime: 10s' },
  ),
};

export const dns: PropertyTable = {
  engine: {
    type: { type: 'catalogue', table: 'engines' },
    doc: 'Provider from the catalogue.',
    example: 'engine: route53',
  },
  routing: wordOf(
    {
      simple: 'One answer for all.',
      weighted: 'By the shares on the connections.',
      latency: 'The nearest by latency.',
      geo: 'The nearest by place.',
      failover: 'The first that is healthy.',
    },
    'How it chooses among its targets.',
    { default: 'simple' },
  ),
  ttl: quantityOf('time', 'How long clients keep an answer; a failover takes at least as long.', {
    default: 60,
    source:
      'Usual value of records that take part in failover (Amazon Route 53 documentation recommends 60 s or less).',
    example: 'ttl: 60s',
  }),
  healthCheck: booleanOf('Unhealthy targets are left out.', { default: false }),
  failoverTime: quantityOf(
    'time',
    'From the failure of a target until clients stop going there. By default detection and `ttl`.',
  ),
};

export const cdn: PropertyTable = {
  provider: {
    type: { type: 'catalogue', table: 'engines' },
    doc: 'Provider from the catalogue.',
    example: 'provider: cloudfront',
  },
  ttl: quantityOf('time', 'How long a file is kept before it is asked for again.', { example: 'ttl: 24h' }),
  hitRatio: fractionOf('Share of the requests answered without the origin.', { example: 'hitRatio: 95%' }),
  pops: countOf('Points of presence.'),
  fallback: wordOf(
    { origin: 'Clients ask the origin when the CDN is down.', none: 'Static content is gone when the CDN is down.' },
    'What clients do when the CDN is down.',
    { default: 'none' },
  ),
  invalidation: wordOf(
    {
      api: 'Files are removed through the provider’s API.',
      versioning: 'A new version has a new URL.',
      none: 'Nothing can be removed before it expires.',
    },
    'How a file is replaced before it expires.',
    { default: 'none' },
  ),
  prefetch: wordOf(
    {
      none: 'Files come with the first request.',
      predictive: 'Files that are likely to be asked for are loaded ahead.',
    },
    'Whether files are loaded before they are asked for.',
    { default: 'none' },
  ),
  pricePerGB: quantityOf('moneyPerData', 'Price of delivered data.', { example: 'pricePerGB: $0.085/GB' }),
  payload: quantityOf('data', 'Mean size of a delivered file.', { example: 'payload: 50KB' }),
};

export const loadBalancer: PropertyTable = {
  engine: { type: { type: 'catalogue', table: 'engines' }, doc: 'Product from the catalogue.', example: 'engine: alb' },
  algorithm: wordOf(
    {
      roundRobin: 'In turn.',
      leastConnections: 'To the one with the fewest open requests.',
      random: 'By chance.',
      powerOfTwo: 'The less loaded of two chosen by chance.',
      ipHash: 'By the client’s address.',
    },
    'How it chooses among its targets.',
    { default: 'roundRobin' },
  ),
  stickySessions: booleanOf('A user always goes to the same server.', { default: false }),
  healthCheck: booleanOf('Dead servers are noticed and left out.', { default: true }),
  failoverTime: quantityOf(
    'time',
    'From the failure of a target until no request goes there any more. By default that of the engine.',
    { example: 'failoverTime: 10s' },
  ),
};
