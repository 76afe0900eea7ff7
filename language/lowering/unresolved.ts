/** Says why a name means nothing here: it is missing, misspelt, ambiguous, of another sort, or not reachable. */
import { nearest, periods } from '../../model/index.ts';
import type { Target } from '../expectation.ts';
import * as ast from '../generated/ast.ts';
import { refOf, textOf } from '../names.ts';
import { alternatives, type Context } from './context.ts';

/** Reports the first segment of a name that refers to nothing. */
export function reportUnresolved(context: Context, name: ast.QualifiedName): void {
  const index = name.segments.findIndex((segment) => refOf(segment) === undefined);
  const segment = name.segments[index];
  // A name that is missing has been reported as a problem of syntax.
  if (!segment?.target?.$refText) return;
  const candidates = context.names.candidates(segment);
  if (candidates.length > 1) reportAmbiguous(context, segment, candidates);
  else if (index > 0) reportNoMember(context, name, index);
  else reportUnknown(context, name, segment);
}

/** The qualified name of a declaration, from the top level of its file. */
export function pathOf(node: ast.Named): string {
  const container = node.$container;
  return ast.isDeclaration(container) ? `${pathOf(container)}.${node.name}` : node.name;
}

/** What a name is called that may refer to these. */
export function targetLabel(targets: readonly Target[]): string {
  if (targets.includes('request')) return 'component or request class';
  if (targets.includes('component')) return 'component';
  return targets[0] ?? 'name';
}

function reportAmbiguous(context: Context, segment: ast.Segment, candidates: readonly ast.Named[]): void {
  context.report(
    'ambiguous-name',
    `'${segment.target.$refText}' could be ${alternatives(candidates.map(pathOf))}; write one of these.`,
    context.span(segment),
    {
      related: candidates.map((node) => ({
        message: `'${pathOf(node)}' is here.`,
        span: context.spanOf(node, 'name'),
      })),
    },
  );
}

function reportNoMember(context: Context, name: ast.QualifiedName, index: number): void {
  const segment = name.segments[index]!;
  const text = segment.target.$refText;
  const before = name.segments
    .slice(0, index)
    .map(({ target }) => target.$refText)
    .join('.');
  const { hint, meant } = context.guessVisible(segment);
  const message = `'${before}' has nothing named '${text}'${hint}.`;
  context.report('unresolved-name', message, context.span(segment), { meant });
}

function reportUnknown(context: Context, name: ast.QualifiedName, segment: ast.Segment): void {
  const text = segment.target.$refText;
  const { targets } = context.names.expectation(segment);
  const other = context.names.named(segment, text);
  if (other) {
    const message = `Expected a ${targetLabel(targets)}, but '${text}' is ${described(other)}.`;
    context.report('unresolved-name', message, context.span(segment), {
      related: [{ message: `'${text}' is declared here.`, span: context.spanOf(other, 'name') }],
    });
    return;
  }
  const period = periodHint(name);
  const { hint, meant } = period ? { hint: period } : context.guessVisible(segment);
  const message = `There is no ${targetLabel(targets)} '${text}'${hint}.`;
  context.report('unresolved-name', message, context.span(segment), { meant });
}

/** `50 / day` with blanks is a division by a param. */
function periodHint(name: ast.QualifiedName): string {
  const owner = name.$container;
  const divides = ast.isBinary(owner) && owner.operator === '/' && owner.right === name && ast.isLiteral(owner.left);
  const period = divides ? nearest(textOf(name), Object.keys(periods)) : undefined;
  return period ? `; did you mean '${(owner as ast.Binary).left.$cstNode?.text}/${period}'` : '';
}

function described(node: ast.Named): string {
  switch (node.$type) {
    case ast.Declaration.$type:
      return node.template ? 'a template' : `a ${node.kind}`;
    case ast.Param.$type:
      return 'a param';
    case ast.RequestClass.$type:
      return 'a request class';
    case ast.Scenario.$type:
      return 'a scenario';
  }
}
