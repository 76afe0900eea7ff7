/** The document of `loadpath grow --format json`, and its schema. */
import type { GrowthStep } from '../../../simulator/index.ts';
import { JSON_VERSION, requirementJson, toJson } from '../json.ts';
import {
  def,
  figures,
  list,
  number,
  object,
  parts,
  report,
  resource,
  seconds,
  text,
  UNITS,
  unbounded,
} from '../schema.ts';
import type { Sources } from '../sources.ts';
import { editLines } from './edits.ts';
import type { GrowthReport } from './growth.ts';

export function growJson({ file, architecture, growth, sources }: GrowthReport): string {
  const { declaredUsers, points, stages } = growth;
  return toJson({
    version: JSON_VERSION,
    command: 'grow',
    file,
    title: architecture.title,
    declaredUsers,
    points: points.map(({ broken, ...point }) => ({
      ...point,
      broken: broken.map((requirement) => requirementJson(requirement, sources)),
    })),
    stages: stages.map(({ steps, stuck, unkept, ...stage }) => ({
      ...stage,
      unkept: unkept.map((requirement) => requirementJson(requirement, sources)),
      steps: steps.map(({ because, edits, ...step }) => ({
        ...step,
        because: becauseJson(because, sources),
        lines: editLines(edits),
        edits,
      })),
      stuck: stuck && becauseJson(stuck, sources),
    })),
  });
}

function becauseJson(because: GrowthStep['because'], sources: Sources) {
  if (because.type === 'bottleneck') return because;
  return { type: because.type, requirement: requirementJson(because.requirement, sources) };
}

/** An edit of the model; its properties depend on its type. */
export const editSchema = {
  type: 'object',
  properties: { type: text('Kind of edit, such as `setProperty`.') },
  required: ['type'],
  description: 'A change of the model.',
};

const because = {
  description: 'What it removes.',
  oneOf: [
    object({ type: { const: 'bottleneck' }, bottleneck: def('bottleneck') }),
    object({ type: { const: 'requirement' }, requirement: def('requirement') }),
  ],
};

/** Schema of the report. */
export const growSchema = report('grow', `Figures by population, and what lets it grow. ${UNITS}`, {
  ...figures,
  declaredUsers: number('Users that the architecture declares.'),
  points: list(
    object({
      users: number('Population.'),
      rate: number('Requests per second at peak.'),
      p50: seconds('Median of the whole mix'),
      p99: seconds('99th percentile of the whole mix'),
      errors: number('Fraction of the requests that fails.'),
      'busiest?': object({
        path: text('The component.'),
        resource,
        'part?': parts,
        utilization: unbounded('Fraction of what is there.'),
      }),
      broken: list(def('requirement'), 'Promises that do not hold.'),
      costPerHour: number('USD per hour.'),
    }),
    'The architecture as it is, from one user on.',
  ),
  stages: list(
    object({
      users: number('Population.'),
      carried: { type: 'boolean', description: 'Whether it is carried after these steps and those before.' },
      steps: list(
        object({
          section: text('Of the chapter.'),
          title: text('What it does.'),
          because,
          lines: list({ type: 'string' }, 'The edits as lines of text.'),
          edits: list(editSchema, 'The edits.'),
        }),
        'Beyond the stage before.',
      ),
      'stuck?': because,
      unkept: list(def('requirement'), 'Promises about availability that no steps keep.'),
      saturatesAt: unbounded('Users at which the first resource saturates after the steps.'),
      costPerHour: number('USD per hour after the steps.'),
    }),
    'Powers of ten.',
  ),
});
