import { DIMENSIONS, type Dims } from '../history/dimensions.js';

/**
 * Numbers for the tuples and texts of one batch of blocks. A tuple stands in many blocks, so its texts are looked up once here, and a block
 * then works on numbers alone.
 */
export interface TupleTable {
  /** Named dimensions, in the order of a tuple's values. */
  readonly dimensions: readonly string[];
  /** Text numbers of tuple t's w named dimensions: [t x w, (t + 1) x w); 0: no value. */
  readonly texts: Int32Array;
  /** By text number; 0 is not a text. */
  readonly textOf: readonly string[];
  /** By tuple number. */
  readonly tuples: readonly Dims[];
  numberOf(dims: Dims): number;
}

export function tupleTable(dimensions: readonly string[] = DIMENSIONS): TupleTable {
  const width = dimensions.length;
  const numbers = new Map<Dims, number>();
  const tuples: Dims[] = [];
  const textNumbers = new Map<string, number>();
  const textOf: string[] = [''];
  let texts = new Int32Array(256 * width);

  function textNumber(text: string): number {
    let number = textNumbers.get(text);
    if (number === undefined) {
      number = textOf.push(text) - 1;
      textNumbers.set(text, number);
    }
    return number;
  }

  return {
    get texts() {
      return texts;
    },
    dimensions,
    textOf,
    tuples,
    numberOf(dims) {
      const known = numbers.get(dims);
      if (known !== undefined) return known;
      const number = tuples.push(dims) - 1;
      numbers.set(dims, number);
      if (texts.length < (number + 1) * width) {
        const larger = new Int32Array(texts.length * 2);
        larger.set(texts);
        texts = larger;
      }
      for (let place = 0; place < width; place++) {
        const text = dims.values[place];
        texts[number * width + place] = text == null ? 0 : textNumber(text);
      }
      return number;
    },
  };
}
