/** The declaration that could have kept a failure from doing harm. */
import { type Component, declared, indexByPath, type Path, type Requirement, type Span } from '../../model/index.ts';
import type { FailureModel } from '../availability/domains.ts';
import { checksHealth } from '../availability/routers.ts';
import type { Network } from '../network/network.ts';
import type { Candidate } from './failure.ts';
import { choicesIn } from './reroute.ts';
import type { Standing } from './standing.ts';
import type { Overload } from './strain.ts';

/** Who is to blame, in words that follow the name of the file and line. */
export interface Blame {
  readonly path: Path;
  readonly span: Span;
  /** One sentence. */
  readonly why: string;
}

/** What is known about the harm. */
export interface Harm {
  readonly failures: readonly Candidate[];
  readonly standings: ReadonlyMap<number, Standing>;
  readonly lost: number;
  readonly overloaded: readonly Overload[];
  readonly broken: readonly Requirement[];
}

/** The line to blame for the loss, else for the overload, else the promise that is broken. */
export function blameOf(network: Network, model: FailureModel, harm: Harm): Blame | undefined {
  const { lost, overloaded, broken } = harm;
  if (lost > 0) return lossBlame(network, model, harm);
  const [worst] = overloaded;
  if (worst) return overloadBlame(network, worst);
  const [promise] = broken;
  if (!promise) return undefined;
  return { path: promise.of?.name ?? '', span: promise.span, why: 'What is left is too slow for this promise.' };
}

function lossBlame(network: Network, model: FailureModel, { failures, standings }: Harm): Blame | undefined {
  const dead = new Set([...standings].flatMap(([index, { alive }]) => (alive === 0 ? [index] : [])));
  const blind = blindRouter(network, dead);
  if (blind)
    return at(
      blind,
      'healthCheck',
      `'${blind.path}' does not check health and keeps sending requests to what is down.`,
    );
  const unnoticed = [...standings].find(
    ([index, { alive }]) => alive > 0 && model.groups[index]!.detection === Number.POSITIVE_INFINITY,
  );
  const balancer = unnoticed && unwatching(network, network.stations[unnoticed[0]]!.path);
  if (balancer)
    return at(
      balancer,
      'healthCheck',
      `'${balancer.path}' does not check health and keeps sending requests to what is down.`,
    );
  const headless = [...standings].find(([index, { alive, primary }]) => {
    const { store } = model.groups[index]!;
    return alive > 0 && store && !primary && !store.promotes;
  });
  if (headless) {
    const { component } = network.stations[headless[0]]!;
    return at(component, 'failover', `Nothing takes over as primary of '${component.path}' by itself.`);
  }
  const domain = failures.find((failure) => failure.domain !== undefined);
  if (domain) return domainBlame(network, domain);
  const [failure] = failures.filter(({ group }) => group !== undefined && standings.get(group)?.alive === 0);
  if (failure?.group === undefined) return undefined;
  const { component } = network.stations[failure.group]!;
  if (failure.failure.kind === 'service') return at(component, 'engine', `Nothing takes over for '${component.path}'.`);
  const { total } = standings.get(failure.group)!;
  if (failure.failure.kind === 'allMachines')
    return at(component, 'commonCause', `One cause takes all ${total} machines of '${component.path}' down.`);
  const why = total === 1 ? `'${component.path}' is a single machine.` : `'${component.path}' has ${total} machines.`;
  return at(component, 'replicas', why);
}

function domainBlame(network: Network, { failure }: Candidate): Blame | undefined {
  const component = indexByPath(network.architecture).get(failure.path);
  if (!component) return undefined;
  if (failure.kind === 'zone')
    return at(component, 'zones', `What is in one zone of '${component.path}' has no double in another.`);
  return at(component, undefined, `Nothing outside of '${component.path}' takes over what is in it.`);
}

function overloadBlame(network: Network, { path, utilization }: Overload): Blame | undefined {
  const component = indexByPath(network.architecture).get(path);
  if (!component) return undefined;
  const why = Number.isFinite(utilization)
    ? `What is left of '${path}' would have to do ${utilization.toPrecision(3)} times what it can.`
    : `What is left of '${path}' is asked without end.`;
  return at(component, 'replicas', why);
}

/** A router with several targets, one of them dead, that does not notice. */
function blindRouter(network: Network, dead: ReadonlySet<number>): Component | undefined {
  for (const [from, leading] of choicesIn(network.architecture.connections)) {
    const station = network.stations[network.indexOf.get(from) ?? -1];
    const isRouter = station?.component.kind === 'dns' || station?.component.kind === 'loadBalancer';
    if (!station || !isRouter || leading.length < 2 || checksHealth(station) || dead.has(station.index)) continue;
    const down = leading.filter(({ to }) => dead.has(network.indexOf.get(to) ?? -1)).length;
    if (down > 0 && down < leading.length) return station.component;
  }
  return undefined;
}

/** A load balancer without health checks in front of a component. */
function unwatching({ architecture, stations, indexOf }: Network, path: Path): Component | undefined {
  const leading = architecture.connections.filter((connection) => connection.to === path);
  return leading
    .map(({ from }) => stations[indexOf.get(from) ?? -1])
    .find((station) => station?.component.kind === 'loadBalancer' && !checksHealth(station))?.component;
}

/** The property if it is declared, else the name of the component. */
function at(component: Component, property: string | undefined, why: string): Blame {
  const span = property === undefined ? undefined : declared(component, property)?.span;
  return { path: component.path, span: span ?? component.nameSpan, why };
}
