/** The document of `loadpath diff --format json`, and its schema. */
import { dimensions, formatValue } from '../../../model/index.ts';
import { findingJson, JSON_VERSION, placeJson, requirementJson, toJson } from '../json.ts';
import { def, list, object, oneOf, report, text, UNITS, unbounded } from '../schema.ts';
import type { DifferenceReport } from './difference.ts';

export function diffJson({ difference, findings, before, after, failures }: DifferenceReport): string {
  const { changes, figures, bottleneck, promises } = difference;
  return toJson({
    version: JSON_VERSION,
    command: 'diff',
    before: before.file,
    after: after.file,
    changes: changes.map(({ properties, span, ...change }) => ({
      ...change,
      properties: properties.map(({ name, ...values }) => ({
        name,
        before: values.before && formatValue(values.before),
        after: values.after && formatValue(values.after),
      })),
      place: placeJson(span, change.change === 'removed' ? before.sources : after.sources),
    })),
    figures,
    bottleneck,
    promises: promises.map(({ requirement, ...promise }) => ({
      ...promise,
      requirement: requirementJson(requirement, promise.trend === 'removed' ? before.sources : after.sources),
    })),
    findings: {
      added: findings.added.map((finding) => findingJson(finding, after.sources)),
      fixed: findings.fixed.map((finding) => findingJson(finding, before.sources)),
    },
    failures,
  });
}

const kept = object({
  'value?': unbounded('In the unit of the limit.'),
  'holds?': { type: 'boolean', description: 'Absent when it cannot be computed.' },
});
const finding = {
  type: 'object',
  properties: {
    rule: text('Id of the rule.'),
    severity: text('How bad it is.'),
    message: text('One sentence.'),
    place: def('place'),
  },
  required: ['rule', 'severity', 'message', 'place'],
  description: 'A finding as in the report of `loadpath check`.',
};

/** Schema of the report. */
export const diffSchema = report('diff', `What differs between two models, and what that does. ${UNITS}`, {
  before: text('Relative path of the first file, or `git:REVISION:PATH`.'),
  after: text('The same of the second.'),
  changes: list(
    object({
      what: oneOf(['component', 'connection', 'request', 'requirement'], 'What was changed.'),
      change: oneOf(['added', 'removed', 'changed'], 'How.'),
      name: text('Path, id of the connection, name of the request class, or subject of the requirement.'),
      'kind?': text('Of a component.'),
      properties: list(
        object({ name: text('Dotted in blocks.'), 'before?': text('As people read it.'), 'after?': text('The same.') }),
        'What was changed about it.',
      ),
      place: def('place'),
    }),
    'By meaning: order and formatting play no part.',
  ),
  figures: list(
    object({
      figure: oneOf(['users', 'rate', 'capacity', 'p50', 'p99', 'errors', 'availability', 'cost'], 'Which.'),
      'request?': text('The request class; absent for the whole.'),
      dimension: oneOf(dimensions, 'Of both amounts.'),
      'better?': oneOf(['higher', 'lower'], 'Which way is up.'),
      'before?': unbounded('Amount.'),
      'after?': unbounded('Amount.'),
      trend: oneOf(['same', 'better', 'worse', 'different'], 'Less than a thousandth is the same.'),
    }),
    'At the declared peak load of each.',
  ),
  bottleneck: object({ 'before?': def('bottleneck'), 'after?': def('bottleneck') }, 'What saturates first.'),
  promises: list(
    object({
      requirement: def('requirement'),
      subject: text('Metric and what it is about.'),
      'before?': kept,
      'after?': kept,
      trend: oneOf(['same', 'kept', 'broken', 'removed'], '`broken`: it held, or is new, and does not hold.'),
    }),
    'Every `require` of either.',
  ),
  findings: object({
    added: list(finding, 'Only in the second.'),
    fixed: list(finding, 'Only in the first.'),
  }),
  failures: list({ type: 'string' }, 'Why the command fails, as sentences; empty if it does not.'),
});
