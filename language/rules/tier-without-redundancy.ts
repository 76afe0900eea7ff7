import {
  type Architecture,
  type Component,
  flag,
  formatPercent,
  isContainer,
  isDeclared,
  isInside,
  type Path,
  replicaRange,
} from '../../model/index.ts';
import { cacheSpof } from './cache-spof.ts';
import { cdnWithoutFallback } from './cdn-without-fallback.ts';
import { isNeeded, printWay, wayTo } from './chains.ts';
import { dataCentersWithoutGeodns } from './data-centers-without-geodns.ts';
import { databaseSpof } from './database-spof.ts';
import { settingFix } from './fixes.ts';
import { loadBalancerSpof } from './load-balancer-spof.ts';
import { noAutomaticFailover } from './no-automatic-failover.ts';
import { noFailover } from './no-failover.ts';
import { primaryAndStandbySameZone } from './primary-and-standby-same-zone.ts';
import {
  allConnections,
  calleesOf,
  componentAt,
  componentsOf,
  nameOf,
  quoted,
  servingDataCenters,
  soleHost,
} from './query.ts';
import { replicasInOneZone } from './replicas-in-one-zone.ts';
import { defineRule, type Rule, type RuleContext } from './rule.ts';
import { shardWithoutReplica } from './shard-without-replica.ts';
import { lostWithout } from './single-points.ts';

/** Rules that say the same about one kind of component, and how to repair it. */
const specific: readonly Rule[] = [
  cacheSpof,
  cdnWithoutFallback,
  dataCentersWithoutGeodns,
  databaseSpof,
  loadBalancerSpof,
  noAutomaticFailover,
  noFailover,
  primaryAndStandbySameZone,
  replicasInOneZone,
  shardWithoutReplica,
];

