import { amount, type Component, digits, formatTime, type Property } from '../../model/index.ts';
import { componentAt, nameOf, servingComponents, usersWaitFor } from './query.ts';
import { defineRule } from './rule.ts';

/** Seconds from which an answer no longer feels instantaneous, and from which the user's thoughts wander: Nielsen 1993. */
const NOTICED = 0.1;
const TOO_LONG = 1;
/** Work this many times as long as the usual is work of another kind. An assumption. */
const MUCH_LONGER = 10;

export const slowWorkOnRequestPath = defineRule({
  meta: {
    id: 'slow-work-on-request-path',
    title: 'Long work while the user waits',
    section: '1-10',
    category: 'messaging',
    severity: 'warning',
    summary: 'A server does long work, such as processing a photo, before it answers.',
    why: 'The user waits for it, a server is busy with it instead of with quick requests, and both have to be scaled together. Behind a queue workers do it at their own pace. The rule speaks when one request takes a second of work or more, or when one class of requests takes ten times as long as the others and more than 0.1 s.',
    howToFix: 'Publish a job to a `queue` and let a `worker` do the long part; answer as soon as the job is accepted.',
    sources: [
      'Nielsen, "Usability Engineering", 1993, chapter 5: 0.1 s feels instantaneous, 1 s is the limit for an uninterrupted flow of thought.',
      'Microsoft Azure Architecture Center: Busy Front End antipattern.',
    ],
    since: '0.1.0',
    options: {
      limit: {
        type: 'number',
        description: 'Seconds of work on one request from which it is reported.',
        default: TOO_LONG,
        minimum: 0.001,
      },
    },
  },
  check({ architecture, option }, report) {
    const awaited = usersWaitFor(architecture);
    for (const server of servingComponents(architecture, 'server', 'function')) {
      const time = amount(server, 'serviceTime');
      const limit = option('limit', server);
      if (time === undefined || time < limit || !awaited.has(server.path)) continue;
      report({
        at: server,
        property: 'serviceTime',
        message: `Users wait while '${nameOf(architecture, server)}' works ${formatTime(time)} on each request, above the limit of ${formatTime(limit)}.`,
      });
    }
    for (const request of architecture.requests) {
      for (const { component, properties, span } of request.overrides) {
        const server = componentAt(architecture, component);
        const time = seconds(properties.serviceTime);
        if (!server || time === undefined || !awaited.has(component)) continue;
        if (!isLong(server, time, option('limit', server))) continue;
        report({
          at: { span: properties.serviceTime?.span ?? span },
          message: `Users wait while '${nameOf(architecture, server)}' works ${formatTime(time)} on each '${request.name}'${comparison(server, time)}.`,
          related: [{ message: 'A queue and workers could do it after the answer.', at: request }],
        });
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 1/s }
server app { replicas: 8, serviceTime: 3s }
//                        ^^^^^^^^^^^^^^^ warning: Users wait while 'app' works 3 s on each request, above the limit of 1 s.
visitors -> app
`,
      `
users visitors { rate: 20/s }
server app { replicas: 4, serviceTime: 10ms }
visitors -> app
request upload "Upload a photo" {
  share: 5%
  app { serviceTime: 310ms }
//      ^^^^^^^^^^^^^^^^^^ warning: Users wait while 'app' works 310 ms on each 'upload', 31 times as long as on others (10 ms).
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { replicas: 4, serviceTime: 10ms }
queue uploads { engine: sqs, deadLetter: true }
worker resizer { replicas: 8, serviceTime: 3s }
visitors -> app
app -> uploads : publishes 0.05
uploads -> resizer
`,
      `
// Twice as long as the others, but still quick.
users visitors { rate: 20/s }
server app { replicas: 4, serviceTime: 60ms }
visitors -> app
request search {
  share: 5%
  app { serviceTime: 120ms }
}
`,
    ],
  },
});

function seconds(property: Property | undefined): number | undefined {
  return property?.value.type === 'quantity' ? property.value.amount : undefined;
}

function isLong(server: Component, time: number, limit: number): boolean {
  const usual = amount(server, 'serviceTime');
  return time >= limit || (usual !== undefined && time > NOTICED && time >= usual * MUCH_LONGER);
}

function comparison(server: Component, time: number): string {
  const usual = amount(server, 'serviceTime');
  return usual ? `, ${digits(time / usual)} times as long as on others (${formatTime(usual)})` : '';
}
