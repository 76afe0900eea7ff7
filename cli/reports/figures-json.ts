/** The documents of `loadpath simulate --format json` and `loadpath capacity --format json`. */
import { energyOf, envelopeOf, recoveryOf } from '../../simulator/index.ts';
import { capacityJson, JSON_VERSION, requirementsJson, toJson } from './json.ts';
import type { FigureReport } from './simulation.ts';

export function simulateJson({ file, architecture, analysis, load, scale, sources }: FigureReport): string {
  const { solution, capacity, availability, cost, storms } = analysis;
  return toJson({
    version: JSON_VERSION,
    command: 'simulate',
    file,
    title: architecture.title,
    load,
    solution,
    capacity: capacityJson(capacity, sources),
    availability,
    recovery: recoveryOf(architecture),
    envelope: envelopeOf(architecture, { scale }),
    energy: energyOf(architecture, { scale }),
    cost,
    requirements: requirementsJson(analysis, sources),
    storms,
  });
}

export function capacityJsonOf({ file, architecture, analysis, sources }: FigureReport): string {
  return toJson({
    version: JSON_VERSION,
    command: 'capacity',
    file,
    title: architecture.title,
    capacity: capacityJson(analysis.capacity, sources),
    requirements: requirementsJson(analysis, sources),
  });
}
