/**
 * How long operations take: what is declared, else what the catalogue knows of the engine, else unknown. Nothing is invented:
 * an unknown time counts as zero work and is named in the accuracy of the results.
 */
import type { Engine } from '../../model/catalogue/index.ts';
import { amount, type Component, declared, word } from '../../model/index.ts';
import type { Operation } from './operation.ts';
import { operation } from './operation.ts';

/** Mean seconds that an operation occupies a core (or, of a delay, lasts); undefined where nothing is known. */
export function serviceTimeOf(component: Component, engine: Engine | undefined, kind: Operation): number | undefined {
  const time = serviceTime(component, engine, kind);
  return time === undefined || !Number.isFinite(time) ? undefined : Math.max(0, time);
}

/** Mean seconds that an operation takes without occupying a core: the first byte of a storage engine. */
export function latencyOf(component: Component, engine: Engine | undefined, kind: Operation): number {
  if (component.kind !== 'storage' && component.kind !== 'database') return 0;
  const writes = kind === operation.write;
  const copies = writes ? copyWait(component, engine) : 0;
  if (isDeclaredTime(component, writes ? 'writeTime' : 'readTime')) return copies;
  return copies + ((writes ? engine?.latency?.write : engine?.latency?.read)?.value ?? 0);
}

/**
 * Mean seconds that a write waits for the read replicas beside it, after the primary has it: with `sync` replication for the slowest of n that
 * apply it in exponential times, with `semiSync` for the fastest. Their queues are left out.
 */
export function copyWait(component: Component, engine: Engine | undefined): number {
  const copies = Math.floor(finite(amount(component, 'readReplicas')));
  const waits = word(component, 'replication.mode');
  if (component.kind !== 'database' || copies < 1 || (waits !== 'sync' && waits !== 'semiSync')) return 0;
  const apply = finite(serviceTime(component, engine, operation.apply));
  if (waits === 'semiSync') return apply / copies;
  let harmonic = 0;
  for (let copy = 1; copy <= Math.min(copies, MOST_COPIES); copy++) harmonic += 1 / copy;
  return apply * harmonic;
}

const MOST_COPIES = 1000;

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0;
}

/** True for what has no cores of its own to wait for: somebody else runs it and makes it as large as needed. */
export function isElastic(component: Component, engine: Engine | undefined): boolean {
  if (delays.has(component.kind)) return true;
  if (declared(component, 'cores') || declared(component, 'instance')) return false;
  return engine?.managed === true && engine.serviceTimes === undefined;
}

const delays = new Set<string>(['users', 'dns', 'cdn', 'function', 'workflow', 'external']);

function serviceTime(component: Component, engine: Engine | undefined, kind: Operation): number | undefined {
  const times = engine?.serviceTimes;
  const own = amount(component, 'serviceTime');
  switch (component.kind) {
    case 'server':
      return kind === operation.static ? amount(component, 'staticTime') : own;
    case 'function':
      return own === undefined
        ? undefined
        : own + (amount(component, 'coldStart') ?? 0) * (amount(component, 'coldRatio') ?? 0);
    case 'external':
      return amount(component, 'latency');
    case 'loadBalancer':
      return own ?? times?.request?.value;
    case 'queue':
      return own ?? sum(times?.publish?.value, times?.consume?.value);
    case 'cache':
      return own ?? (kind === operation.write ? times?.write : times?.read)?.value;
    case 'database':
    case 'search':
    case 'storage':
      return storeTime(component, engine, kind);
    case 'worker':
    case 'workflow':
      return own;
    default:
      return 0;
  }
}

function storeTime(component: Component, engine: Engine | undefined, kind: Operation): number | undefined {
  const own = amount(component, 'serviceTime');
  const times = engine?.serviceTimes;
  if (kind === operation.write) return amount(component, 'writeTime') ?? own ?? times?.write?.value;
  if (kind === operation.apply) {
    const write = serviceTime(component, engine, operation.write);
    return write === undefined ? undefined : write * (amount(component, 'replication.applyCost') ?? 1);
  }
  return amount(component, 'readTime') ?? own ?? times?.read?.value;
}

function isDeclaredTime(component: Component, name: string): boolean {
  return declared(component, name) !== undefined || declared(component, 'serviceTime') !== undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}
