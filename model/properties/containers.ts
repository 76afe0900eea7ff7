/** Properties of containers. */
import { countOf, fractionOf, type PropertyTable, quantityOf, textOf } from '../properties.ts';
import { queueing } from './common.ts';

export const dataCenter: PropertyTable = {
  region: {
    type: { type: 'catalogue', table: 'regions' },
    doc: 'Where it is; decides the round-trip times.',
    example: 'region: "us-east-1"',
  },
  zones: countOf('Availability zones.', { default: 1 }),
  temperature: quantityOf('temperature', 'Temperature of the air at the inlets.', {
    min: -50,
    max: 100,
    example: 'temperature: 24C',
  }),
  pue: quantityOf('ratio', 'Power usage effectiveness: all energy over that of the computers.', { min: 1, max: 5 }),
  share: fractionOf('Share of the users that it serves in normal operation.'),
  availability: fractionOf('Availability of the data center as a whole.'),
  mtbf: quantityOf('time', 'Mean time between failures of the whole data center.'),
  mttr: quantityOf('time', 'Mean time until it is back.'),
};

export const zone: PropertyTable = {
  availability: fractionOf('Availability of the zone as a whole.'),
  mtbf: quantityOf('time', 'Mean time between failures of the whole zone.'),
  mttr: quantityOf('time', 'Mean time until it is back.'),
};

/** One machine: its parts share its cores, memory and fate. */
export const host: PropertyTable = {
  instance: {
    type: { type: 'catalogue', table: 'instances' },
    doc: 'Instance type from the catalogue; gives cores, memory, network and price.',
    example: 'instance: "m5.large"',
  },
  cores: countOf('CPU cores that its parts share.', { default: 1 }),
  memory: quantityOf('data', 'Memory that its parts share.'),
  network: quantityOf('throughput', 'Network bandwidth that its parts share.'),
  ...queueing,
  availability: fractionOf('Availability of the machine.'),
  mtbf: quantityOf('time', 'Mean time between failures.'),
  mttr: quantityOf('time', 'Mean time to repair.'),
  price: quantityOf('moneyRate', 'Price of the machine.'),
};

export const boxed: PropertyTable = { color: textOf('Colour of the box, such as `blue`.') };
