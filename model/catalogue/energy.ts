import type { Figure, FigureRange } from './figure.ts';

/** Inlet temperature recommended for servers; degrees Celsius. */
export const recommendedInletTemperature: FigureRange = { from: 18, to: 27, source: 'ashrae' };

/** What one degree Celsius more at the inlet saves, as a fraction. Two published estimates of two different things. */
export const savingPerDegree = {
  /** Of the energy cost of the data center, within the recommended range. */
  energyCost: { from: 0.072, to: 0.09, source: 'energy-star' },
  /** Of the energy for cooling. */
  cooling: { from: 0.036, to: 0.072, source: 'willdan' },
} as const satisfies Record<string, FigureRange>;

/** Power usage effectiveness: energy of the data center over the energy of its computers. */
export const powerUsageEffectiveness = {
  /** Mean of the industry. */
  average: { value: 1.58, source: 'uptime-2023' },
  aws: { value: 1.135, source: 'cloud-carbon' },
} as const satisfies Record<string, Figure>;

/** Electrical power, without the overhead that the power usage effectiveness adds. */
export const power = {
  /** Watts of one idle vCPU. */
  idleCore: { value: 0.74, source: 'cloud-carbon' },
  /** Watts of one vCPU at full load; between idle and full the estimate is linear. */
  busyCore: { value: 3.5, source: 'cloud-carbon' },
  /** Watts per byte of memory: 0.392 W per GB. */
  memory: { value: 0.392e-9, source: 'cloud-carbon' },
  /** Watts per byte of SSD: 1.2 W per TB. */
  ssd: { value: 1.2e-12, source: 'cloud-carbon' },
  /** Watts per byte of hard disk: 0.65 W per TB. */
  disk: { value: 0.65e-12, source: 'cloud-carbon' },
  /** Joules per byte sent: 0.001 kWh per GB. */
  network: { value: 3.6e-6, source: 'cloud-carbon' },
} as const satisfies Record<string, Figure>;

/** Carbon dioxide equivalent of the grid of a region; kilograms per kilowatt-hour. */
export const carbonIntensity: Readonly<Record<string, Figure>> = {
  'us-east-1': { value: 0.379069, source: 'nerc-carbon' },
  'us-east-2': { value: 0.410608, source: 'nerc-carbon' },
  'us-west-1': { value: 0.322167, source: 'nerc-carbon' },
  'us-west-2': { value: 0.322167, source: 'nerc-carbon' },
  'ca-central-1': { value: 0.13, source: 'cloud-carbon' },
  'sa-east-1': { value: 0.074, source: 'cloud-carbon' },
  'eu-west-1': { value: 0.316, source: 'cloud-carbon' },
  'eu-west-2': { value: 0.228, source: 'cloud-carbon' },
  'eu-west-3': { value: 0.052, source: 'cloud-carbon' },
  'eu-central-1': { value: 0.338, source: 'cloud-carbon' },
  'eu-north-1': { value: 0.008, source: 'cloud-carbon' },
  'eu-south-1': { value: 0.233, source: 'cloud-carbon' },
  'me-south-1': { value: 0.732, source: 'cloud-carbon' },
  'af-south-1': { value: 0.928, source: 'cloud-carbon' },
  'ap-south-1': { value: 0.708, source: 'cloud-carbon' },
  'ap-southeast-1': { value: 0.4085, source: 'cloud-carbon' },
  'ap-southeast-2': { value: 0.79, source: 'cloud-carbon' },
  'ap-northeast-1': { value: 0.506, source: 'cloud-carbon' },
  'ap-northeast-2': { value: 0.5, source: 'cloud-carbon' },
  'ap-northeast-3': { value: 0.506, source: 'cloud-carbon' },
  'ap-east-1': { value: 0.81, source: 'cloud-carbon' },
};
