/** Which promises hold. */
import { formatMetric, formatRequirement, type RequirementResult } from '../../model/index.ts';
import type { Section } from './simulation.ts';
import { type Cell, cell, formatTable } from './table.ts';

const COLUMNS = [{ heading: '' }, { heading: 'REQUIRED' }, { heading: 'IS', align: 'right' }, { heading: '' }] as const;

/** One line for each `require`, in order of declaration. */
export function requirementSection({ analysis, paint, width }: Section): string[] {
  if (analysis.requirements.length === 0) return [];
  return formatTable(COLUMNS, analysis.requirements.map(row), { paint, width });
}

function row({ requirement, value, holds, why }: RequirementResult): Cell[] {
  const mark = holds === undefined ? cell('?', 'yellow') : holds ? cell('✓', 'green') : cell('✗', 'red');
  const is = value === undefined ? '' : formatMetric(requirement.metric, value);
  return [
    mark,
    cell(formatRequirement(requirement)),
    cell(is, holds === false ? 'red' : undefined),
    cell(why ?? '', 'dim'),
  ];
}
