/** The document of `loadpath plan --format json`, and its schema. */
import type { Shortfall } from '../../../simulator/index.ts';
import { JSON_VERSION, requirementJson, toJson } from '../json.ts';
import { count, def, figures, list, number, object, oneOf, report, text, UNITS, unbounded } from '../schema.ts';
import type { Sources } from '../sources.ts';
import { editSchema } from './growth-json.ts';
import type { PlanReport } from './plan.ts';

export function planJson({ file, architecture, plan, diff, written, sources }: PlanReport): string {
  const { unmet, search, architecture: _, ...answer } = plan;
  return toJson({
    version: JSON_VERSION,
    command: 'plan',
    file,
    title: architecture.title,
    ...answer,
    unmet: unmet && shortfallJson(unmet, sources),
    search: search.map(({ because, ...step }) => ({ ...step, because: because && shortfallJson(because, sources) })),
    diff,
    written,
  });
}

function shortfallJson(short: Shortfall, sources: Sources) {
  if (short.type === 'bottleneck') return short;
  return { ...short, requirement: requirementJson(short.requirement, sources) };
}

const shortfall = {
  description: 'What is not kept.',
  oneOf: [
    object({ type: { const: 'bottleneck' }, bottleneck: def('bottleneck') }, 'A resource without enough headroom.'),
    object(
      {
        type: { const: 'requirement' },
        requirement: def('requirement'),
        value: unbounded('In the unit of the limit.'),
        suspects: list({ type: 'string' }, 'Components that may be the cause.'),
      },
      'A promise that does not hold.',
    ),
  ],
};

/** Schema of the report. */
export const planSchema = report('plan', `The cheapest sizes for a population. ${UNITS}`, {
  ...figures,
  users: number('The population that is planned for.'),
  utilization: number('The most that any resource may be used.'),
  feasible: { type: 'boolean', description: 'Whether everything is kept.' },
  'unmet?': shortfall,
  changes: list(
    object({
      path: text('The component.'),
      property: text('Dotted in blocks.'),
      before: text('As written.'),
      after: text('As written.'),
    }),
    'What to change.',
  ),
  edits: list(editSchema, 'The same as edits of the model.'),
  costBefore: number('USD per hour at that population, as declared.'),
  costAfter: number('USD per hour at that population, as planned.'),
  search: list(
    object({
      phase: oneOf(['grow', 'save'], 'Until everything is kept, then until nothing is cheaper.'),
      change: text('What was changed.'),
      'because?': shortfall,
      costPerHour: number('USD per hour after it.'),
    }),
    'The steps of the search.',
  ),
  tried: count('Choices that were looked at.'),
  diff: text('Unified diff of the files.'),
  written: { type: 'boolean', description: 'Whether the files have been changed.' },
});
