import { type MixedStation, mixedWeights } from './mixed-weights.ts';

/** A station of a closed network, its demand multiplied by an expected throughput, so that it is a load in Erlangs. */
export type ScaledStation = MixedStation;

/** Puts a demand into the scale of the convolution; no load exceeds its servers. */
export function scaledStation(
  {
    demand,
    servers,
    background = 0,
  }: { readonly demand: number; readonly servers: number; readonly background?: number },
  unit: number,
): ScaledStation {
  // One server with open requests is a slower one without.
  if (servers === 1) return { load: (demand * unit) / (1 - background), servers, background: 0 };
  return { load: demand * unit, servers, background };
}

/**
 * Adds a station to the normalising constants G(0 .. N) of a closed network in place: G'(n) = Σ f(j) G(n - j) (Buzen,
 * CACM 16, 1973). The weight of j requests is f(j) = e^-load · load^j / Π min(i, c), the constant factor being
 * there only to keep it in range (see `mixedWeights` where open requests share the servers). Beyond c the weights are geometric, so the sum costs O(N × min(c, N)).
 */
export function convolve(constants: Float64Array, station: ScaledStation): void {
  if (station.load === 0) return;
  if (station.servers === 1) {
    for (let n = 1; n < constants.length; n++) constants[n] = constants[n]! + station.load * constants[n - 1]!;
    return;
  }
  const population = constants.length - 1;
  const weights = stationWeights(station, population);
  const first = Math.min(station.servers, population + 1);
  const ratio = station.load / (station.servers - station.background);
  const before = constants.slice();
  let rest = 0;
  for (let n = 0; n <= population; n++) {
    let sum = 0;
    for (let j = Math.min(n, first - 1); j >= 0; j--) sum += weights[j]! * before[n - j]!;
    if (n >= first) {
      rest = ratio * rest + weights[first]! * before[n - first]!;
      sum += rest;
    }
    constants[n] = sum;
  }
}

/** f(0 .. `population`), by logarithms because the ends of the range under- and overflow. */
export function stationWeights(station: ScaledStation, population: number): Float64Array {
  const { load, servers, background } = station;
  if (background > 0) return mixedWeights(station, population);
  const weights = new Float64Array(population + 1);
  let logarithm = -load;
  const logLoad = Math.log(load);
  for (let j = 0; j <= population; j++) {
    weights[j] = Math.exp(logarithm);
    logarithm += logLoad - Math.log(Math.min(j + 1, servers));
  }
  return weights;
}
