/** Explains the figures of an architecture at its declared peak load. */
import {
  type Analysis,
  type Architecture,
  indexByPath,
  isInside,
  type Path,
  type SourceId,
  sources,
} from '../../model/index.ts';
import { analyzeNetwork } from '../analyze.ts';
import { prepare } from '../network/prepare.ts';
import { type SolvedLoad, solveLoad } from '../steady/solve.ts';
import { disciplineNotes } from './discipline.ts';
import { explainEnergy } from './energy.ts';
import { explainBandwidth, explainMemory, explainStorage } from './envelope.ts';
import { explainErrors } from './errors.ts';
import {
  computed,
  type ExplainedFigure,
  type ExplainedInput,
  type Explanation,
  type Unexplained,
} from './explanation.ts';
import { explainRate } from './rate.ts';
import { explainRecovery } from './recovery.ts';
import { explainUtilization } from './utilization.ts';

/**
 * The figure of the whole, of a component (by its path) or of a request class (by its name), with everything that it was computed from.
 * Never throws.
 */
export function explain(
  architecture: Architecture,
  figure: ExplainedFigure,
  subject?: Path,
): Explanation | Unexplained {
  if (figure === 'rpo' || figure === 'rto') return explainRecovery(architecture, figure, subject);
  const network = prepare(architecture);
  if (figure === 'storage') return explainStorage(network, subject);
  if (figure === 'bandwidth') return explainBandwidth(network, subject);
  if (figure === 'memory') return explainMemory(network, subject);
  if (figure === 'energy' || figure === 'carbon') return explainEnergy(network, figure, subject);
  const analysis = analyzeNetwork(network);
  const solved = solveLoad(network, { scale: 1, load: 'peak' });
  switch (figure) {
    case 'utilization':
      return utilization(solved, analysis, subject);
    case 'rate':
      return explainRate(solved, analysis, subject);
    case 'errors':
      return explainErrors(solved, analysis, subject);
    case 'capacity':
      return capacity(architecture, analysis, subject);
    case 'availability':
      return availability(architecture, analysis, subject);
    case 'cost':
      return cost(analysis, subject);
    default:
      return responseTime(solved, analysis, figure, subject);
  }
}

function utilization(solved: SolvedLoad, { solution }: Analysis, subject: Path | undefined): Explanation | Unexplained {
  const known = solution.components.filter((one) => one.utilization !== undefined);
  const result =
    subject === undefined
      ? known.toSorted((a, b) => b.utilization! - a.utilization!)[0]
      : known.find(({ path }) => path === subject);
  const explanation = result && explainUtilization(solved, result);
  return explanation ?? { why: `Nothing is known that '${subject ?? 'anything'}' could run out of.` };
}

