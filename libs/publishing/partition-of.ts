/**
 * The partition of a key: murmur2 over its UTF-8 bytes, positive, modulo the partitions, as Kafka's own clients choose it, so that
 * other topics keyed by lead can be joined with this one partition by partition. (Apache Kafka, `Utils.murmur2` and `Utils.toPositive`.)
 */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** Austin Appleby's MurmurHash2 with Kafka's seed; a signed 32-bit number. */
export function murmur2(bytes: Uint8Array): number {
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(
      byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24),
      M,
    );
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  const rest = bytes.length - whole;
  if (rest === 3) hash ^= byte(bytes, whole + 2) << 16;
  if (rest >= 2) hash ^= byte(bytes, whole + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ byte(bytes, whole), M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return (hash ^ (hash >>> 15)) | 0;
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
