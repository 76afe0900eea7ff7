/** The chapter's architectures in a few steps, and a large one. */
import type { Architecture } from '../../model/index.ts';
import { architecture, component, connections } from './architectures.ts';

export const singleServer: Architecture = architecture(
  [
    component('people users "Web and mobile users"', { population: 1000 }),
    component('dns dns "DNS"'),
    component('box host "One server"', { instance: 'm5.large' }),
    component('box.app server "Web application"'),
    component('box.db database "Database"', { engine: 'mysql' }),
  ],
  connections('people -> dns', 'dns -> box.app', 'box.app -> box.db : reads 3, writes 0.5'),
  { title: 'One server for everything' },
);

export const replicated: Architecture = architecture(
  [
    component('people users "Users"', { population: 200_000 }),
    component('dns dns "DNS"'),
    component('lb loadBalancer "Load balancer"', { algorithm: 'leastConnections' }),
    component('web tier "Web tier"'),
    component('web.app server "Web servers"', { replicas: 2, cores: 4 }),
    component('data tier "Data tier"'),
    component('data.db database "Users and posts"', {
      engine: 'postgresql',
      instance: 'db.r5.2xlarge',
      readReplicas: 3,
    }),
  ],
  connections('people -> dns', 'dns -> lb', 'lb -> web.app', 'web.app -> data.db : reads 4, writes 0.5'),
  { title: 'Load balancer and replicated database' },
);

export const cached: Architecture = architecture(
  [
    ...replicated.components,
    component('edge cdn "CDN"', { provider: 'cloudfront', ttl: 86_400, hitRatio: 0.95 }),
    component('cache cache "Cache"', { engine: 'memcached', replicas: 3, ttl: 600, hitRatio: 0.92 }),
    component('files storage "Photos and files"', { engine: 's3' }),
  ],
  connections(
    'people -> dns',
    'people -> edge : static 20',
    'edge -> files : misses',
    'dns -> lb',
    'lb -> web.app',
    'web.app -> cache : reads 3',
    'cache -> data.db : misses',
    'web.app -> data.db : reads 0.5, writes 0.5',
  ),
  { title: 'With cache and CDN' },
);

export const twoCenters: Architecture = architecture(
  [
    component('visitors users "Web and mobile users"', { population: 5e6 }),
    component('geo dns "geoDNS"', { routing: 'geo', ttl: 60 }),
    component('edge cdn "CloudFront"', { provider: 'cloudfront', ttl: 86_400, hitRatio: 0.95 }),
    ...center('us', 'US East', 'us-east-1'),
    ...center('eu', 'EU West', 'eu-west-1'),
    component('watch monitoring', { logs: 'central', alerts: true, watches: ['us', 'eu'] }),
    component('ship automation', { deploys: ['us', 'eu'] }),
  ],
  connections(
    ...inside('us'),
    ...inside('eu'),
    'visitors -> geo',
    'geo -> us.lb',
    'geo -> eu.lb',
    'visitors -> edge : static 20',
    'edge -> us.photos : misses',
    'us.data.posts <-> eu.data.posts : replicates',
  ),
  { title: 'Photo sharing, five million users' },
);

/** `groups` services with a cache, a database and a queue with a worker each, behind one gateway. */
export function large(groups: number): Architecture {
  const each = Array.from({ length: groups }, (_, index) => index + 1);
  return architecture(
    [
      component('people users "Customers"', { population: 2e7 }),
      component('gateway loadBalancer "API gateway"', { replicas: 4 }),
      ...each.flatMap((n) => [
        component(`s${n} group "Service ${n}"`),
        component(`s${n}.api server "Service ${n} API"`, { replicas: { from: 2, to: 4 + n } }),
        component(`s${n}.cache cache`, { engine: 'redis' }),
        component(`s${n}.db database`, { engine: 'postgresql', readReplicas: n % 4 }),
        component(`s${n}.jobs queue`, { engine: 'sqs' }),
        component(`s${n}.worker worker`, { replicas: n }),
      ]),
    ],
    connections(
      'people -> gateway',
      ...each.flatMap((n) => [
        `gateway -> s${n}.api`,
        `s${n}.api -> s${n}.cache : reads 3`,
        `s${n}.cache -> s${n}.db : misses`,
        `s${n}.api -> s${n}.db : writes 0.3`,
        `s${n}.api -> s${n}.jobs : publishes 0.1`,
        `s${n}.jobs -> s${n}.worker`,
        `s${n}.worker -> s${n}.db : writes 1`,
        ...(n % 3 === 0 ? [`s${n}.api -> s${n - 1}.api : calls 0.5`] : []),
      ]),
    ),
    { title: `${groups} services` },
  );
}

function center(name: string, title: string, region: string) {
  return [
    component(`${name} dataCenter "${title}"`, { region, zones: 3 }),
    component(`${name}.lb loadBalancer`, { replicas: 2, algorithm: 'leastConnections' }),
    component(`${name}.web tier "Web tier"`),
    component(`${name}.web.app server`, { replicas: { from: 6, to: 24 }, cores: 4 }),
    component(`${name}.data tier "Data tier"`),
    component(`${name}.data.sessions cache`, { engine: 'redis', replicas: 2, ttl: 1800 }),
    component(`${name}.data.feed cache`, { engine: 'memcached', replicas: 3, ttl: 600, hitRatio: 0.92 }),
    component(`${name}.data.posts database "Posts"`, {
      engine: 'mysql',
      readReplicas: 3,
      sharding: 'block',
      'sharding.shards': 4,
    }),
    component(`${name}.uploads queue`, { engine: 'sqs' }),
    component(`${name}.resizer worker`, { replicas: 8 }),
    component(`${name}.photos storage`, { engine: 's3' }),
  ];
}

function inside(name: string): readonly string[] {
  return [
    'lb -> web.app',
    'web.app -> data.sessions : reads 1, writes 1',
    'web.app -> data.feed : reads 3',
    'data.feed -> data.posts : misses',
    'web.app -> data.posts : reads 0.5, writes 0.2',
    'web.app -> uploads : publishes 0.05',
    'uploads -> resizer',
    'resizer -> photos : writes 3',
  ].map((text) => text.replace(/^(\S+) -> (\S+)/, `${name}.$1 -> ${name}.$2`));
}
