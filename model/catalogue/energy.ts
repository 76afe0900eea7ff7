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
  /** Of the regions of a provider. */
  aws: { value: 1.135, source: 'cloud-carbon' },
  google: { value: 1.1, source: 'cloud-carbon-google' },
  azure: { value: 1.185, source: 'cloud-carbon-azure' },
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

/** What a provider keeps the data of a managed store on, and how many times; by the name of the engine. */
export const providerStorage: Readonly<Record<string, Figure & { readonly medium: 'ssd' | 'disk' }>> = {
  s3: { value: 3, medium: 'disk', source: 'cloud-carbon' },
  ebs: { value: 2, medium: 'ssd', source: 'cloud-carbon' },
  efs: { value: 3, medium: 'ssd', source: 'cloud-carbon' },
  aurora: { value: 6, medium: 'ssd', source: 'cloud-carbon' },
  dynamodb: { value: 2, medium: 'ssd', source: 'cloud-carbon' },
};

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
  'us-central1': { value: 0.41272, source: 'google-carbon' },
  'us-east1': { value: 0.57577, source: 'google-carbon' },
  'us-east4': { value: 0.32305, source: 'google-carbon' },
  'us-west1': { value: 0.07923, source: 'google-carbon' },
  'southamerica-east1': { value: 0.06732, source: 'google-carbon' },
  'europe-west1': { value: 0.10337, source: 'google-carbon' },
  'europe-west2': { value: 0.10594, source: 'google-carbon' },
  'europe-west3': { value: 0.27582, source: 'google-carbon' },
  'europe-west4': { value: 0.20881, source: 'google-carbon' },
  'europe-north1': { value: 0.03932, source: 'google-carbon' },
  'asia-east1': { value: 0.43929, source: 'google-carbon' },
  'asia-northeast1': { value: 0.45285, source: 'google-carbon' },
  'asia-south1': { value: 0.67876, source: 'google-carbon' },
  'asia-southeast1': { value: 0.36685, source: 'google-carbon' },
  'australia-southeast1': { value: 0.4975, source: 'google-carbon' },
  eastus: { value: 0.379069, source: 'nerc-carbon' },
  eastus2: { value: 0.379069, source: 'nerc-carbon' },
  westus: { value: 0.322167, source: 'nerc-carbon' },
  westus2: { value: 0.322167, source: 'nerc-carbon' },
  northeurope: { value: 0.316, source: 'cloud-carbon-azure' },
  westeurope: { value: 0.39, source: 'cloud-carbon-azure' },
  uksouth: { value: 0.228, source: 'cloud-carbon-azure' },
  southeastasia: { value: 0.4085, source: 'cloud-carbon-azure' },
  eastasia: { value: 0.81, source: 'cloud-carbon-azure' },
  centralindia: { value: 0.708, source: 'cloud-carbon-azure' },
};
