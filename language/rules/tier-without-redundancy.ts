import { type Component, formatPercent, isContainer, isInside, type Path, replicaRange } from '../../model/index.ts';
import { cacheSpof } from './cache-spof.ts';
import { cdnWithoutFallback } from './cdn-without-fallback.ts';
import { printWay, wayTo } from './chains.ts';
import { databaseSpof } from './database-spof.ts';
import { loadBalancerSpof } from './load-balancer-spof.ts';
import { noAutomaticFailover } from './no-automatic-failover.ts';
import { noFailover } from './no-failover.ts';
import { componentAt, nameOf, servingDataCenters, soleHost } from './query.ts';
import { defineRule, type Rule, type RuleContext } from './rule.ts';
import { shardWithoutReplica } from './shard-without-replica.ts';
import { lostWithout } from './single-points.ts';

/** Rules that say the same about one kind of component, and how to repair it. */
const specific: readonly Rule[] = [
  cacheSpof,
  cdnWithoutFallback,
  databaseSpof,
  loadBalancerSpof,
  noAutomaticFailover,
  noFailover,
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
    why: 'Redundancy at every tier is the first lesson of the chapter’s summary. The rule does not count replicas: the simulator takes away each machine, host, zone and data center in turn and looks at which requests are lost when everything that can take over has done so. So it also finds replicas that share one host and a second data center that cannot stand in. Servers, databases, caches, load balancers and CDNs have rules of their own; other people’s systems cannot be made redundant from here; the only data center of a design is the matter of `single-data-center`, and DNS counts where an availability is promised.',
    howToFix:
      'Let something else take over: a second replica on another machine, in another zone, in another data center.',
    sources: ['AWS Well-Architected, Reliability pillar, REL11-BP02: fail over to healthy resources.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture, analysis } = context;
    const told = toldElsewhere(context);
    const sole = soleHost(architecture);
    if (sole) told.add(sole.path);
    const points = analysis.availability.singlePoints.flatMap(({ path }) => componentAt(architecture, path) ?? []);
    for (const point of points) {
      if (told.has(point.path) || !isOwn(context, point) || (sole && isInside(point.path, sole.path))) continue;
      const lost = lostWithout(analysis, point);
      if (
        isContainer(point.kind) &&
        points.some((part) => isPartOf(part, point) && lostWithout(analysis, part) >= lost)
      )
        continue;
      const way = wayTo(architecture, (path) => isInside(path, point.path));
      if (!way) continue;
      report({
        at: point,
        message: `When '${nameOf(architecture, point)}' fails, ${formatPercent(lost)} of the requests are lost: nothing takes over on the way ${printWay(architecture, way)}.`,
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
dns names { healthCheck: true }
//  ^^^^^ warning: When 'names' fails, 100% of the requests are lost: nothing takes over on the way visitors → names.
server app { replicas: 2, serviceTime: 10ms }
storage files { serviceTime: 2ms }
//      ^^^^^ warning: When 'files' fails, 100% of the requests are lost: nothing takes over on the way visitors → names → app → files.
visitors -> names
names -> app
app -> files : reads 1
require availability >= 99%
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
storage files { serviceTime: 2ms }
visitors -> app
app -> files : reads 1 { fallback: true }
`,
    ],
  },
});

/** What the specific rules report, with everything that they are about. */
function toldElsewhere(context: RuleContext): Set<Path> {
  const told = new Set<Path>();
  for (const rule of specific)
    rule.check({ ...silent(context), option: (name) => rule.meta.options?.[name]?.default ?? 0 }, ({ at }) => {
      if ('path' in at) told.add(at.path);
    });
  return told;
}

function silent({ architecture, analysis }: RuleContext): Omit<RuleContext, 'option'> {
  return { architecture, analysis, notEvaluated: () => {} };
}

function isPartOf({ path }: Component, { path: container }: Component): boolean {
  return path !== container && isInside(path, container);
}

/** What one can make redundant. Several replicas of which all are needed lack headroom, not redundancy. */
function isOwn({ architecture }: RuleContext, point: Component): boolean {
  if (point.kind === 'external') return false;
  if (point.kind === 'dns') return architecture.requirements.some(({ metric }) => metric === 'availability');
  if (point.kind === 'dataCenter') return servingDataCenters(architecture).length > 1;
  return isContainer(point.kind) || replicaRange(point).from === 1;
}
