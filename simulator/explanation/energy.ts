/** Explains energy and carbon: power of the machines × hours × effectiveness of the building × intensity of the grid. */
import { declared, isInside, type Path } from '../../model/index.ts';
import { drawingsAt, ESTIMATE, effectivenessOf, HOURS_PER_YEAR, intensityOf } from '../energy/energy.ts';
import { type Draw, type Drawing, dataCenterOf, wattsOf } from '../energy/machines.ts';
import type { Network } from '../network/network.ts';
import { computed, type ExplainedInput, type Explanation, evaluate } from './explanation.ts';

/** Kilowatt-hours, or kilograms of CO2 equivalent, a year: of a component, a container, or everything. */
export function explainEnergy(
  network: Network,
  figure: 'energy' | 'carbon',
  subject: Path | undefined,
): Explanation | { readonly why: string } {
  const { known, unknown } = drawingsAt(network, 1);
  const inside = known.filter(({ path }) => subject === undefined || isInside(path, subject));
  const own = figure === 'energy' ? inside : inside.filter(({ path }) => intensityOf(dataCenterOf(network, path)));
  const what = subject === undefined ? 'anything' : `'${subject}'`;
  if (inside.length === 0) return { why: `The machines of ${what} are not known.` };
  if (own.length === 0) return { why: `The grid of ${what} is not known: it takes a data center with a 'region'.` };
  const [only] = own;
  const terms =
    own.length === 1 && only
      ? only.draws.map((draw) => ({
          name: draw.what,
          factors: [countInput(only, draw), wattsInput(draw), ...restOf(network, only, figure)],
        }))
      : own.map((one) => ({
          name: one.path,
          factors: [
            { ...computed('mean power', wattsOf(one), 'count', `loadpath explain energy ${one.path}`), unit: 'W' },
            ...restOf(network, one, figure),
          ],
        }));
  const explanation = {
    figure,
    ...(subject === undefined ? {} : { subject }),
    dimension: 'count',
    unit: figure === 'energy' ? 'kWh a year' : 'kg CO2 a year',
    formula: `Σ power at the mean load × hours a year × effectiveness of the building${figure === 'carbon' ? ' × intensity of the grid' : ''}`,
    terms,
    divisors: [computed('watts in a kilowatt', 1000, 'count', 'unit')],
    addsUpTo: 'figure',
    notes: notesOf(inside, own, unknown, subject),
    accuracy: ESTIMATE,
  } as const;
  return { ...explanation, value: evaluate({ ...explanation, value: 0 }) };
}

/** How the parts are counted: cores one by one, memory and disks in units that one can read. */
const counted: Readonly<Record<Draw['what'], { name: string; each: string; unit?: string; size: number }>> = {
  cores: { name: 'cores of all machines', each: 'each, idle', size: 1 },
  'busy cores': { name: 'busy cores', each: 'more for a busy one', size: 1 },
  memory: { name: 'memory of all machines', each: 'for each', unit: 'GB', size: 1e9 },
  disks: { name: 'stored, all copies', each: 'for each', unit: 'TB', size: 1e12 },
};

function countInput({ component }: Drawing, { what, count }: Draw): ExplainedInput {
  const { name, unit, size } = counted[what];
  const names = { cores: ['cores', 'instance'], memory: ['memory', 'instance'], disks: ['size'], 'busy cores': [] }[
    what
  ];
  const span = names.map((one) => declared(component, one)?.span).find((one) => one !== undefined);
  const how = what === 'busy cores' ? 'utilisation at the mean load' : 'default';
  return {
    name,
    value: count / size,
    dimension: 'count',
    ...(unit === undefined ? {} : { unit }),
    ...(span ? { span } : { how }),
  };
}

function wattsInput({ what, each, source }: Draw): ExplainedInput {
  const { each: name, unit, size } = counted[what];
  return { name, value: each * size, dimension: 'count', unit: unit === undefined ? 'W' : `W/${unit}`, source };
}

/** Hours, building, grid. */
function restOf(network: Network, { path }: Drawing, figure: 'energy' | 'carbon'): readonly ExplainedInput[] {
  const center = dataCenterOf(network, path);
  const { value, source, from } = effectivenessOf(center);
  const span = center && declared(center, 'pue')?.span;
  const grid = figure === 'carbon' ? intensityOf(center) : undefined;
  return [
    computed('hours a year', HOURS_PER_YEAR, 'count', '365 days'),
    {
      name: 'effectiveness (PUE)',
      value,
      dimension: 'count',
      ...(from === 'declared' && span ? { span } : { source }),
    },
    ...(grid
      ? [{ name: 'grid', value: grid.value, dimension: 'count', unit: 'kg/kWh', source: grid.source } as const]
      : []),
  ];
}

function notesOf(
  inside: readonly Drawing[],
  own: readonly Drawing[],
  unknown: readonly Path[],
  subject: Path | undefined,
): readonly string[] {
  const elsewhere = inside.length - own.length;
  const missing = unknown.filter((path) => subject === undefined || isInside(path, subject));
  return [
    ...(elsewhere > 0 ? [`Without ${elsewhere} components in places whose grid is not known.`] : []),
    ...(missing.length > 0 ? [`Without ${missing.join(', ')}, whose machines are not known.`] : []),
  ];
}
