/** Random numbers that are the same on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in [from, to). */
  between(from: number, to: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

/**
 * A generator for one purpose of one image: sfc32 (Chris Doty-Humphrey, PractRand), started from a hash of the key.
 *
 * Each image draws from keys of its own, so that image i is the same whatever was made before it; a Mersenne twister
 * would spend more on its state than a small image does on all its draws.
 * @param key what the numbers are for: seed, class, image, purpose
 * @example createRandom('0', 'pristine', 3, 'noise').uniform() // => the same number each time
 */
export function createRandom(...key: readonly (string | number)[]): Random {
  let [a, b, c] = hash(key.join('\n'));
  let counter = 1;
  let spare: number | undefined;

  function uniform(): number {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return (result >>> 0) / 2 ** 32;
  }

  // Marsaglia's polar method: two numbers a time.
  function normal(): number {
    if (spare !== undefined) {
      const result = spare;
      spare = undefined;
      return result;
    }
    let x: number, y: number, square: number;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    spare = y * factor;
    return x * factor;
  }

  for (let i = 0; i < 12; i++) uniform();
  return { uniform, normal, between: (from, to) => from + (to - from) * uniform() };
}

/** Three words from a text: FNV-1a with three offsets, each finished as MurmurHash3 finishes. */
function hash(text: string): [number, number, number] {
  const words: [number, number, number] = [0x811c9dc5, 0x01234567, 0x5bd1e995];
  for (let i = 0; i < text.length; i++) {
    for (let k = 0; k < 3; k++) words[k] = Math.imul(words[k]! ^ text.charCodeAt(i), 0x01000193);
  }
  return words.map(mix) as [number, number, number];
}

function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
