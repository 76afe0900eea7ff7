import {
  type Architecture,
  amount,
  type Component,
  formatCount,
  formatPercent,
  type Requirement,
  word,
} from '../../model/index.ts';
import { componentsOf, dataCenters, nameOf, servingDataCenters } from './query.ts';
import { defineRule, type Subject } from './rule.ts';

/**
 * Leaves 4.4 hours a year for everything: one long outage of a data center uses them up. Providers promise 99.99% for a region with
 * several zones, so three nines can be kept in one. An assumption.
 */
const HIGH_AVAILABILITY = 0.9995;
/** The number that the chapter is named after: "millions of users". */
const MILLION = 1e6;

export const singleDataCenter = defineRule({
  meta: {
    id: 'single-data-center',
    title: 'A single data center',
    section: '1-9',
    category: 'redundancy',
    severity: 'warning',
    summary:
      'A design that promises availability, serves a million users or serves several regions stands in one data center.',
    why: 'An outage of the data center is an outage of everything, and users far away wait longer for each answer. The rule speaks only where the design itself says that this matters: by `require availability` of 99.95% or more, by a million users or more (declared, or promised by `require capacity`), or by users in several regions.',
    howToFix:
      'Serve from a second data center (`dataCenter eu extends us { region: … }`), let geoDNS send users to the nearest one, and replicate the data between them.',
    since: '0.1.0',
    options: {
      availability: {
        type: 'number',
        description: 'Promised availability from which one data center is not enough, as a fraction.',
        default: HIGH_AVAILABILITY,
        minimum: 0,
        maximum: 1,
      },
      users: {
        type: 'number',
        description: 'Users from which one data center is not enough.',
        default: MILLION,
        minimum: 1,
      },
    },
  },
  check({ architecture, option }, report) {
    if (servingDataCenters(architecture).length > 1) return;
    const reason = reasonForTwo(architecture, { availability: option('availability'), users: option('users') });
    if (!reason) return;
    const [center] = dataCenters(architecture);
    const where = center
      ? `'${nameOf(architecture, center)}' is the only data center`
      : 'Everything stands in one data center';
    report({
      at: center ?? reason.at,
      ...(center || !reason.property ? {} : { property: reason.property }),
      message: `${where}, but ${reason.text}.`,
      ...(center ? { related: [{ message: `Here is why one is not enough: ${reason.text}.`, at: reason.at }] } : {}),
    });
  },
  examples: {
    violates: [
      `
users visitors { rate: 200/s }
dataCenter us {
//         ^^ warning: 'us' is the only data center, but an availability of 99.95% is promised.
  loadBalancer lb { replicas: 2 }
  server app { replicas: 2, serviceTime: 10ms }
  lb -> app
}
visitors -> us.lb
require availability >= 99.95%
`,
      `
users visitors { population: 3M, requests: 50/day }
//               ^^^^^^^^^^^^^^ warning: Everything stands in one data center, but 'visitors' are 3M people.
loadBalancer lb { replicas: 2 }
server app { replicas: 200, serviceTime: 10ms }
visitors -> lb
lb -> app
`,
      `
users near { rate: 20/s, region: "us-east-1" }
users far { rate: 20/s, region: "eu-west-1" }
//                      ^^^^^^^^^^^^^^^^^^^ warning: Everything stands in one data center, but 'near' are in us-east-1 and 'far' in eu-west-1.
server app { serviceTime: 10ms }
near -> app
far -> app
`,
    ],
    passes: [
      `
users visitors { rate: 200/s }
dns domain { routing: geo }
dataCenter us {
  loadBalancer lb { replicas: 2 }
  server app { replicas: 2, serviceTime: 10ms }
  lb -> app
}
dataCenter eu extends us { }
visitors -> domain
domain -> us.lb, eu.lb
require availability >= 99.95%
`,
      `
// A promise that one data center can keep, to users of one region.
users visitors { population: 100k, requests: 50/day }
server app { replicas: 2, serviceTime: 10ms }
visitors -> app
require availability >= 99%
require capacity >= 100k users
`,
    ],
  },
});

interface Reason {
  readonly at: Subject;
  readonly property?: string;
  readonly text: string;
}

interface Large {
  readonly availability: number;
  readonly users: number;
}

function reasonForTwo(architecture: Architecture, large: Large): Reason | undefined {
  const promised = architecture.requirements.find((it) => isLargePromise(it, large));
  if (promised) return { at: promised, text: promiseText(promised) };
  const crowd = componentsOf(architecture, 'users').find((users) => (amount(users, 'population') ?? 0) >= large.users);
  if (crowd) {
    const population = formatCount(amount(crowd, 'population') ?? 0);
    return { at: crowd, property: 'population', text: `'${nameOf(architecture, crowd)}' are ${population} people` };
  }
  return distantUsers(componentsOf(architecture, 'users'), architecture);
}

function isLargePromise({ metric, limit, operator }: Requirement, large: Large): boolean {
  if (operator.startsWith('<')) return false;
  return (metric === 'availability' && limit >= large.availability) || (metric === 'capacity' && limit >= large.users);
}

function promiseText({ metric, limit }: Requirement): string {
  return metric === 'availability'
    ? `an availability of ${formatPercent(limit)} is promised`
    : `room for ${formatCount(limit)} users is promised`;
}

function distantUsers(groups: readonly Component[], architecture: Architecture): Reason | undefined {
  const [first, ...others] = groups.filter((users) => word(users, 'region') !== undefined);
  const far = others.find((users) => first && word(users, 'region') !== word(first, 'region'));
  if (!first || !far) return undefined;
  const names = `'${nameOf(architecture, first)}' are in ${word(first, 'region')} and '${nameOf(architecture, far)}' in ${word(far, 'region')}`;
  return { at: far, property: 'region', text: names };
}