/** Users over the utilisation that they cause, or those at which a promise still holds. */
function capacity(
  architecture: Architecture,
  analysis: Analysis,
  subject: Path | undefined,
): Explanation | Unexplained {
  const { capacity: whole } = analysis;
  const first = whole.bottlenecks.find(({ path }) => subject === undefined || isInside(path, subject));
  const limit = subject === undefined ? whole.limit : first && ({ type: 'bottleneck', bottleneck: first } as const);
  if (!limit || whole.declaredUsers === 0)
    return { why: whole.declaredUsers === 0 ? 'No users with a population are declared.' : 'Nothing known limits it.' };
  const users: ExplainedInput = {
    name: 'declared users',
    value: whole.declaredUsers,
    dimension: 'count',
    ...populationSpan(architecture),
  };
  const base = {
    figure: 'capacity',
    ...(subject ? { subject } : {}),
    dimension: 'count',
    accuracy: whole.accuracy,
  } as const;
  if (limit.type === 'requirement') {
    const { requirement } = limit;
    return {
      ...base,
      value: whole.users,
      formula:
        'declared users × the largest multiple of the load at which the promise still holds (found by bisection)',
      terms: [
        {
          name: `require ${requirement.metric}`,
          factors: [
            users,
            { name: 'multiple of the load', value: whole.scale, dimension: 'count', span: requirement.span },
          ],
        },
      ],
      divisors: [],
      addsUpTo: 'figure',
      notes: ['Nothing saturates before the promise breaks.'],
    };
  }
  const { path, resource, part, scale, cause } = limit.bottleneck;
  if (cause === 'retries')
    return {
      ...base,
      value: limit.bottleneck.users,
      formula: 'declared users × the largest multiple of the load at which retries die down (found by bisection)',
      terms: [
        {
          name: `${resource} of ${path}`,
          factors: [users, computed('multiple of the load', scale, 'count', 'beyond it retries beget retries')],
        },
      ],
      divisors: [],
      addsUpTo: 'figure',
      notes: [`Without retries '${path}' could carry more.`],
    };
  const name = `${part ? `${part} ` : ''}${resource} of ${path}`;
  return {
    ...base,
    value: limit.bottleneck.users,
    formula: 'declared users ÷ the utilisation that they cause of what saturates first (it grows in proportion)',
    terms: [{ name, factors: [users] }],
    divisors: [
      computed(
        `utilisation of ${name} with all replicas that it may have`,
        1 / scale,
        'ratio',
        `loadpath explain utilization ${path}`,
      ),
    ],
    addsUpTo: 'figure',
    notes: [],
  };
}

function populationSpan({ components }: Architecture) {
  const users = components.filter(({ kind, properties }) => kind === 'users' && properties.population);
  const span = users.length === 1 ? users[0]!.properties.population!.span : undefined;
  return span ? { span } : { how: 'the sum of all users' };
}

/** What is missing to 1: each part alone, and what only several failures together take away. */
function availability(
  architecture: Architecture,
  analysis: Analysis,
  subject: Path | undefined,
): Explanation | Unexplained {
  const whole = analysis.availability;
  if (subject !== undefined) {
    const found = whole.requests.find(({ name }) => name === subject);
    const own = whole.contributions.find(({ path }) => path === subject);
    if (!found && !own) return { why: `The availability is that of requests; '${subject}' loses none of them alone.` };
  }
  const index = indexByPath(architecture);
  const own = whole.contributions.filter(({ path }) => subject === undefined || path === subject);
  const isClass = subject !== undefined && own.length === 0;
  const contributions = isClass ? whole.contributions : own;
  const value = isClass
    ? whole.requests.find(({ name }) => name === subject)!.value
    : subject === undefined
      ? whole.value
      : 1 - own[0]!.unavailability;
  const alone = contributions.reduce((sum, { unavailability }) => sum + unavailability, 0);
  const rest = 1 - value - alone;
  const terms = contributions.map(({ path, unavailability, why }) => {
    const component = index.get(path);
    const span = component?.properties.availability?.span ?? component?.properties.mtbf?.span ?? component?.nameSpan;
    return {
      name: path,
      factors: [
        {
          name: 'share of the requests lost',
          value: unavailability,
          dimension: 'ratio' as const,
          how: why,
          ...(span ? { span } : {}),
        },
      ],
    };
  });
  return {
    figure: 'availability',
    ...(subject === undefined ? {} : { subject }),
    value,
    dimension: 'ratio',
    formula: '1 − Σ time down × requests lost meanwhile',
    terms: [
      ...terms,
      ...(Math.abs(rest) > 1e-15
        ? [
            {
              name: 'together',
              factors: [
                computed(
                  'share of the requests lost',
                  rest,
                  'ratio',
                  'several at the same time, less what was counted twice',
                ),
              ],
            },
          ]
        : []),
    ],
    divisors: [],
    addsUpTo: 'complement',
    notes: subject !== undefined && !isClass ? ['As if nothing else ever failed.'] : [],
    accuracy: whole.accuracy,
  };
}

