/** Explains which share of the requests fails, place by place: full queues, limits, overload, and answers that come too late. */
import { type Analysis, type Component, declared, formatPercent, type Path, type Span } from '../../model/index.ts';
import type { Network, Stream } from '../network/network.ts';
import { operationCount } from '../network/operation.ts';
import { answeredByNode } from '../steady/errors.ts';
import type { SolvedLoad } from '../steady/solve.ts';
import { sustainedShares } from '../steady/sustained.ts';
import { type CallsByStream, isAwaited } from '../steady/traffic.ts';
import {
  computed,
  type ExplainedInput,
  type ExplainedTerm,
  type Explanation,
  type Unexplained,
} from './explanation.ts';

/** Of all requests, of a class by its name, or of what reaches a component. */
export function explainErrors(
  solved: SolvedLoad,
  analysis: Analysis,
  subject: Path | undefined,
): Explanation | Unexplained {
  const { network } = solved;
  const { solution } = analysis;
  const own = solution.requests.filter(
    ({ name, rate }) => rate > 0 && network.classes.some((requestClass) => requestClass.name === name),
  );
  const request =
    subject === undefined ? (own.length === 1 ? own[0] : undefined) : own.find(({ name }) => name === subject);
  if (request) {
    const terms = lossesOf(solved, request.name);
    return { ...base(request.name, request.errors, terms), accuracy: request.accuracy };
  }
  if (subject !== undefined) return ofComponent(solved, analysis, subject);
  if (own.length === 0) return { why: 'Nobody asks for anything.' };
  const total = own.reduce((sum, { rate }) => sum + rate, 0);
  const terms = own
    .filter(({ errors }) => errors > 0)
    .map(({ name, rate, errors }) => ({
      name,
      factors: [
        computed('share of the requests', rate / total, 'ratio', 'at peak'),
        computed('share of them that fails', errors, 'ratio', `loadpath explain errors ${name}`),
      ],
    }));
  return {
    ...base(undefined, solution.errors, terms),
    formula: 'Σ share of the requests × share of them that fails, by request class',
    accuracy: solution.accuracy,
  };
}

function base(subject: Path | undefined, value: number, terms: readonly ExplainedTerm[]) {
  return {
    figure: 'errors',
    ...(subject === undefined ? {} : { subject }),
    value,
    dimension: 'ratio',
    formula: 'Σ requests that nothing before has failed × share of them that fails here',
    terms,
    divisors: [],
    addsUpTo: 'figure',
    notes:
      terms.length === 0
        ? ['Nothing on the way turns requests away, is asked for more than it can do, or answers too late.']
        : terms.length > 1
          ? ['What fails at several places counts at the first of them; those that fail most come first.']
          : [],
  } as const;
}

/** Something that makes requests fail, alone. */
interface Cause {
  readonly name: string;
  readonly input: (share: number) => ExplainedInput;
  readonly is: { readonly station: number } | { readonly limited: number } | { readonly late: number };
}

/** Added up in the order of what each would do alone, so that the whole is that of the solution. */
function lossesOf(solved: SolvedLoad, requestClass: string): readonly ExplainedTerm[] {
  const alone = causesOf(solved)
    .map((cause) => ({ cause, failed: failing(solved, requestClass, [cause]) }))
    .filter(({ failed }) => failed > NOTHING)
    .sort((a, b) => b.failed - a.failed);
  const terms: ExplainedTerm[] = [];
  let before = 0;
  for (const [i, { cause }] of alone.entries()) {
    const together = failing(
      solved,
      requestClass,
      alone.slice(0, i + 1).map((one) => one.cause),
    );
    const left = 1 - before;
    const share = left > 0 ? Math.max(0, together - before) / left : 0;
    before = together;
    if (share <= NOTHING) continue;
    const rest = computed('requests that nothing above has failed', left, 'ratio', 'what the lines above leave');
    terms.push({ name: cause.name, factors: [...(left < 1 ? [rest] : []), cause.input(share)] });
  }
  return terms;
}

/** Shares below this are rounding. */
const NOTHING = 1e-12;

/** Share of the requests of a class that fails where only these causes make any fail. */
function failing({ network, actual }: SolvedLoad, requestClass: string, causes: readonly Cause[]): number {
  const shares = sustainedShares(actual);
  const stations = new Set(causes.flatMap(({ is }) => ('station' in is ? [is.station] : [])));
  const limited = new Set(causes.flatMap(({ is }) => ('limited' in is ? [is.limited] : [])));
  const late = new Set(causes.flatMap(({ is }) => ('late' in is ? [is.late] : [])));
  const { calls, passed, ...thinning } = actual.thinning;
  const state = {
    ...actual,
    thinning: {
      ...thinning,
      passed: passed.map((share, link) => (limited.has(link) ? share : 1)),
      ...(calls ? { calls: onlyLate(calls, late) } : {}),
    },
  };
  const classes = network.classes.length;
  let rate = 0;
  let failed = 0;
  for (const [i, stream] of network.streams.entries()) {
    const own = actual.streamRates[i]!;
    if (network.classes[stream.class]!.name !== requestClass || !(own > 0)) continue;
    const done = (station: number, kind: number) =>
      stations.has(station) ? shares[(station * operationCount + kind) * classes + stream.class]! : 1;
    rate += own;
    failed += own * (1 - answeredByNode(state, stream, isAwaited, done)[0]!);
  }
  return rate > 0 ? failed / rate : 0;
}

