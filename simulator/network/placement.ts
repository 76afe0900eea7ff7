/**
 * Where components are, and how long a network round trip between two of them takes. A connection's own `latency` comes first.
 * Inside a data center it is the catalogue's round trip within a zone or between zones, by the chance that two replicas are in
 * different zones; between data centers and from users the table of regions, or the distance where nobody has measured.
 * What lies outside of every data center is of unknown place and costs nothing. DNS is not on the path: clients keep its
 * answer, so a connection out of a DNS starts where the users are.
 */
import { estimateRoundTrip, roundTrip, sameZoneRoundTrip, zoneRoundTrip } from '../../model/catalogue/index.ts';
import {
  type Architecture,
  amount,
  ancestors,
  type Component,
  indexByPath,
  type Path,
  word,
} from '../../model/index.ts';

/** Containers that decide distance and fate. */
export interface Place {
  readonly host?: Path;
  readonly zone?: Path;
  readonly dataCenter?: Path;
  readonly region?: string;
  /** Zones that its replicas are spread over. */
  readonly zones: number;
}

/** The place of a component: its innermost host, zone and data center; of users, their region. */
export function placeOf(architecture: Architecture, component: Component): Place {
  const { place, dataCenter } = surroundingsOf(architecture, component.parent);
  if (!dataCenter) {
    const region = component.kind === 'users' ? word(component, 'region') : undefined;
    return region === undefined ? place : { ...place, region };
  }
  const own = place.zone || place.host ? undefined : amount(component, 'zones');
  return own === undefined ? place : { ...place, zones: spreadOver(own) };
}

interface Surroundings {
  readonly dataCenter?: Component | undefined;
  /** The place of what says nothing of its own. */
  readonly place: Place;
}

/** What is around everything in a container; found once for each. */
function surroundingsOf(architecture: Architecture, container: Path | undefined): Surroundings {
  let found = surroundings.get(architecture);
  if (!found) {
    found = new Map();
    surroundings.set(architecture, found);
  }
  const component = container === undefined ? undefined : indexByPath(architecture).get(container);
  if (!component) return nowhere;
  let around = found.get(component.path);
  if (!around) {
    around = surroundingsIn([component, ...ancestors(architecture, component)]);
    found.set(component.path, around);
  }
  return around;
}

const surroundings = new WeakMap<Architecture, Map<Path, Surroundings>>();
const nowhere: Surroundings = { place: { zones: 1 } };

function surroundingsIn(around: readonly Component[]): Surroundings {
  const find = (kind: string) => around.find((container) => container.kind === kind);
  const dataCenter = find('dataCenter');
  const zone = find('zone');
  const host = find('host');
  const region = dataCenter && word(dataCenter, 'region');
  return {
    dataCenter,
    place: {
      zones: zone || host || !dataCenter ? 1 : spreadOver(amount(dataCenter, 'zones') ?? 1),
      ...(host ? { host: host.path } : {}),
      ...(zone ? { zone: zone.path } : {}),
      ...(dataCenter ? { dataCenter: dataCenter.path } : {}),
      ...(region === undefined ? {} : { region }),
    },
  };
}

function spreadOver(zones: number): number {
  return Math.max(1, Math.floor(zones));
}

/** Seconds of a round trip between two places; 0 where one of them is unknown. */
export function roundTripBetween(from: Place, to: Place): number {
  if (from.host !== undefined && from.host === to.host) return 0;
  if (from.dataCenter !== undefined && from.dataCenter === to.dataCenter) return withinDataCenter(from, to);
  if (from.region === undefined || to.region === undefined) return 0;
  return (roundTrip(from.region, to.region) ?? estimateRoundTrip(from.region, to.region))?.value ?? 0;
}

function withinDataCenter(from: Place, to: Place): number {
  if (from.zone !== undefined && to.zone !== undefined)
    return from.zone === to.zone ? sameZoneRoundTrip.value : zoneRoundTrip.value;
  const spread = Math.max(from.zones, to.zones);
  return sameZoneRoundTrip.value / spread + zoneRoundTrip.value * (1 - 1 / spread);
}
