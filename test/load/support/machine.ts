import { availableParallelism, cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export const machine = (): string => {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${Math.round(totalmem() / 2 ** 30)} GB memory, Node ${process.version}`;
};
