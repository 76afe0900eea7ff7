/**
 * `// arch-ignore rule: reason` silences one rule on the declaration below it: on a component and its own properties, or on one
 * property, connection, requirement or request class. It does not reach what is inside a container, because a line that hides
 * findings on declarations far below it would be overlooked. Problems of syntax and of names cannot be silenced.
 */
import {
  type Architecture,
  type Component,
  type Connection,
  type Finding,
  nearest,
  type Suppression,
} from '../model/index.ts';

/** The suppressions that a file declares, each once, although copies made by `extends` repeat them. */
export function suppressionsOf(architecture: Architecture): readonly Suppression[] {
  const byPlace = new Map<string, Suppression>();
  const add = ({ ignores }: { readonly ignores?: readonly Suppression[] }): void => {
    if (ignores) for (const suppression of ignores) byPlace.set(placeOf(suppression), suppression);
  };
  const addAll = (owners: readonly (Component | Connection)[]): void => {
    for (const owner of owners) {
      add(owner);
      for (const name in owner.properties) add(owner.properties[name]!);
    }
  };
  addAll(architecture.components);
  addAll(architecture.connections);
  for (const request of architecture.requests) {
    add(request);
    for (const connection of request.connections) add(connection);
  }
  for (const requirement of architecture.requirements) add(requirement);
  return [...byPlace.values()];
}

/** The suppression that silences a rule; one without a reason silences nothing. */
export function silencing(rule: string, ignores: readonly Suppression[]): Suppression | undefined {
  return ignores.find((suppression) => suppression.rule === rule && hasReason(suppression));
}

/** What is wrong with the suppressions themselves. `known` and `run` are ids of rules, `used` are places (see `placeOf`). */
export function problemsOf(
  suppressions: readonly Suppression[],
  known: ReadonlySet<string>,
  run: ReadonlySet<string>,
  used: ReadonlySet<string>,
): readonly Finding[] {
  const perComment = Map.groupBy(suppressions, ({ span }) => `${span.file}:${span.start.offset}`);
  return suppressions.flatMap((suppression) => {
    if (!known.has(suppression.rule)) return [unknownRule(suppression, known)];
    // The lowering reports a comment without a reason.
    if (!hasReason(suppression)) return [];
    if (!run.has(suppression.rule) || used.has(placeOf(suppression))) return [];
    const { span } = suppression;
    return [unused(suppression, perComment.get(`${span.file}:${span.start.offset}`)?.length === 1)];
  });
}

/** A key for the place in the text where a suppression stands. */
export function placeOf({ ruleSpan }: Suppression): string {
  return `${ruleSpan.file}:${ruleSpan.start.offset}`;
}

function hasReason({ reason }: Suppression): boolean {
  return reason.trim() !== '';
}

function unknownRule({ rule, ruleSpan: span }: Suppression, known: ReadonlySet<string>): Finding {
  const near = nearest(rule, known);
  const hint = near ? `; did you mean '${near}'?` : '.';
  return {
    rule: 'suppression-unknown-rule',
    severity: 'error',
    message: `There is no rule '${rule}'${hint}`,
    span,
    ...(near
      ? {
          fixes: [{ title: `Write '${near}'`, edits: [{ type: 'replaceText', span, text: near }], preferred: true }],
        }
      : {}),
  };
}

/** A comment that names other rules too is left to the user. */
function unused({ rule, span, ruleSpan }: Suppression, isAlone: boolean): Finding {
  return {
    rule: 'suppression-unused',
    severity: 'warning',
    message: `'arch-ignore ${rule}' silences nothing: the rule has no finding here.`,
    span: ruleSpan,
    ...(isAlone
      ? { fixes: [{ title: 'Remove the comment', edits: [{ type: 'replaceText', span, text: '' }], preferred: true }] }
      : {}),
  };
}
