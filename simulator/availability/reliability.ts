/**
 * How reliable one replica, host, zone or data center is: what is declared, else the provider's promise, else the catalogue's default for a
 * server; what nobody knows counts as always there and is named.
 */
import { amount, type Component, defaultAvailability, serverFailures, serviceLevels } from '../../model/index.ts';
import type { Station } from '../network/network.ts';
import type { Place } from '../network/placement.ts';
import { instanceOf } from '../network/stations.ts';
import { availabilityOf as fractionUp } from './repair.ts';

/** Availability of one unit and where it comes from. */
export interface Reliability {
  /** Fraction of the time. */
  readonly availability: number;
  /** For the explanation. */
  readonly why: string;
  /** False if it is an assumption because nothing is known. */
  readonly known: boolean;
  /** One unit for all replicas: the provider's promise is for the whole. */
  readonly whole: boolean;
  /** Mean seconds to repair. */
  readonly repair: number;
}

/** Reliability of one replica of a station, or of the whole where a provider runs it. */
export function stationReliability(station: Station, place: Place): Reliability {
  const { component, engine } = station;
  const own = declaredReliability(component);
  const whole = engine?.managed === true || wholeKinds.has(component.kind);
  if (own) return { ...own, whole: wholeKinds.has(component.kind) || (whole && !instanceOf(component)) };
  if (place.host !== undefined) return always('shares the fate of its host', true, false);
  if (engine?.managed) return managedReliability(station, place);
  if (wholeKinds.has(component.kind) || component.kind === 'users')
    return always('nothing known', component.kind === 'users', true);
  return machineReliability(component);
}

/** Reliability of a host, a zone or a data center. */
export function containerReliability(component: Component): Reliability {
  const own = declaredReliability(component);
  if (own) return own;
  if (component.kind === 'host') return machineReliability(component);
  const { value } = component.kind === 'zone' ? defaultAvailability.zone : defaultAvailability.dataCenter;
  return {
    availability: value,
    why: `usual target of a ${component.kind === 'zone' ? 'zone' : 'data center'}`,
    known: true,
    whole: false,
    repair,
  };
}

/** Reliability of one of the zones that a data center counts. */
export function countedZoneReliability(): Reliability {
  return {
    availability: defaultAvailability.zone.value,
    why: 'usual target of a zone',
    known: true,
    whole: false,
    repair,
  };
}

const repair = serverFailures.mttr.value;

/** Kinds that are one thing, however it is built. */
const wholeKinds = new Set<string>(['dns', 'cdn', 'external', 'function', 'workflow']);

function declaredReliability(component: Component): Reliability | undefined {
  const availability = amount(component, 'availability');
  const mttr = amount(component, 'mttr') ?? repair;
  const base = { known: true, whole: false, repair: mttr };
  if (availability !== undefined) return { ...base, availability: fraction(availability), why: 'as declared' };
  const mtbf = amount(component, 'mtbf');
  if (mtbf === undefined) return undefined;
  return { ...base, availability: fraction(fractionUp(mtbf, mttr)), why: 'from its mtbf and mttr' };
}

/** A promise for several zones does not hold for one instance in one zone. */
function managedReliability(station: Station, place: Place): Reliability {
  const { component, engine } = station;
  const instance = instanceOf(component);
  const copies = (station.store?.readReplicas ?? 0) + station.replicas.from;
  if (instance?.purpose === 'database' && copies === 1 && place.zones === 1)
    return { ...promised(serviceLevels.rdsInstance.value, 'promised for one instance'), whole: false };
  if (engine?.availability) return promised(engine.availability.value, `promised for ${engine.title}`);
  return always('nothing known', false, true);
}

function promised(availability: number, why: string): Reliability {
  return { availability, why, known: true, whole: true, repair };
}

function machineReliability(component: Component): Reliability {
  const instance = instanceOf(component);
  const { value } = instance ? serviceLevels.ec2Instance : defaultAvailability.server;
  const why = instance ? 'promised for one instance' : 'usual for a server';
  return { availability: value, why, known: true, whole: false, repair };
}

function always(why: string, known: boolean, whole: boolean): Reliability {
  return { availability: 1, why, known, whole, repair };
}

function fraction(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 1;
}
