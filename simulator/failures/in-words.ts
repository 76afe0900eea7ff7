/** Failures in words, the same in reports and in the editor. */
import { formatRequirement, formatTime, partNames } from '../../model/index.ts';
import type { Failure } from './failure.ts';
import type { FailureImpact } from './impact.ts';
import type { Overload } from './strain.ts';

/** `us (zone 2)`, `posts (primary)`. */
export function failureName({ kind, path, zone }: Failure): string {
  return `${path} (${zone === undefined ? kindNames[kind] : `zone ${zone}`})`;
}

/** True if more is lost until the others have taken over; where that takes no time, nothing is. */
export function losesAtFirst({ lost, lostAtFirst, reactsIn }: FailureImpact): boolean {
  return lostAtFirst > lost && reactsIn > 0;
}

/** True if anybody notices. */
export function isHarmful(impact: FailureImpact): boolean {
  const { lost, overloaded, broken, dataLoss } = impact;
  return lost > 0 || losesAtFirst(impact) || overloaded.length > 0 || broken.length > 0 || dataLoss !== undefined;
}

/** What follows beside requests that are lost: overload, promises that break, data at risk. Parts of a sentence. */
export function consequencesOf({ overloaded, broken, dataLoss }: FailureImpact): readonly string[] {
  return [
    ...overloaded.slice(0, OVERLOADS_SHOWN).map(overloadText),
    ...broken.map((requirement) => `breaks 'require ${formatRequirement(requirement)}'`),
    ...(dataLoss
      ? [
          dataLoss.seconds === undefined
            ? `data of ${dataLoss.path} has no copy`
            : `${formatTime(dataLoss.seconds)} of writes of ${dataLoss.path} at risk`,
        ]
      : []),
  ];
}

const kindNames: Readonly<Record<Failure['kind'], string>> = {
  machine: 'one machine',
  primary: 'primary',
  replica: 'one replica',
  allMachines: 'all machines at once',
  service: 'all of it',
  host: 'host',
  zone: 'zone',
  dataCenter: 'data center',
};

const OVERLOADS_SHOWN = 2;

function overloadText({ path, resource, part, utilization, until, lasts }: Overload): string {
  const what = part ? `${partNames[part]} ${resource}` : resource;
  const load = Number.isFinite(utilization) ? `${Math.round(utilization * 100)}%` : 'without end';
  return `${path} at ${load} ${what}${until === 'booted' ? ` for ${formatTime(lasts)}` : ''}`;
}
