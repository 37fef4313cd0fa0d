/** Does `count` things with at most `many` of them under way at a time. */
export async function inFlight(count: number, many: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: many }, worker));
}
