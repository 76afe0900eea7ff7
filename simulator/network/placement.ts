/**
 * Where components are, and how long a network round trip between two of them takes. A connection's own `latency` comes first.
 * Inside a data center it is the catalogue's round trip within a zone or between zones, by the chance that two replicas are in
 * different zones; between data centers and from users the table of regions, or the distance where nobody has measured.
 * What lies outside of every data center is of unknown place and costs nothing. DNS is not on the path: clients keep its
 * answer, so a connection out of a DNS starts where the users are.
 */
import { estimateRoundTrip, roundTrip, sameZoneRoundTrip, zoneRoundTrip } from '../../model/catalogue/index.ts';
import { type Architecture, amount, ancestors, type Component, type Path, word } from '../../model/index.ts';

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
  const around = ancestors(architecture, component);
  const find = (kind: string) => around.find((container) => container.kind === kind);
  const dataCenter = find('dataCenter');
  const zone = find('zone');
  const host = find('host');
  const region = dataCenter
    ? word(dataCenter, 'region')
    : component.kind === 'users'
      ? word(component, 'region')
      : undefined;
  const spread = zone || host || !dataCenter ? 1 : (amount(component, 'zones') ?? amount(dataCenter, 'zones') ?? 1);
  return {
    zones: Math.max(1, Math.floor(spread)),
    ...(host ? { host: host.path } : {}),
    ...(zone ? { zone: zone.path } : {}),
    ...(dataCenter ? { dataCenter: dataCenter.path } : {}),
    ...(region === undefined ? {} : { region }),
  };
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
