/** Electricity and carbon of data centers. */
import { digits, type EnergyResult, type EnergyUse, formatCount } from '../../model/index.ts';
import { energyOf } from '../../simulator/index.ts';
import { mark } from './footnotes.ts';
import type { Section } from './simulation.ts';
import { type Column, cell, formatTable } from './table.ts';
import { wrap } from './text-width.ts';

const COLUMNS: readonly Column[] = [
  { heading: 'ELECTRICITY' },
  { heading: 'MACHINES', align: 'right' },
  { heading: 'PUE', align: 'right' },
  { heading: 'A YEAR', align: 'right' },
  { heading: 'CO2 A YEAR', align: 'right' },
  { heading: '' },
];

/** A line for each data center; nothing where no data center is declared. */
export function energySection({ architecture, scale, footnotes, paint, width }: Section): string[] {
  const result = energyOf(architecture, { scale });
  if (result.places.every(({ path }) => path === undefined)) return [];
  const { places, unknown, accuracy } = result;
  return [
    `${paint('bold', 'Energy')} ${headline(result)} ${footnotes.reference(accuracy)}`.trimEnd(),
    ...formatTable(COLUMNS, places.map(row), { paint, width }),
    ...(unknown.length > 0
      ? wrap(`machines not known: ${unknown.join(', ')}`, width - 2).map((line) => paint('dim', `  ${line}`))
      : []),
  ];
}

function headline({ energy, carbon, accuracy }: EnergyResult): string {
  const ofGrid = carbon === undefined ? '' : `, ${mark(mass(carbon), accuracy)} of CO2`;
  return `${mark(electricity(energy), accuracy)} a year${ofGrid}`;
}

function row({ path, power, pue, pueFrom, energy, carbon, saving }: EnergyUse) {
  const of = { declared: '', provider: ' (provider)', average: ' (average)' }[pueFrom];
  return [
    cell(path ?? 'in no data center'),
    cell(power >= 1000 ? `${digits(power / 1000)} kW` : `${digits(power)} W`),
    cell(`${Number(pue.toPrecision(4))}${of}`),
    cell(electricity(energy)),
    cell(carbon === undefined ? '' : mass(carbon)),
    cell(
      saving
        ? `${digits(saving.to)} °C at the inlets instead of ${digits(saving.temperature)} °C would save ${electricity(saving.least)} to ${electricity(saving.most)}`
        : '',
    ),
  ];
}

function electricity(kilowattHours: number): string {
  return kilowattHours >= 1e6 ? `${digits(kilowattHours / 1e6)} GWh` : `${formatCount(Math.round(kilowattHours))} kWh`;
}

function mass(kilograms: number): string {
  return kilograms >= 1000 ? `${digits(kilograms / 1000)} t` : `${digits(kilograms)} kg`;
}
