/** What hovers say about data stores and data centers beyond their load: what their loss costs, and the electricity they take. */
import {
  type Architecture,
  formatCount,
  formatTime,
  indexByPath,
  type Path,
  type RecoveryFigure,
} from '../../model/index.ts';
import { energyOf, recoveryOf } from '../../simulator/index.ts';

/** Sentences about a store or a data center; undefined for anything else, and where nothing is known. */
export function placeText(architecture: Architecture, path: Path): string | undefined {
  const kind = indexByPath(architecture).get(path)?.kind;
  if (kind !== 'database' && kind !== 'storage' && kind !== 'search' && kind !== 'dataCenter') return undefined;
  const found = recoveryOf(architecture).find((one) => one.path === path);
  const lines = found
    ? [
        figureText(kind === 'dataCenter' ? 'Lost with it' : 'Lost with its primary', 'of writes', found.rpo),
        figureText('Back in', '', found.rto),
      ]
    : [];
  const energy = kind === 'dataCenter' ? energyText(architecture, path) : undefined;
  const text = [...lines, ...(energy === undefined ? [] : [energy])].join('  \n');
  return text === '' ? undefined : text;
}

function figureText(what: string, unit: string, { seconds, why }: RecoveryFigure): string {
  if (seconds === undefined) return `${what}: not known, ${why}.`;
  const amount = seconds === 0 ? 'nothing' : [formatTime(seconds), unit].filter(Boolean).join(' ');
  return `${what}: **${amount}** (${why}).`;
}

function energyText(architecture: Architecture, path: Path): string | undefined {
  const use = energyOf(architecture).places.find((one) => one.path === path);
  if (!use) return undefined;
  const carbon = use.carbon === undefined ? '' : `, **${formatCount(Math.round(use.carbon))} kg** of CO2`;
  return `Takes about **${formatCount(Math.round(use.energy))} kWh** a year${carbon}, by average servers.`;
}