/** The calls, none of them late but along these links. */
function onlyLate(calls: CallsByStream, links: ReadonlySet<number>): CallsByStream {
  const only = (stream: Stream, late: Float64Array) =>
    late.map((share, edge) => (links.has(stream.link[edge]!) ? share : 0));
  return new Map([...calls].map(([stream, own]) => [stream, { ...own, late: only(stream, own.late) }]));
}

function causesOf(solved: SolvedLoad): readonly Cause[] {
  const { network, actual } = solved;
  const stations = network.stations
    .filter(({ index }) => actual.done[index]! < 1)
    .map(
      ({ index, path, component }): Cause => ({
        name: path,
        input: (share) => stationInput(solved, index, component, share),
        is: { station: index },
      }),
    );
  const links = network.connections.flatMap(({ id, rateLimit, patience }, link): readonly Cause[] => [
    ...(rateLimit === undefined
      ? []
      : [{ name: id, input: linkInput(network, id, 'rateLimit', `beyond its limit`), is: { limited: link } }]),
    ...(patience && Number.isFinite(patience.timeout)
      ? [
          {
            name: id,
            input: linkInput(network, id, 'timeout', 'no answer in time, after the last attempt'),
            is: { late: link },
          },
        ]
      : []),
  ]);
  return [...stations, ...links];
}

function linkInput(network: Network, id: string, property: string, how: string): Cause['input'] {
  const { connections, requests } = network.architecture;
  const connection = [...connections, ...requests.flatMap((one) => one.connections)].find((one) => one.id === id);
  const span = connection && declared(connection, property)?.span;
  return (share) => failedHere(share, span ?? connection?.span, how);
}

function stationInput({ actual }: SolvedLoad, index: number, component: Component, share: number): ExplainedInput {
  const refused = 1 - actual.thinning.accepted[index]!;
  if (refused > NOTHING) {
    const { property, how } = refusal(component);
    const span = property === undefined ? undefined : declared(component, property)?.span;
    return failedHere(share, span, `${how}: ${formatPercent(refused)} of what comes is turned away`);
  }
  return failedHere(share, undefined, `it cannot keep up: loadpath explain utilization ${component.path}`);
}

function refusal(component: Component): { readonly property?: string; readonly how: string } {
  if (declared(component, 'maxRate')) return { property: 'maxRate', how: 'beyond its limit' };
  if (declared(component, 'rateLimit')) return { property: 'rateLimit', how: 'beyond its limit' };
  if (declared(component, 'concurrency')) return { property: 'concurrency', how: 'all of them busy' };
  if (declared(component, 'maxQueue')) return { property: 'maxQueue', how: 'its queue is full' };
  if (declared(component, 'maxLength')) return { property: 'maxLength', how: 'it is full' };
  return { how: 'a limit of the engine' };
}

function failedHere(share: number, span: Span | undefined, how: string): ExplainedInput {
  return { name: 'share of them that fails here', value: share, dimension: 'ratio', ...(span ? { span } : {}), how };
}

/** What a component does not get done of the operations that reach it. */
function ofComponent(solved: SolvedLoad, { solution }: Analysis, path: Path): Explanation | Unexplained {
  const { network, actual } = solved;
  const index = network.indexOf.get(path);
  const result = solution.components.find((one) => one.path === path);
  const station = index === undefined ? undefined : network.stations[index];
  if (!result || index === undefined || !station || station.component.kind === 'users' || !(result.arrivalRate > 0))
    return { why: `'${path}' takes no requests.` };
  const { refused } = result;
  const undone = 1 - refused - actual.done[index]!;
  const terms: ExplainedTerm[] = [];
  if (refused > NOTHING) {
    const { property, how } = refusal(station.component);
    const span = property === undefined ? undefined : declared(station.component, property)?.span;
    const input = { name: 'share', value: refused, dimension: 'ratio', ...(span ? { span } : {}), how } as const;
    terms.push({ name: 'turned away', factors: [input] });
  }
  if (undone > NOTHING) {
    const how = `it cannot keep up: loadpath explain utilization ${path}`;
    terms.push({ name: 'never done', factors: [computed('share', undone, 'ratio', how)] });
  }
  return {
    ...base(path, Math.max(0, 1 - actual.done[index]!), terms),
    formula: 'share of what reaches it that it turns away, and that it never gets done',
    notes: terms.length === 0 ? ['It gets done all that reaches it.'] : [],
    accuracy: result.accuracy,
  };
}
