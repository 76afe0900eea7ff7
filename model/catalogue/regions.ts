import type { SourceId } from './sources.ts';

/** A region of a provider and roughly where it is. */
export interface Region {
  /** As the provider writes it; in `.arch` a string: `region: "eu-west-1"`. */
  readonly name: string;
  readonly provider: 'aws' | 'google' | 'azure' | 'ibm';
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east. */
  readonly longitude: number;
  readonly source: SourceId;
}

const source = 'region-cities';

/** Regions that architectures name most, by provider. */
export const regions: readonly Region[] = [
  { name: 'us-east-1', provider: 'aws', latitude: 39, longitude: -77.5, source },
  { name: 'us-east-2', provider: 'aws', latitude: 40, longitude: -83, source },
  { name: 'us-west-1', provider: 'aws', latitude: 37.4, longitude: -121.9, source },
  { name: 'us-west-2', provider: 'aws', latitude: 45.8, longitude: -119.7, source },
  { name: 'ca-central-1', provider: 'aws', latitude: 45.5, longitude: -73.6, source },
  { name: 'ca-west-1', provider: 'aws', latitude: 51, longitude: -114.1, source },
  { name: 'mx-central-1', provider: 'aws', latitude: 20.6, longitude: -100.4, source },
  { name: 'sa-east-1', provider: 'aws', latitude: -23.5, longitude: -46.6, source },
  { name: 'eu-west-1', provider: 'aws', latitude: 53.3, longitude: -6.3, source },
  { name: 'eu-west-2', provider: 'aws', latitude: 51.5, longitude: -0.1, source },
  { name: 'eu-west-3', provider: 'aws', latitude: 48.9, longitude: 2.4, source },
  { name: 'eu-central-1', provider: 'aws', latitude: 50.1, longitude: 8.7, source },
  { name: 'eu-central-2', provider: 'aws', latitude: 47.4, longitude: 8.5, source },
  { name: 'eu-north-1', provider: 'aws', latitude: 59.3, longitude: 18.1, source },
  { name: 'eu-south-1', provider: 'aws', latitude: 45.5, longitude: 9.2, source },
  { name: 'eu-south-2', provider: 'aws', latitude: 41.6, longitude: -0.9, source },
  { name: 'me-south-1', provider: 'aws', latitude: 26.1, longitude: 50.6, source },
  { name: 'me-central-1', provider: 'aws', latitude: 25.3, longitude: 55.3, source },
  { name: 'il-central-1', provider: 'aws', latitude: 32.1, longitude: 34.8, source },
  { name: 'af-south-1', provider: 'aws', latitude: -33.9, longitude: 18.4, source },
  { name: 'ap-south-1', provider: 'aws', latitude: 19.1, longitude: 72.9, source },
  { name: 'ap-south-2', provider: 'aws', latitude: 17.4, longitude: 78.5, source },
  { name: 'ap-southeast-1', provider: 'aws', latitude: 1.4, longitude: 103.8, source },
  { name: 'ap-southeast-2', provider: 'aws', latitude: -33.9, longitude: 151.2, source },
  { name: 'ap-southeast-3', provider: 'aws', latitude: -6.2, longitude: 106.8, source },
  { name: 'ap-southeast-4', provider: 'aws', latitude: -37.8, longitude: 145, source },
  { name: 'ap-northeast-1', provider: 'aws', latitude: 35.7, longitude: 139.7, source },
  { name: 'ap-northeast-2', provider: 'aws', latitude: 37.6, longitude: 127, source },
  { name: 'ap-northeast-3', provider: 'aws', latitude: 34.7, longitude: 135.5, source },
  { name: 'ap-east-1', provider: 'aws', latitude: 22.3, longitude: 114.2, source },
  { name: 'us-central1', provider: 'google', latitude: 41.3, longitude: -95.9, source },
  { name: 'us-east1', provider: 'google', latitude: 33.2, longitude: -80, source },
  { name: 'us-east4', provider: 'google', latitude: 39, longitude: -77.5, source },
  { name: 'us-west1', provider: 'google', latitude: 45.6, longitude: -121.2, source },
  { name: 'us-west2', provider: 'google', latitude: 34.1, longitude: -118.2, source },
  { name: 'southamerica-east1', provider: 'google', latitude: -23.5, longitude: -46.6, source },
  { name: 'europe-west1', provider: 'google', latitude: 50.4, longitude: 3.8, source },
  { name: 'europe-west2', provider: 'google', latitude: 51.5, longitude: -0.1, source },
  { name: 'europe-west3', provider: 'google', latitude: 50.1, longitude: 8.7, source },
  { name: 'europe-west4', provider: 'google', latitude: 53.4, longitude: 6.8, source },
  { name: 'europe-north1', provider: 'google', latitude: 60.6, longitude: 27.2, source },
  { name: 'asia-east1', provider: 'google', latitude: 24.1, longitude: 120.5, source },
  { name: 'asia-northeast1', provider: 'google', latitude: 35.7, longitude: 139.7, source },
  { name: 'asia-south1', provider: 'google', latitude: 19.1, longitude: 72.9, source },
  { name: 'asia-southeast1', provider: 'google', latitude: 1.3, longitude: 103.7, source },
  { name: 'australia-southeast1', provider: 'google', latitude: -33.9, longitude: 151.2, source },
  { name: 'eastus', provider: 'azure', latitude: 37.4, longitude: -79.8, source },
  { name: 'eastus2', provider: 'azure', latitude: 36.7, longitude: -78.4, source },
  { name: 'centralus', provider: 'azure', latitude: 41.6, longitude: -93.6, source },
  { name: 'westus', provider: 'azure', latitude: 37.8, longitude: -122.4, source },
  { name: 'westus2', provider: 'azure', latitude: 47.2, longitude: -119.9, source },
  { name: 'northeurope', provider: 'azure', latitude: 53.3, longitude: -6.3, source },
  { name: 'westeurope', provider: 'azure', latitude: 52.4, longitude: 4.9, source },
  { name: 'uksouth', provider: 'azure', latitude: 51.5, longitude: -0.1, source },
  { name: 'francecentral', provider: 'azure', latitude: 48.9, longitude: 2.4, source },
  { name: 'germanywestcentral', provider: 'azure', latitude: 50.1, longitude: 8.7, source },
  { name: 'swedencentral', provider: 'azure', latitude: 60.7, longitude: 17.1, source },
  { name: 'southeastasia', provider: 'azure', latitude: 1.3, longitude: 103.8, source },
  { name: 'eastasia', provider: 'azure', latitude: 22.3, longitude: 114.2, source },
  { name: 'japaneast', provider: 'azure', latitude: 35.7, longitude: 139.7, source },
  { name: 'australiaeast', provider: 'azure', latitude: -33.9, longitude: 151.2, source },
  { name: 'centralindia', provider: 'azure', latitude: 18.5, longitude: 73.9, source },
  { name: 'brazilsouth', provider: 'azure', latitude: -23.5, longitude: -46.6, source },
  { name: 'us-south', provider: 'ibm', latitude: 32.8, longitude: -96.8, source },
  { name: 'ca-tor', provider: 'ibm', latitude: 43.7, longitude: -79.4, source },
  { name: 'us-east', provider: 'ibm', latitude: 38.9, longitude: -77, source },
  { name: 'eu-de', provider: 'ibm', latitude: 50.1, longitude: 8.7, source },
  { name: 'eu-gb', provider: 'ibm', latitude: 51.5, longitude: -0.1, source },
  { name: 'eu-es', provider: 'ibm', latitude: 40.4, longitude: -3.7, source },
  { name: 'jp-osa', provider: 'ibm', latitude: 34.7, longitude: 135.5, source },
  { name: 'au-syd', provider: 'ibm', latitude: -33.9, longitude: 151.2, source },
  { name: 'jp-tok', provider: 'ibm', latitude: 35.7, longitude: 139.7, source },
  { name: 'br-sao', provider: 'ibm', latitude: -23.5, longitude: -46.6, source },
];

const byName: ReadonlyMap<string, Region> = new Map(regions.map((region) => [region.name, region]));

/** Names of all regions, for completion and for the nearest name to a misspelt one. */
export const regionNames: readonly string[] = regions.map((region) => region.name);

/** The region with exactly this name. */
export function findRegion(name: string): Region | undefined {
  return byName.get(name);
}
