/** The number by which an SQLite file names a key of its own; null: no such number. Written in one way only. */
export function keyNumber(id: string): number | null {
  const number = /^[1-9]\d{0,15}$/.test(id) ? Number(id) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}
