/** Sets of rules with their severities, to start a configuration from. */
import type { Severity } from '../../model/index.ts';
import type { RuleMeta } from './rule.ts';

/** How serious a rule's findings are, or that it does not run. */
export type Level = Severity | 'off';

export interface Preset {
  readonly summary: string;
  readonly level: (meta: RuleMeta) => Level;
}

/** Rules that report contradictions and arithmetic, nothing that a design can be of two minds about. */
const certain: ReadonlySet<string> = new Set([
  'autoscale-bounds-invalid',
  'availability-slo-unreachable',
  'cache-undersized',
  'connection-pool-exhaustion',
  'consumer-slower-than-producer',
  'promotion-loses-data',
  'requirement-violated',
  'scenario-requirement-violated',
  'slo-inversion',
  'sync-dependency-cycle',
  'timeout-inversion',
  'vertical-limit',
  'write-to-replica',
]);

const raised: Readonly<Record<Severity, Severity>> = { error: 'error', warning: 'error', info: 'warning' };

export const presets = {
  minimal: {
    summary: 'Errors, and the rules that report contradictions and arithmetic.',
    level: ({ id, severity }) => (severity === 'error' || certain.has(id) ? severity : 'off'),
  },
  recommended: {
    summary: 'Every rule that is meant for everyone, with its own severity. It holds where nothing else is chosen.',
    level: ({ severity }) => severity,
  },
  strict: {
    summary: 'As recommended, one severity higher: notes are warnings, warnings are errors.',
    level: ({ severity }) => raised[severity],
  },
  all: {
    summary: 'Every rule that there is, with its own severity; so far the same as recommended.',
    level: ({ severity }) => severity,
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];
