/** What completion offers at each place. */
import {
  type Action,
  type Architecture,
  connectionProperties,
  type FlowType,
  flowTypes,
  type KindName,
  kindNames,
  kindOf,
  type Metric,
  metrics,
  type PropertySpec,
  type PropertyTable,
  type PropertyType,
  requestProperties,
  scenarioProperties,
  specIn,
  viewProperties,
} from '../../../model/index.ts';
import { actions } from '../../lowering/events.ts';
import { isKind } from '../../tables.ts';
import {
  describeFlow,
  describeKind,
  describeLoad,
  describeMetric,
  describeProperty,
  loadWords,
} from '../property-docs.ts';
import { catalogueOffers } from './catalogue-offers.ts';
import type { Context, Frame, Place } from './context.ts';
import { fill } from './fill.ts';
import type { Offer } from './offer.ts';
import { type Candidate, candidatesAt, findAt, pathOf } from './scope.ts';
import {
  actionSnippets,
  declarationSnippet,
  eventSnippet,
  statements as statementList,
  statementSnippets,
} from './snippets.ts';

const actionNames = Object.keys(actions) as readonly Action['type'][];

/** Templates of the file by name, which are not part of the model. */
export type Templates = readonly { readonly name: string; readonly kind: string }[];

export interface Known {
  readonly architecture: Architecture;
  readonly templates: Templates;
}

export function offersAt(context: Context, known: Known): readonly Offer[] {
  const { place } = context;
  switch (place.type) {
    case 'statement':
      return statements(context, known);
    case 'value':
      return values(place, context, known);
    case 'paramValue':
    case 'limit':
      return params(known);
    case 'base':
      return bases(place, context, known);
    case 'end':
      return ends(place, context, known);
    case 'flow':
      return flows(place.source, context, known);
    case 'metric':
      return metrics.map(metricOffer);
    case 'afterMetric':
      return [{ label: 'of', kind: 'keyword', detail: 'a component or request class', rank: 1 }];
    case 'subject':
      return subjects(place.segments, context, known);
    case 'action':
      return actionNames.map((label) => ({
        label,
        kind: 'event',
        doc: `${actions[label].doc}\n\n\`\`\`arch\nat 5m ${actions[label].example}\n\`\`\``,
        snippet: actionSnippets[label],
        // What the action is about comes next.
        next: true,
        rank: 1,
      }));
    case 'eventTarget':
      return eventTargets(place, context, known);
    case 'importPath':
    case 'free':
      return [];
  }
}

/** The table of the properties that may stand in a body, and what it is the body of. */
export function tableAt(frames: readonly Frame[], { architecture }: Known): PropertyTable | undefined {
  const frame = frames.at(-1);
  switch (frame?.type) {
    case undefined:
      return undefined;
    case 'declaration':
      return isKind(frame.kind) ? kindOf(frame.kind).properties : undefined;
    case 'block': {
      const outer = tableAt(frames.slice(0, -1), { architecture, templates: [] });
      const type = outer && specIn(outer, frame.name)?.type;
      return type?.type === 'block' ? type.properties : undefined;
    }
    case 'override': {
      const target = findAt(architecture, '', frame.target);
      return target && kindOf(target.kind).properties;
    }
    case 'request':
      return requestProperties;
    case 'scenario':
      return scenarioProperties;
    case 'view':
      return viewProperties;
    case 'connection':
      return connectionProperties;
  }
}

function statements(context: Context, known: Known): readonly Offer[] {
  const { frames, present } = context;
  const frame = frames.at(-1);
  const table = tableAt(frames, known) ?? {};
  const properties = Object.entries(table)
    .filter(([name]) => !present.has(name))
    .map(([name, spec]) => propertyOffer(name, spec));
  if (frame?.type === 'scenario') {
    const load = present.has('load') ? [] : [loadOffer];
    return [...properties, ...load, { label: 'at', kind: 'keyword', snippet: eventSnippet, rank: 1 }, requireOffer];
  }
  if (frame?.type === 'request') return [...properties, ...references(context, known, [])];
  const isContainer = frame?.type === 'declaration' && isKind(frame.kind) && kindOf(frame.kind).role === 'container';
  if (frame !== undefined && !isContainer) return properties;
  const keywords = statementList
    .filter(([, { top }]) => frame === undefined || !top)
    .map(([label, { snippet, doc }]): Offer => ({ label, kind: 'keyword', snippet, doc, rank: 4 }));
  return [...properties, ...kindNames.map(kindOffer), ...keywords, ...references(context, known, [])];
}

