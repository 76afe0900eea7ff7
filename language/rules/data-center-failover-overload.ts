import { type Architecture, type Component, formatPercent, formatRate } from '../../model/index.ts';
import { rateAlong, resultOf } from './figures.ts';
import { componentAt, dataCenterOf, incoming, nameOf, partsOf, servingDataCenters, usersReach } from './query.ts';
import { defineRule, type RuleContext } from './rule.ts';

export const dataCenterFailoverOverload = defineRule({
  meta: {
    id: 'data-center-failover-overload',
    title: 'The other data centers cannot take over',
    section: '1-9',
    category: 'scaling',
    severity: 'warning',
    summary: 'When a data center is out at peak, something in the remaining ones saturates.',
    why: 'A second data center helps only if it can carry what is sent to it. Otherwise the outage of one takes the next one down. The rule lets the load of each data center in turn spread over the others in proportion to what they carry already.',
    howToFix: 'Give every data center room for the load of the largest other one, or shed load in an outage.',
    sources: ['AWS Well-Architected, Reliability pillar, REL11-BP05: use static stability.'],
    since: '0.1.0',
  },
  check(context, report) {
    const { architecture } = context;
    const centers = servingDataCenters(architecture);
    if (centers.length < 2) return;
    const rates = new Map(centers.map((center) => [center, entryRate(context, center)]));
    const total = [...rates.values()].reduce((sum, rate) => sum + rate, 0);
    for (const survivor of centers) {
      const lost = centers
        .filter((center) => center !== survivor)
        .reduce((most, center) => (rates.get(center)! > rates.get(most)! ? center : most));
      const left = total - rates.get(lost)!;
      if (left <= 0 || rates.get(lost) === 0) continue;
      const factor = total / left;
      const weakest = firstToSaturate(context, survivor, factor);
      if (!weakest) continue;
      const now = resultOf(context.analysis, weakest)!;
      report({
        at: weakest,
        message: `When '${nameOf(architecture, lost)}' is out, '${nameOf(architecture, weakest)}' gets ${formatRate(now.arrivalRate * factor)}, ${formatPercent(factor / now.saturatesAt!)} of the ${formatRate(now.arrivalRate * now.saturatesAt!)} that it can serve.`,
        related: [{ message: `'${nameOf(architecture, lost)}' would send its users here.`, at: lost }],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 300/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2, serviceTime: 10ms }
//       ^^^ warning: When 'eu' is out, 'us.app' gets 300/s, 150% of the 200/s that it can serve.
}
dataCenter eu {
  server app { replicas: 2, serviceTime: 10ms }
//       ^^^ warning: When 'us' is out, 'eu.app' gets 300/s, 150% of the 200/s that it can serve.
}
visitors -> domain
domain -> us.app, eu.app
`,
      `
users visitors { rate: 300/s }
dns domain { routing: geo }
dataCenter us {
  loadBalancer lb { replicas: 2 }
  server app { replicas: 8, serviceTime: 10ms }
  database posts { engine: mysql, readTime: 1ms }
//         ^^^^^ warning: When 'eu' is out, 'us.posts' gets 1.2k/s, 120% of the 1k/s that it can serve.
  lb -> app
  app -> posts : reads 4
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.lb, eu.lb
`,
    ],
    passes: [
      `
users visitors { rate: 300/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 5, serviceTime: 10ms }
}
dataCenter eu {
  server app { replicas: 5, serviceTime: 10ms }
}
visitors -> domain
domain -> us.app, eu.app
`,
      `
// Nobody knows how long a request takes.
users visitors { rate: 300/s }
dns domain { routing: geo }
dataCenter us {
  server app { replicas: 2 }
}
dataCenter eu {
  server app { replicas: 2 }
}
visitors -> domain
domain -> us.app, eu.app
`,
    ],
  },
});

/** Requests per second that come into a data center from outside of it. */
function entryRate({ architecture, analysis }: RuleContext, center: Component): number {
  let rate = 0;
  for (const part of partsOf(architecture, center)) {
    for (const connection of incoming(architecture, part)) {
      if (isFromUsers(architecture, connection.from, center)) rate += rateAlong(analysis, connection);
    }
  }
  return rate;
}

function isFromUsers(architecture: Architecture, path: string, center: Component): boolean {
  const source = componentAt(architecture, path);
  if (!source || dataCenterOf(architecture, source) === center) return false;
  return ['users', 'dns', 'loadBalancer'].includes(source.kind);
}

/** What in a data center saturates first, if it does so when its load grows by the factor but not at the load of today. */
function firstToSaturate({ architecture, analysis }: RuleContext, center: Component, factor: number) {
  const reached = usersReach(architecture);
  const limits = partsOf(architecture, center).flatMap((part) => {
    const scale = reached.has(part.path) ? resultOf(analysis, part)?.saturatesAt : undefined;
    return scale !== undefined && scale >= 1 && scale < factor ? [{ part, scale }] : [];
  });
  return limits.toSorted((a, b) => a.scale - b.scale)[0]?.part;
}
