/** Where the inputs of a station come from: the line, the catalogue, or the default of the table. */
import { type Component, declared, findInstance, propertySpec, type RequestClass, word } from '../../model/index.ts';
import type { Network, Station } from '../network/network.ts';
import { operation, operationCount } from '../network/operation.ts';
import type { ExplainedInput } from './explanation.ts';

/** Operations in words. */
export const operationWords: readonly string[] = [
  'call',
  'read',
  'write',
  'static file',
  'message',
  'replicated write',
];

/** The mean service time of an operation of a class. */
export function serviceTimeInput(
  network: Network,
  station: Station,
  kind: number,
  requestClass: number,
): ExplainedInput {
  const { component, engine } = station;
  const request = network.architecture.requests[requestClass - 1];
  const value = station.service[requestClass * operationCount + kind] ?? 0;
  const input = { name: `service time of a ${operationWords[kind]}`, value, dimension: 'time' } as const;
  for (const name of namesOf(kind)) {
    const property = inClass(component, request, name) ?? declared(component, name);
    if (property) return { ...input, span: property.span };
  }
  const times = engine?.serviceTimes;
  const known =
    kind === operation.write || kind === operation.apply
      ? times?.write
      : kind === operation.read
        ? times?.read
        : undefined;
  const figure = known ?? times?.request ?? times?.publish;
  if (figure) return { ...input, source: figure.source };
  const fallback = namesOf(kind)
    .map((name) => propertySpec(component.kind, name))
    .find((spec) => spec?.default !== undefined);
  return {
    ...input,
    how: fallback ? `default: ${fallback.source ?? 'of the table'}` : 'nothing is known of it, so it counts as none',
  };
}

/** Cores of one machine that requests can use. */
export function coresInput({ component, cores }: Pick<Station, 'component' | 'cores'>): ExplainedInput {
  const input = { name: 'cores of one machine', value: cores, dimension: 'count' } as const;
  const own = declared(component, 'cores');
  if (own) return { ...input, span: own.span };
  const instance = findInstance(word(component, 'instance') ?? '');
  const span = declared(component, 'instance')?.span;
  if (instance && span) return { ...input, span, source: instance.source };
  return { ...input, how: 'default' };
}

/** How many machines there are, and which property says so. */
export function machinesInput(component: Component, name: string, value: number, property: string): ExplainedInput {
  const span = declared(component, property)?.span;
  return { name, value, dimension: 'count', ...(span ? { span } : { how: 'default' }) };
}

/** Properties that say how long an operation takes, the first of them counts. */
function namesOf(kind: number): readonly string[] {
  if (kind === operation.read) return ['readTime', 'serviceTime'];
  if (kind === operation.write || kind === operation.apply) return ['writeTime', 'serviceTime'];
  return kind === operation.static ? ['staticTime', 'readTime', 'serviceTime'] : ['serviceTime', 'readTime'];
}

function inClass({ path }: Component, request: RequestClass | undefined, name: string) {
  return request?.overrides.findLast((override) => override.component === path && override.properties[name])
    ?.properties[name];
}