const requireOffer: Offer = {
  label: 'require',
  kind: 'keyword',
  snippet: statementSnippets.require.snippet,
  doc: statementSnippets.require.doc,
  rank: 2,
};

function kindOffer(kind: KindName): Offer {
  return {
    label: kind,
    kind: 'kind',
    detail: kindOf(kind).label,
    doc: describeKind(kind),
    snippet: declarationSnippet(kind),
    rank: 2,
  };
}

function propertyOffer(name: string, spec: PropertySpec): Offer {
  const isBlock = spec.type.type === 'block';
  return {
    label: name,
    kind: 'property',
    detail: shortType(spec),
    doc: describeProperty(name, spec),
    snippet: fill(isBlock ? `${name} {\n\t[[]]\n}` : `${name}: [[]]`),
    // The value is what comes next: ask for it at once.
    next: !isBlock,
    rank: 1,
  };
}

function shortType({ type }: PropertySpec): string {
  return type.type === 'quantity'
    ? type.dimension
    : type.type === 'enum'
      ? Object.keys(type.values).join(' | ')
      : type.type;
}

type At<T extends Place['type']> = Extract<Place, { readonly type: T }>;

function values({ property, nested, segments }: At<'value'>, context: Context, known: Known): readonly Offer[] {
  const spec = specIn(tableAt(context.frames, known) ?? {}, property);
  if (property === 'load' && context.frames.at(-1)?.type === 'scenario') return loads;
  if (!spec) return params(known);
  const type = nested && spec.type.type === 'list' ? spec.type.of : spec.type;
  return valuesOf(type, spec, segments, context, known);
}

const loads: readonly Offer[] = Object.entries(loadWords).map(([label, doc]) => ({
  label,
  kind: 'value',
  doc,
  rank: 1,
}));

const loadOffer: Offer = {
  label: 'load',
  kind: 'property',
  doc: describeLoad(),
  snippet: fill('load: [[]]'),
  next: true,
  rank: 1,
};

function valuesOf(
  type: PropertyType,
  spec: PropertySpec,
  segments: readonly string[],
  context: Context,
  known: Known,
): readonly Offer[] {
  // Behind a dot only a member of what stands before it.
  if (segments.length > 0 && type.type !== 'reference' && type.type !== 'list') return [];
  switch (type.type) {
    case 'enum':
      return wordOffers(type.values, spec);
    case 'boolean':
      return wordOffers({ true: '', false: '' }, spec);
    case 'catalogue':
      return catalogueOffers(type.table, context.frames);
    case 'reference': {
      const fits = ({ component }: Candidate) => type.kinds === 'any' || type.kinds.includes(component.kind);
      const words = type.words && segments.length === 0 ? wordOffers(type.words, spec) : [];
      return [
        ...words,
        ...references(context, known, segments).filter((offer) => offer.candidate && fits(offer.candidate)),
      ];
    }
    case 'list':
      return valuesOf(type.of, spec, segments, context, known).map((offer) => ({
        ...offer,
        insert: `[${offer.label}]`,
      }));
    case 'quantity':
      return params(known);
    case 'name':
      // The one name that stands for something: the scenario of a view.
      return context.frames.at(-1)?.type === 'view' ? scenarioOffers(known) : [];
    default:
      return [];
  }
}

function scenarioOffers({ architecture }: Known): readonly Offer[] {
  return architecture.scenarios.map(({ name, title }) => ({
    label: name,
    kind: 'event',
    detail: 'scenario',
    ...(title ? { doc: title } : {}),
    rank: 1,
  }));
}

function wordOffers(words: Readonly<Record<string, string>>, spec: PropertySpec): readonly Offer[] {
  return Object.entries(words).map(([label, doc]) => ({
    label,
    kind: 'value',
    ...(String(spec.default) === label ? { detail: 'default' } : {}),
    ...(doc ? { doc } : {}),
    rank: 1,
  }));
}

