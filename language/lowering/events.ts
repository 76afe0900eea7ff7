/** Events of scenarios: `at T ACTION (for T)?`, with what each action needs. */
import { type Action, type KindName, propertySpec, type ScenarioEvent } from '../../model/index.ts';
import type * as ast from '../generated/ast.ts';
import { alternatives, guess } from './context.ts';
import { evaluateAs } from './expressions.ts';
import type { Instance } from './instances.ts';
import type { Surroundings } from './values.ts';

/** Every action, with what it does and how it is written. */
export const actions = {
  fail: {
    doc: 'All of it, some replicas, its primary, or one zone of it goes down.',
    example: 'fail primary of posts',
  },
  slow: { doc: 'Its service times are multiplied.', example: 'slow app 3x' },
  flush: { doc: 'A cache or CDN loses its contents.', example: 'flush feed' },
  partition: { doc: 'The two cannot reach each other.', example: 'partition us from eu' },
  surge: { doc: 'The load is multiplied.', example: 'surge 3x' },
  scale: { doc: 'It gets another number of replicas.', example: 'scale app to 12' },
  deploy: { doc: 'Its replicas are replaced one after the other.', example: 'deploy app' },
} as const satisfies Record<Action['type'], { readonly doc: string; readonly example: string }>;

/** The event; undefined after reporting what is wrong with it. */
export function lowerEvent(at: Surroundings, node: ast.Event, duration: number): ScenarioEvent | undefined {
  const { context, params } = at;
  const moment = evaluateAs(context, params, node.at, { dimension: 'time', label: "'at'" });
  const lasts = node.lasts && evaluateAs(context, params, node.lasts, { dimension: 'time', label: "'for'" });
  const action = lowerAction(at, node);
  if (moment === undefined || !action) return undefined;
  if (moment > duration) {
    const message = `The scenario is over before '${context.text(node.at)}'; set its 'duration'.`;
    context.report('out-of-range', message, context.span(node.at));
  }
  return { at: moment, ...(lasts === undefined ? {} : { lasts }), action, span: context.span(node) };
}

function lowerAction(at: Surroundings, node: ast.Event): Action | undefined {
  const { context } = at;
  const name = node.action;
  if (!name) return undefined;
  if (!Object.hasOwn(actions, name)) {
    const names = Object.keys(actions);
    const { hint, meant } = guess(name, names);
    const known = hint || `; actions are ${names.join(', ')}`;
    context.report('unknown-action', `There is no action '${name}'${known}.`, context.spanOf(node, 'action'), {
      meant,
    });
    return undefined;
  }
  const type = name as Action['type'];
  if (type === 'surge') return surge(at, node);
  const target = node.target && single(at, node.target);
  if (!node.target) return incomplete(at, node, type);
  return target && withTarget(at, node, type, target);
}

function withTarget(
  at: Surroundings,
  node: ast.Event,
  type: Exclude<Action['type'], 'surge'>,
  target: Instance,
): Action | undefined {
  switch (type) {
    case 'fail':
      return fail(at, node, target);
    case 'slow': {
      const value = node.amount && factor(at, node.amount, "'slow'");
      if (!node.amount) return incomplete(at, node, type);
      return value === undefined ? undefined : { type, target: target.path, factor: value };
    }
    case 'flush':
      return checkKind(at, node, target, ['cache', 'cdn']) ? { type, target: target.path } : undefined;
    case 'deploy':
      return { type, target: target.path };
    case 'partition': {
      const other = node.other && single(at, node.other);
      if (!node.other) return incomplete(at, node, type);
      return other && { type, target: target.path, from: other.path };
    }
    case 'scale': {
      const to = node.to && count(at, node.to, "'scale'");
      if (!node.to) return incomplete(at, node, type);
      return to === undefined ? undefined : { type, target: target.path, to };
    }
  }
}

function surge(at: Surroundings, node: ast.Event): Action | undefined {
  if (!node.amount || node.target) return incomplete(at, node, 'surge');
  const value = factor(at, node.amount, "'surge'");
  return value === undefined ? undefined : { type: 'surge', factor: value };
}

function fail(at: Surroundings, node: ast.Event, target: Instance): Action | undefined {
  const { context } = at;
  if (node.amount) {
    const number = count(at, node.amount, "'fail'");
    return number === undefined ? undefined : { type: 'fail', target: target.path, what: { count: number } };
  }
  if (node.part === undefined) return { type: 'fail', target: target.path, what: 'all' };
  if (node.part !== 'primary' && node.part !== 'zone') {
    const { hint, meant } = guess(node.part, ['primary', 'zone']);
    const message = `Expected 'primary', 'zone' or a number before 'of', but found '${node.part}'${hint}.`;
    context.report('unknown-word', message, context.spanOf(node, 'part'), { meant });
    return undefined;
  }
  if (node.part === 'primary' && target.kind && !propertySpec(target.kind, 'replication')) {
    context.report(
      'wrong-kind',
      `Only stores have a primary, and '${target.path}' is a ${target.kind}.`,
      context.span(node.target!),
    );
    return undefined;
  }
  return { type: 'fail', target: target.path, what: node.part };
}

/** The one thing that a name stands for. */
function single(at: Surroundings, name: ast.QualifiedName): Instance | undefined {
  const found = at.references.resolve(name, at.from);
  if (found.length < 2) return found[0]?.kind ? found[0] : undefined;
  const paths = alternatives(found.map(({ path }) => path));
  at.context.report(
    'ambiguous-name',
    `'${at.context.text(name)}' could be ${paths}; write one of these.`,
    at.context.span(name),
  );
  return undefined;
}

function factor(at: Surroundings, node: ast.Expression, label: string): number | undefined {
  const value = evaluateAs(at.context, at.params, node, { dimension: 'ratio', label });
  if (value === undefined || value > 0) return value;
  at.context.report(
    'out-of-range',
    `${label} must be more than 0, but it is ${at.context.text(node)}.`,
    at.context.span(node),
  );
  return undefined;
}

function count(at: Surroundings, node: ast.Expression, label: string): number | undefined {
  const value = evaluateAs(at.context, at.params, node, { dimension: 'count', label });
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  at.context.report(
    'not-an-integer',
    `${label} needs a whole number, but it is ${at.context.text(node)}.`,
    at.context.span(node),
  );
  return undefined;
}

function checkKind(at: Surroundings, node: ast.Event, target: Instance, kinds: readonly KindName[]): boolean {
  if (target.kind && kinds.includes(target.kind)) return true;
  const message = `'${node.action}' is for a ${kinds.join(' or ')}, but '${target.path}' is a ${target.kind}.`;
  at.context.report('wrong-kind', message, at.context.span(node.target!));
  return false;
}

function incomplete(at: Surroundings, node: ast.Event, type: Action['type']): undefined {
  const message = `The action '${type}' is written as in '${actions[type].example}'.`;
  at.context.report('incomplete-event', message, at.context.spanOf(node, 'action'));
  return undefined;
}
