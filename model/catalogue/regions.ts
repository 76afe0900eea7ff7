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

/** Regions that architectures name most, by provider. */
export const regions: readonly Region[] = [
  { name: 'us-east-1', provider: 'aws', latitude: 39, longitude: -77.5, source: 'aws-places' },
  { name: 'us-east-2', provider: 'aws', latitude: 40.1, longitude: -82.8, source: 'aws-places' },
  { name: 'us-west-1', provider: 'aws', latitude: 37.4, longitude: -122.2, source: 'aws-places' },
  { name: 'us-west-2', provider: 'aws', latitude: 45.9, longitude: -119.3, source: 'aws-places' },
  { name: 'ca-central-1', provider: 'aws', latitude: 45.5, longitude: -73.6, source: 'aws-places' },
  { name: 'ca-west-1', provider: 'aws', latitude: 51, longitude: -114.1, source: 'aws-cities' },
  { name: 'mx-central-1', provider: 'aws', latitude: 20.6, longitude: -100.4, source: 'aws-cities' },
  { name: 'sa-east-1', provider: 'aws', latitude: -23.5, longitude: -46.8, source: 'aws-places' },
  { name: 'eu-west-1', provider: 'aws', latitude: 53.4, longitude: -6.2, source: 'aws-places' },
  { name: 'eu-west-2', provider: 'aws', latitude: 51.5, longitude: -0.1, source: 'aws-places' },
  { name: 'eu-west-3', provider: 'aws', latitude: 48.6, longitude: 2.3, source: 'aws-places' },
  { name: 'eu-central-1', provider: 'aws', latitude: 50.1, longitude: 8.6, source: 'aws-places' },
  { name: 'eu-central-2', provider: 'aws', latitude: 47.4, longitude: 8.5, source: 'cloud-places' },
  { name: 'eu-north-1', provider: 'aws', latitude: 59.3, longitude: 17.8, source: 'aws-places' },
  { name: 'eu-south-1', provider: 'aws', latitude: 45.5, longitude: 9.1, source: 'aws-places' },
  { name: 'eu-south-2', provider: 'aws', latitude: 40, longitude: -4, source: 'cloud-places' },
  { name: 'me-south-1', provider: 'aws', latitude: 25.9, longitude: 50.3, source: 'aws-places' },
  { name: 'me-central-1', provider: 'aws', latitude: 24, longitude: 54, source: 'cloud-places' },
  { name: 'il-central-1', provider: 'aws', latitude: 32.1, longitude: 34.8, source: 'cloud-places' },
  { name: 'af-south-1', provider: 'aws', latitude: -33.9, longitude: 18.4, source: 'aws-places' },
  { name: 'ap-south-1', provider: 'aws', latitude: 19.2, longitude: 73, source: 'aws-places' },
  { name: 'ap-south-2', provider: 'aws', latitude: 17.4, longitude: 78.5, source: 'cloud-places' },
  { name: 'ap-southeast-1', provider: 'aws', latitude: 1.3, longitude: 103.7, source: 'aws-places' },
  { name: 'ap-southeast-2', provider: 'aws', latitude: -33.9, longitude: 151.2, source: 'aws-places' },
  { name: 'ap-southeast-3', provider: 'aws', latitude: -6.2, longitude: 106.8, source: 'cloud-places' },
  { name: 'ap-southeast-4', provider: 'aws', latitude: -37.8, longitude: 145, source: 'cloud-places' },
  { name: 'ap-northeast-1', provider: 'aws', latitude: 35.6, longitude: 139.7, source: 'aws-places' },
  { name: 'ap-northeast-2', provider: 'aws', latitude: 37.6, longitude: 126.9, source: 'aws-places' },
  { name: 'ap-northeast-3', provider: 'aws', latitude: 34.7, longitude: 135.5, source: 'cloud-places' },
  { name: 'ap-east-1', provider: 'aws', latitude: 22.3, longitude: 114.3, source: 'aws-places' },
  { name: 'us-central1', provider: 'google', latitude: 41.3, longitude: -95.9, source: 'cloud-places' },
  { name: 'us-east1', provider: 'google', latitude: 33.2, longitude: -80, source: 'cloud-places' },
  { name: 'us-east4', provider: 'google', latitude: 39, longitude: -77.5, source: 'cloud-places' },
  { name: 'us-west1', provider: 'google', latitude: 45.6, longitude: -121.2, source: 'cloud-places' },
  { name: 'us-west2', provider: 'google', latitude: 34.1, longitude: -118.3, source: 'cloud-places' },
  { name: 'southamerica-east1', provider: 'google', latitude: -23.5, longitude: -46.8, source: 'cloud-places' },
  { name: 'europe-west1', provider: 'google', latitude: 50.5, longitude: 3.8, source: 'cloud-places' },
  { name: 'europe-west2', provider: 'google', latitude: 51.5, longitude: -0.1, source: 'cloud-places' },
  { name: 'europe-west3', provider: 'google', latitude: 50.1, longitude: 8.7, source: 'cloud-places' },
  { name: 'europe-west4', provider: 'google', latitude: 53.4, longitude: 6.8, source: 'cloud-places' },
  { name: 'europe-north1', provider: 'google', latitude: 60.6, longitude: 27.2, source: 'cloud-places' },
  { name: 'asia-east1', provider: 'google', latitude: 23.9, longitude: 120.5, source: 'cloud-places' },
  { name: 'asia-northeast1', provider: 'google', latitude: 35.7, longitude: 139.7, source: 'cloud-places' },
  { name: 'asia-south1', provider: 'google', latitude: 19.1, longitude: 72.9, source: 'cloud-places' },
  { name: 'asia-southeast1', provider: 'google', latitude: 1.3, longitude: 103.7, source: 'cloud-places' },
  { name: 'australia-southeast1', provider: 'google', latitude: -33.9, longitude: 151.2, source: 'cloud-places' },
  { name: 'eastus', provider: 'azure', latitude: 37.4, longitude: -79.8, source: 'cloud-places' },
  { name: 'eastus2', provider: 'azure', latitude: 36.7, longitude: -78.4, source: 'cloud-places' },
  { name: 'centralus', provider: 'azure', latitude: 41.6, longitude: -93.6, source: 'cloud-places' },
  { name: 'westus', provider: 'azure', latitude: 37.8, longitude: -122.4, source: 'cloud-places' },
  { name: 'westus2', provider: 'azure', latitude: 47.2, longitude: -119.9, source: 'cloud-places' },
  { name: 'northeurope', provider: 'azure', latitude: 53.3, longitude: -6.3, source: 'cloud-places' },
  { name: 'westeurope', provider: 'azure', latitude: 52.4, longitude: 4.9, source: 'cloud-places' },
  { name: 'uksouth', provider: 'azure', latitude: 50.9, longitude: -0.8, source: 'cloud-places' },
  { name: 'francecentral', provider: 'azure', latitude: 46.4, longitude: 2.4, source: 'cloud-places' },
  { name: 'germanywestcentral', provider: 'azure', latitude: 50.1, longitude: 8.7, source: 'cloud-places' },
  { name: 'swedencentral', provider: 'azure', latitude: 60.7, longitude: 17.1, source: 'cloud-places' },
  { name: 'southeastasia', provider: 'azure', latitude: 1.3, longitude: 103.8, source: 'cloud-places' },
  { name: 'eastasia', provider: 'azure', latitude: 22.3, longitude: 114.2, source: 'cloud-places' },
  { name: 'japaneast', provider: 'azure', latitude: 35.7, longitude: 139.8, source: 'cloud-places' },
  { name: 'australiaeast', provider: 'azure', latitude: -33.9, longitude: 151.2, source: 'cloud-places' },
  { name: 'centralindia', provider: 'azure', latitude: 18.6, longitude: 73.9, source: 'cloud-places' },
  { name: 'brazilsouth', provider: 'azure', latitude: -23.6, longitude: -46.6, source: 'cloud-places' },
  { name: 'us-south', provider: 'ibm', latitude: 32.8, longitude: -96.8, source: 'ibm-cities' },
  { name: 'ca-tor', provider: 'ibm', latitude: 43.7, longitude: -79.4, source: 'ibm-cities' },
  { name: 'us-east', provider: 'ibm', latitude: 38.9, longitude: -77.3, source: 'ibm-cities' },
  { name: 'eu-de', provider: 'ibm', latitude: 50.1, longitude: 8.7, source: 'ibm-cities' },
  { name: 'eu-gb', provider: 'ibm', latitude: 51.5, longitude: -0.1, source: 'ibm-cities' },
  { name: 'eu-es', provider: 'ibm', latitude: 40.4, longitude: -3.7, source: 'ibm-cities' },
  { name: 'jp-osa', provider: 'ibm', latitude: 34.7, longitude: 135.5, source: 'ibm-cities' },
  { name: 'au-syd', provider: 'ibm', latitude: -33.9, longitude: 151.2, source: 'ibm-cities' },
  { name: 'jp-tok', provider: 'ibm', latitude: 35.7, longitude: 139.7, source: 'ibm-cities' },
  { name: 'br-sao', provider: 'ibm', latitude: -23.6, longitude: -46.6, source: 'ibm-cities' },
];

const byName: ReadonlyMap<string, Region> = new Map(regions.map((region) => [region.name, region]));

/** Names of all regions, for completion and for the nearest name to a misspelt one. */
export const regionNames: readonly string[] = regions.map((region) => region.name);

/** The region with exactly this name. */
export function findRegion(name: string): Region | undefined {
  return byName.get(name);
}