function cost({ cost: whole }: Analysis, subject: Path | undefined): Explanation | Unexplained {
  const lines = whole.lines.filter(({ path }) => subject === undefined || isInside(path, subject));
  if (lines.length === 0) return { why: `No price is known${subject === undefined ? '' : ` of '${subject}'`}.` };
  return {
    figure: 'cost',
    ...(subject === undefined ? {} : { subject }),
    value: lines.reduce((sum, { perHour }) => sum + perHour, 0),
    dimension: 'moneyRate',
    formula: 'Σ price × number or use, at the mean load',
    terms: lines.map(({ path, perHour, why, source }) => ({
      name: path,
      factors: [
        {
          name: why,
          value: perHour,
          dimension: 'moneyRate' as const,
          ...(source && isSource(source) ? { source } : {}),
        },
      ],
    })),
    divisors: [],
    addsUpTo: 'figure',
    notes:
      whole.unknown.length > 0 && subject === undefined
        ? [`Without ${whole.unknown.join(', ')}, whose price is not known.`]
        : [],
    accuracy: { kind: 'exact' },
  };
}

function isSource(id: string): id is SourceId {
  return Object.hasOwn(sources, id);
}

/** The mean is a sum along the path; quantiles are those of the distribution of that sum. */
function responseTime(
  solved: SolvedLoad,
  { solution }: Analysis,
  figure: 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'p999',
  subject: Path | undefined,
): Explanation | Unexplained {
  const shown = solution.requests.filter(({ rate: each }) => each > 0);
  const request =
    subject === undefined ? (shown.length === 1 ? shown[0] : undefined) : shown.find(({ name }) => name === subject);
  const isMean = figure === 'mean';
  const base = {
    figure,
    dimension: 'time',
    divisors: [],
    addsUpTo: isMean ? 'figure' : 'mean',
    formula: isMean
      ? 'Σ mean waiting and service times along the path of a request'
      : `the ${figure} of the distribution of the sum along the path (transform inversion); the terms are the parts of the mean`,
    notes: isMean ? [] : ['Quantiles do not add up: what is slow at one place need not be slow at another.'],
  } as const;
  if (request) {
    return {
      ...base,
      subject: request.name,
      value: request.response[figure],
      terms: request.breakdown.map(({ path, seconds }) => ({
        name: path,
        factors: [computed('mean time there', seconds, 'time', 'waiting, service and the way there')],
      })),
      accuracy: request.accuracy,
    };
  }
  if (subject === undefined) {
    const own = shown.filter(({ name }) => name !== 'static files');
    const total = own.reduce((sum, one) => sum + one.rate, 0);
    if (!(total > 0)) return { why: 'Nobody asks for anything.' };
    const rest = solution.response.mean - own.reduce((sum, one) => sum + (one.rate / total) * one.response.mean, 0);
    return {
      ...base,
      value: solution.response[figure],
      terms: [
        ...own.map(({ name, rate: each, response }) => ({
          name,
          factors: [
            computed('share of the requests', each / total, 'ratio', 'at peak'),
            computed('mean response time', response.mean, 'time', `loadpath explain mean ${name}`),
          ],
        })),
        ...(Math.abs(rest) > 1e-9 * solution.response.mean
          ? [{ name: 'other', factors: [computed('mean time', rest, 'time', 'what the classes one by one leave out')] }]
          : []),
      ],
      accuracy: solution.accuracy,
    };
  }
  const component = solution.components.find(({ path }) => path === subject);
  if (!component?.response) return { why: `No response time is known of '${subject}'.` };
  const { response } = component;
  const waiting = Number.isFinite(component.waiting) ? component.waiting! : 0;
  return {
    ...base,
    subject,
    value: response[figure],
    notes: [...base.notes, ...disciplineNotes(solved, subject)],
    terms: [
      { name: 'waiting', factors: [computed('mean wait', waiting, 'time', 'until it is served')] },
      {
        name: 'service',
        factors: [computed('mean time after that', response.mean - waiting, 'time', 'what it calls not included')],
      },
    ],
    accuracy: component.accuracy,
  };
}