function params({ architecture }: Known): readonly Offer[] {
  return architecture.params.map(({ name, doc }) => ({
    label: name,
    kind: 'param',
    detail: 'param',
    ...(doc ? { doc } : {}),
    rank: 1,
  }));
}

function references(context: Context, { architecture }: Known, segments: readonly string[]): readonly Offer[] {
  return candidatesAt(architecture, pathOf(context.frames), segments).map(referenceOffer);
}

function referenceOffer(candidate: Candidate): Offer {
  const { component, label, distance } = candidate;
  const { title, doc, kind } = component;
  const text = [title ? `**${title}**` : '', doc ?? kindOf(kind).doc].filter(Boolean).join('\n\n');
  return {
    label,
    kind: 'component',
    detail: kindOf(kind).label,
    doc: text,
    rank: 3 + Math.min(distance, 5),
    candidate,
  };
}

function bases({ kind, name: own, segments }: At<'base'>, context: Context, known: Known): readonly Offer[] {
  const same = references(context, known, segments).filter(
    ({ candidate }) => candidate?.component.kind === kind && candidate.label !== own,
  );
  const templates = segments.length > 0 ? [] : known.templates.filter((template) => template.kind === kind);
  return [
    ...templates.map(({ name }): Offer => ({ label: name, kind: 'component', detail: 'template', rank: 1 })),
    ...same,
  ];
}

/** What can be at the end of an arrow: nothing that only watches, and not the source itself. */
function ends({ source, segments }: At<'end'>, context: Context, known: Known): readonly Offer[] {
  const from = source.length > 0 ? findAt(known.architecture, pathOf(context.frames), source) : undefined;
  return references(context, known, segments).filter(({ candidate }) => {
    const component = candidate?.component;
    if (!component || component.path === from?.path) return false;
    const { role } = kindOf(component.kind);
    const isTarget = role === 'router' || role === 'caller' || role === 'store' || component.kind === 'dataCenter';
    return source.length > 0 ? isTarget : role !== 'observer';
  });
}

/** Flows that make sense from what is left of the arrow come first. */
function flows(source: readonly string[], context: Context, { architecture }: Known): readonly Offer[] {
  const from = findAt(architecture, pathOf(context.frames), source);
  const role = from && kindOf(from.kind).role;
  const usual: Readonly<Partial<Record<string, readonly FlowType[]>>> = {
    source: ['static'],
    router: [],
    caller: ['reads', 'writes', 'calls', 'publishes'],
    store: ['misses', 'replicates', 'reads', 'writes'],
  };
  const first = usual[role ?? ''] ?? [];
  return (Object.keys(flowTypes) as FlowType[])
    .filter((flow) => flow !== 'share')
    .map((flow) => ({
      label: flow,
      kind: 'flow',
      doc: describeFlow(flow),
      snippet: fill(flowTypes[flow].amount === 'none' ? flow : `${flow} [[1]]`),
      rank: first.includes(flow) ? 1 : 2,
    }));
}

function metricOffer(metric: Metric): Offer {
  return { label: metric, kind: 'metric', doc: describeMetric(metric), rank: 1 };
}

function subjects(segments: readonly string[], context: Context, known: Known): readonly Offer[] {
  const requests = segments.length > 0 ? [] : known.architecture.requests;
  return [
    ...requests.map(
      ({ name, title }): Offer => ({
        label: name,
        kind: 'param',
        detail: 'request class',
        ...(title ? { doc: title } : {}),
        rank: 1,
      }),
    ),
    ...references(context, known, segments),
  ];
}

function eventTargets(
  { action, segments, ofPart }: At<'eventTarget'>,
  context: Context,
  known: Known,
): readonly Offer[] {
  const wanted: Readonly<Record<string, (kind: KindName) => boolean>> = {
    flush: (kind) => kind === 'cache' || kind === 'cdn',
  };
  const fits = Object.hasOwn(wanted, action) ? wanted[action]! : () => true;
  const parts = action === 'fail' && segments.length === 0 && !ofPart ? ['primary of', 'zone of'] : [];
  return [
    ...parts.map((label): Offer => ({ label, kind: 'keyword', snippet: fill(`${label} [[]]`), next: true, rank: 2 })),
    ...references(context, known, segments).filter(({ candidate }) => candidate && fits(candidate.component.kind)),
  ];
}
