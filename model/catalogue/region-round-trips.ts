import type { SourceId } from './sources.ts';

/** Two regions, the seconds of a round trip between them, and who says so. */
export type RegionRoundTrip = readonly [one: string, other: string, seconds: number, source: SourceId];

/** A region and its round trips in milliseconds to the regions of the rows above it, in their order. */
type Row = readonly [region: string, ...milliseconds: number[]];

const aws: readonly Row[] = [
  ['us-east-1'],
  ['us-east-2', 14.5],
  ['us-west-1', 61.7, 52.6],
  ['us-west-2', 64.2, 51.7, 22.2],
  ['ca-central-1', 16.4, 24.7, 80.2, 60.9],
  ['sa-east-1', 115.4, 124.2, 174.2, 174.4, 125.1],
  ['eu-west-1', 69.7, 79.6, 128.3, 118.9, 69.2, 178.2],
  ['eu-west-2', 77.7, 86.8, 147.9, 130, 79.2, 186.8, 13.8],
  ['eu-west-3', 83.6, 92.4, 141.9, 135.5, 85.2, 196.1, 19.3, 10.8],
  ['eu-central-1', 92.8, 101.1, 151.5, 143.1, 92.6, 205.1, 27.1, 18.3, 12.6],
  ['eu-north-1', 111.9, 120.4, 170.1, 158.5, 108.2, 217.8, 42.7, 33.2, 30.9, 22.6],
  ['ap-south-1', 205.4, 214.9, 227.7, 216.6, 207.7, 318, 139.7, 131.6, 125.1, 123.8, 142.8],
  ['ap-southeast-1', 243.8, 216.6, 170.2, 159.8, 218.6, 332.8, 182.8, 174.6, 168.1, 164.6, 179.3, 59.4],
  ['ap-southeast-2', 197.9, 188.6, 139.4, 141, 198.5, 312.4, 257.1, 267.6, 278.3, 251.3, 269.2, 152, 94.7],
  ['ap-northeast-1', 167.3, 148.4, 108.7, 97.8, 157.5, 271.8, 216.3, 225.9, 234.7, 226.6, 245.1, 135, 70.6, 110.2],
  [
    'ap-northeast-2',
    195.6,
    170.3,
    132.8,
    122.3,
    179.9,
    294.3,
    238.4,
    248,
    242.3,
    235.1,
    253.4,
    129.4,
    84.7,
    146.2,
    35.9,
  ],
  [
    'ap-northeast-3',
    171.5,
    147.7,
    109.7,
    99.4,
    157,
    270.8,
    214.9,
    225.3,
    251.3,
    234.9,
    254.3,
    136,
    78.9,
    119.4,
    10.2,
    25.5,
  ],
  [
    'ap-east-1',
    218.7,
    193.7,
    156.2,
    146,
    203.3,
    317.2,
    223.4,
    214.3,
    208.8,
    200.1,
    218.8,
    97.4,
    43.8,
    136.3,
    55.6,
    38.2,
    49.2,
  ],
];

const ibm: readonly Row[] = [
  ['us-south'],
  ['ca-tor', 34],
  ['us-east', 31, 19],
  ['eu-de', 123, 93, 91],
  ['eu-gb', 113, 82, 75, 13],
  ['eu-es', 119, 108, 87, 29, 27],
  ['jp-osa', 150, 168, 172, 232, 244, 257],
  ['au-syd', 186, 215, 214, 250, 261, 275, 122],
  ['jp-tok', 143, 162, 164, 233, 243, 258, 9, 115],
  ['br-sao', 146, 129, 118, 198, 188, 209, 293, 328, 284],
];

/** Measured round trips; each pair once, valid in both directions. */
export const regionRoundTrips: readonly RegionRoundTrip[] = [
  ...pairs(aws, 'regions-aws-2024'),
  ...pairs(ibm, 'regions-ibm-2024'),
];

function pairs(rows: readonly Row[], source: SourceId): RegionRoundTrip[] {
  return rows.flatMap(([region, ...milliseconds]) =>
    milliseconds.map((value, index): RegionRoundTrip => [rows[index]![0], region, value / 1000, source]),
  );
}
