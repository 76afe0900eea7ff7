/** A station that closed and open requests share, its demands scaled to loads in Erlangs. */
export type MixedStation = {
  /** Of the closed requests, times an expected throughput. */
  readonly load: number;
  /** Whole number of servers; `Infinity` for a delay. */
  readonly servers: number;
  /** Of the open requests; less than the servers. */
  readonly background: number;
};

/**
 * Weights f(0 .. `most`) of so many closed requests at a station where open ones may be too, summed over the numbers of open requests:
 * f(k) = load^k Σ_o C(k + o, o) background^o / Π min(i, servers) over i = 1 .. k + o, divided by the same with k = 0. Exact for
 * product form (Bruell, Balbo and Afshari, "Mean value analysis of mixed, multiple class BCMP networks with load
 * dependent service stations", Performance Evaluation 4, 1984), times e^-load to keep them in range. f(k + 1) / f(k) is
 * load / (servers - background) from the number of servers on.
 */
export function mixedWeights(station: MixedStation, most: number): Float64Array {
  const weights = new Float64Array(most + 1);
  const { load, servers, background } = station;
  const simple = servers === 1 || background === 0 || servers === Number.POSITIVE_INFINITY;
  const taken = servers === 1 ? background : 0;
  const logLoad = Math.log(load);
  let logarithm = -load;
  weights[0] = Math.exp(logarithm);
  let before = simple ? 0 : openSums(station, 0).logSum;
  for (let k = 1; k <= most; k++) {
    logarithm += logLoad;
    if (simple) logarithm -= Math.log(Math.min(k, servers) - taken);
    else if (k > servers) logarithm -= Math.log(servers - background);
    else {
      const here = openSums(station, k).logSum;
      logarithm += here - before;
      before = here;
    }
    weights[k] = Math.exp(logarithm);
  }
  return weights;
}

/** Mean number of open requests at a station where there are `closed` closed ones; between whole numbers by interpolation. */
export function openRequestsBeside(station: Omit<MixedStation, 'load'>, closed: number): number {
  const { servers, background } = station;
  if (background === 0) return 0;
  if (servers === Number.POSITIVE_INFINITY) return background;
  const load = background / servers;
  if (servers === 1 || closed >= servers) return ((closed + 1) * load) / (1 - load);
  const below = Math.floor(closed);
  const low = openSums(station, below).mean;
  return closed === below ? low : low + (closed - below) * (openSums(station, below + 1).mean - low);
}

/** ln Σ_o u_o and Σ o u_o / Σ u_o with u_o = C(k + o, o) background^o / Π min(i, servers), i = 1 .. k + o. */
function openSums(
  { servers, background }: Omit<MixedStation, 'load'>,
  closed: number,
): { logSum: number; mean: number } {
  let logScale = 0;
  for (let i = 2; i <= closed; i++) logScale -= Math.log(Math.min(i, servers));
  let term = 1;
  let sum = 1;
  let count = 0;
  for (let open = 1; open < MOST_TERMS; open++) {
    term *= (background * (closed + open)) / (open * Math.min(closed + open, servers));
    sum += term;
    count += open * term;
    if (sum > HUGE) {
      term /= HUGE;
      sum /= HUGE;
      count /= HUGE;
      logScale += Math.log(HUGE);
    }
    if (closed + open > servers && term * open < count * 1e-17) break;
  }
  return { logSum: Math.log(sum) + logScale, mean: count / sum };
}

const HUGE = 1e200;
/** Enough up to utilisations of 0.9999. */
const MOST_TERMS = 1_000_000;
