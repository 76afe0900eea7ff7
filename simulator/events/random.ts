/**
 * Seeded random numbers: one independent generator for each source, station and purpose, found by name, so that two designs that are simulated
 * with the same seed meet the same users and the same service times (common random numbers).
 * xoshiro128** by Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM Trans. Math. Software 47, 2021.
 */

/** Generators by index; each keeps four words of state. */
export class RandomStreams {
  private readonly state: Int32Array;
  private readonly accept = ziggurat.accept;
  private readonly width = ziggurat.width;

  /** One generator for each name; the same seed and name give the same numbers. */
  constructor(seed: string, names: readonly string[]) {
    this.state = new Int32Array(names.length * 4);
    for (const [index, name] of names.entries()) {
      let word = hash(`${seed}/${name}`);
      for (let i = 0; i < 4; i++) {
        word = (word + 0x9e3779b9) | 0;
        this.state[index * 4 + i] = mix(word);
      }
    }
  }

  /** The last number of `drawExponential`. */
  readonly drawn = new Float64Array(1);

  /** 31 random bits as a whole number from 0 on. */
  bits(stream: number): number {
    const { state } = this;
    const at = stream * 4;
    const s0 = state[at]!;
    const s1 = state[at + 1]!;
    const s2 = state[at + 2]! ^ s0;
    const s3 = state[at + 3]! ^ s1;
    state[at + 1] = s1 ^ s2;
    state[at] = s0 ^ s3;
    state[at + 2] = s2 ^ (s1 << 9);
    state[at + 3] = (s3 << 11) | (s3 >>> 21);
    const five = Math.imul(s1, 5);
    return Math.imul((five << 7) | (five >>> 25), 9) >>> 1;
  }

  /** Uniform in [0, 1). */
  uniform(stream: number): number {
    return this.bits(stream) * UNIT;
  }

  /** A whole number in [0, count). */
  below(stream: number, count: number): number {
    return Math.floor(this.bits(stream) * UNIT * count);
  }

  /** Exponential with mean 1. */
  exponential(stream: number): number {
    this.drawExponential(stream);
    return this.drawn[0]!;
  }

  /** Puts an exponential number of mean 1 into `drawn`: ziggurat of Marsaglia and Tsang, J. Statistical Software 5(8), 2000. */
  drawExponential(stream: number): void {
    const bits = this.bits(stream);
    const layer = bits & 255;
    this.drawn[0] = bits < this.accept[layer]! ? bits * this.width[layer]! : this.exponentialEdge(stream, bits);
  }

  /** Gamma with the given shape and mean 1, by Marsaglia and Tsang, ACM Trans. Math. Software 26, 2000. */
  gamma(stream: number, shape: number): number {
    if (shape < 1) {
      const power = (1 - this.uniform(stream)) ** (1 / shape);
      return (this.unscaledGamma(stream, shape + 1) * power) / shape;
    }
    return this.unscaledGamma(stream, shape) / shape;
  }

  private exponentialEdge(stream: number, first: number): number {
    const { accept, width, height } = ziggurat;
    for (let bits = first; ; bits = this.bits(stream)) {
      const layer = bits & 255;
      const x = bits * width[layer]!;
      if (bits < accept[layer]!) return x;
      if (layer === 0) return TAIL - Math.log(1 - this.uniform(stream));
      if (height[layer]! + this.uniform(stream) * (height[layer - 1]! - height[layer]!) < Math.exp(-x)) return x;
    }
  }

  private unscaledGamma(stream: number, shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal(stream);
      const base = 1 + c * x;
      if (base <= 0) continue;
      const v = base * base * base;
      if (Math.log(1 - this.uniform(stream)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Standard normal, by Box and Muller. */
  private normal(stream: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform(stream)));
    return radius * Math.cos(2 * Math.PI * this.uniform(stream));
  }
}

/** What `bits` are multiplied by for a number in [0, 1). */
export const UNIT = 2 ** -31;
/** Where the last layer of the ziggurat ends, and the area of each of its 256 layers. */
const TAIL = 7.697117470131487;
const AREA = 3.949659822581572e-3;
const ziggurat = makeZiggurat();

function makeZiggurat() {
  const accept = new Uint32Array(256);
  const width = new Float64Array(256);
  const height = new Float64Array(256);
  let x = TAIL;
  const base = AREA / Math.exp(-x);
  accept[0] = (x / base) * 2 ** 31;
  width[0] = base * UNIT;
  width[255] = x * UNIT;
  height[0] = 1;
  height[255] = Math.exp(-x);
  for (let layer = 254; layer >= 1; layer--) {
    const before = x;
    x = -Math.log(AREA / x + Math.exp(-x));
    accept[layer + 1] = (x / before) * 2 ** 31;
    height[layer] = Math.exp(-x);
    width[layer] = x * UNIT;
  }
  return { accept, width, height };
}

/** FNV-1a over the UTF-16 units. */
function hash(text: string): number {
  let word = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) word = Math.imul(word ^ text.charCodeAt(i), 0x01000193);
  return word | 0;
}

/** The finalizer of MurmurHash3, as in SplitMix. */
function mix(word: number): number {
  let bits = word;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) | 0;
}