export const tierWithoutRedundancy = defineRule({
  meta: {
    id: 'tier-without-redundancy',
    title: 'A single point of failure',
    section: 'beyond',
    category: 'redundancy',
    severity: 'warning',
    summary: 'The failure of one machine, host, zone or data center stops requests, and no more specific rule says so.',
    why: 'Redundancy at every tier is the first lesson of the chapter’s summary. The rule does not count replicas: the simulator takes away each machine, host, zone and data center in turn and looks at which requests are lost when everything that can take over has done so. So it also finds replicas that share one host and a second data center that cannot stand in. Servers, databases, caches, load balancers and CDNs have rules of their own; other people’s systems cannot be made redundant from here; the only data center of a design is the matter of `single-data-center`, and DNS, queues and storage count where their engine says that one runs them oneself.',
    howToFix:
      'Let something else take over (a second replica on another machine, in another zone, in another data center), and let what spreads the requests check health.',
    sources: ['AWS Well-Architected, Reliability pillar, REL11-BP02: fail over to healthy resources.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture, analysis } = context;
    const told = toldElsewhere(context);
    const blind = new Map<Component, Component[]>();
    for (const point of pointsOf(context, told)) {
      const router = blindRouter(architecture, point);
      if (router) {
        blind.set(router, [...(blind.get(router) ?? []), point]);
        continue;
      }
      const because = reasonOf(architecture, point);
      if (!because) continue;
      report({
        at: point,
        message: `When '${nameOf(architecture, point)}' fails, ${formatPercent(lostWithout(analysis, point))} of the requests are lost: ${because}.`,
      });
    }
    for (const [router, points] of blind) {
      const lost = Math.max(...points.map((point) => lostWithout(analysis, point)));
      const names = quoted(points.map((point) => nameOf(architecture, point)));
      report({
        at: router,
        property: 'healthCheck',
        message: `'${nameOf(architecture, router)}' does not check health, so it sends requests to what is down: ${formatPercent(lost)} of them are lost when ${points.length === 1 ? names : `one of ${names}`} fails.`,
        fixes: [settingFix(architecture, router, 'healthCheck', 'true')],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
loadBalancer lb { engine: alb }
host machine {
//   ^^^^^^^ warning: When 'machine' fails, 100% of the requests are lost: nothing takes over on the way visitors → lb → one.
  cores: 8
  server one { serviceTime: 10ms }
  server two { serviceTime: 10ms }
}
visitors -> lb
lb -> machine.one, machine.two
`,
      `
users visitors { rate: 20/s }
dns names { engine: bind, healthCheck: true }
//  ^^^^^ warning: When 'names' fails, 100% of the requests are lost: nothing takes over on the way visitors → names.
server app { replicas: 2, serviceTime: 10ms }
storage files { engine: nfs }
//      ^^^^^ warning: When 'files' fails, 100% of the requests are lost: nothing takes over on the way visitors → names → app → files.
visitors -> names
names -> app
app -> files : reads 1
`,
      `
users visitors { rate: 20/s }
dns domain { engine: route53, routing: geo }
//  ^^^^^^ warning: 'domain' does not check health, so it sends requests to what is down: 50% of them are lost when one of 'us' and 'eu' fails.
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
}
visitors -> domain
domain -> us.app, eu.app
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
loadBalancer lb { engine: alb }
host first {
  server one { serviceTime: 10ms }
}
host second {
  server two { serviceTime: 10ms }
}
visitors -> lb
lb -> first.one, second.two
`,
      `
// One machine, but the application answers without it.
users visitors { rate: 20/s }
server app { replicas: 2, serviceTime: 10ms }
storage files { engine: nfs }
visitors -> app
app -> files : reads 1 { fallback: true }
`,
    ],
  },
});

/** Single points that no other rule speaks of; of a container and a part of it whose loss is as bad, the part. */
function pointsOf(context: RuleContext, told: ReadonlySet<Path>): readonly Component[] {
  const { architecture, analysis } = context;
  const sole = soleHost(architecture);
  const points = analysis.availability.singlePoints.flatMap(({ path }) => componentAt(architecture, path) ?? []);
  return points.filter((point) => {
    if (told.has(point.path) || !isOwn(architecture, point) || (sole && isInside(point.path, sole.path))) return false;
    if (!isContainer(point.kind)) return true;
    const lost = lostWithout(analysis, point);
    const isSaid = point.kind !== 'dataCenter' && [...told].some((path) => isInside(path, point.path));
    return !isSaid && !points.some((part) => isPartOf(part, point) && lostWithout(analysis, part) >= lost);
  });
}

/** What the specific rules are about. */
function toldElsewhere({ architecture, analysis }: RuleContext): ReadonlySet<Path> {
  const told = new Set<Path>();
  for (const { check, meta } of specific) {
    const option = (name: string) => meta.options?.[name]?.default ?? 0;
    check({ architecture, analysis, option, notEvaluated: () => {} }, ({ at }) => {
      if ('path' in at) told.add(at.path);
      // What does not choose by place or health sends users to any data center that is down.
      if (meta.id === dataCentersWithoutGeodns.meta.id)
        for (const { path } of servingDataCenters(architecture)) told.add(path);
    });
  }
  return told;
}

/** What could send the requests elsewhere if only it noticed. */
function blindRouter(architecture: Architecture, point: Component): Component | undefined {
  return componentsOf(architecture, 'dns', 'loadBalancer').find((router) => {
    const targets = calleesOf(architecture, router);
    const inside = targets.filter(({ path }) => isInside(path, point.path)).length;
    return inside > 0 && inside < targets.length && flag(router, 'healthCheck') === false;
  });
}

/** Who cannot do without something in a container, or the way that ends at what has failed. */
function reasonOf(architecture: Architecture, point: Component): string | undefined {
  const entering = allConnections(architecture).find(({ from, to }) => {
    const caller = componentAt(architecture, from);
    const isRouter = caller && ['users', 'dns', 'loadBalancer', 'queue'].includes(caller.kind);
    return isContainer(point.kind) && !isRouter && isInside(to, point.path) && !isInside(from, point.path);
  });
  if (entering && isNeeded(architecture, entering)) return `'${entering.from}' needs '${entering.to}' in it`;
  const way = wayTo(architecture, (path) => isInside(path, point.path));
  return way && `nothing takes over on the way ${printWay(architecture, way)}`;
}

function isPartOf({ path }: Component, { path: container }: Component): boolean {
  return path !== container && isInside(path, container);
}

/**
 * What one can make redundant. Several replicas of which all are needed lack headroom, not redundancy; functions and workflows are
 * somebody’s service; and of DNS, queues and storage without an engine nobody knows who runs them.
 */
function isOwn(architecture: Architecture, point: Component): boolean {
  if (['external', 'function', 'workflow'].includes(point.kind)) return false;
  if (['dns', 'queue', 'storage'].includes(point.kind) && !isDeclared(point, 'engine')) return false;
  if (point.kind === 'dataCenter') return servingDataCenters(architecture).length > 1;
  return isContainer(point.kind) || replicaRange(point).from === 1;
}
