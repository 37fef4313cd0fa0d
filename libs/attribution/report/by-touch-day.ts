import type { Block } from '#figures/blocks/block.js';
import type { BlockCut } from '#figures/facts-reader.js';

/** The cut with every fact on the day of the touch that earns it (class = 2 x day + first) instead of the day of the conversion. */
export function byTouchDay({ block, rows }: BlockCut): BlockCut {
  const { class: classes } = block;
  const day = new Int32Array(block.rows);
  let [minDay, maxDay] = [Infinity, -Infinity];
  for (let i = 0; i < day.length; i++) {
    const own = (classes?.[i] ?? 0) >> 1;
    day[i] = own;
    if (own < minDay) minDay = own;
    if (own > maxDay) maxDay = own;
  }
  const dated: Block = {
    rows: block.rows,
    epoch: block.epoch,
    minDay,
    maxDay,
    day,
    get offset() {
      return block.offset;
    },
    get class() {
      return block.class;
    },
    get value() {
      return block.value;
    },
    get n() {
      return block.n;
    },
    get cause() {
      return block.cause;
    },
    dimension: (name) => block.dimension(name),
    dimensionNames: () => block.dimensionNames(),
    bytes: () => block.bytes(),
  };
  return { block: dated, rows };
}
