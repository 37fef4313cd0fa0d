/**
 * SHA-1 (FIPS 180-4) as five words, for names by RFC 9562 only; never for secrets. Every event of the append path has such a name, and
 * OpenSSL's fixed cost per digest was measured at several times that of the one or two blocks themselves.
 */
export function sha1(message: Uint8Array): Int32Array {
  const { length } = message;
  const padded = length < SHORT ? SCRATCH.fill(0, length, paddedLength(length)) : new Uint8Array(paddedLength(length));
  padded.set(message);
  padded[length] = 0x80;
  const end = paddedLength(length);
  // The length in bits, in the last eight bytes; a name is far below 2^29 bytes.
  for (let byte = 0; byte < 4; byte++) padded[end - 1 - byte] = (length * 8) >>> (byte * 8);

  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let block = 0; block < end; block += 64) mix(state, padded, block);
  return state;
}

function mix(state: Int32Array, bytes: Uint8Array, block: number): void {
  for (let t = 0, at = block; t < 16; t++, at += 4) {
    W[t] =
      (byteAt(bytes, at) << 24) | (byteAt(bytes, at + 1) << 16) | (byteAt(bytes, at + 2) << 8) | byteAt(bytes, at + 3);
  }
  for (let t = 16; t < 80; t++) W[t] = rotated(word(W, t - 3) ^ word(W, t - 8) ^ word(W, t - 14) ^ word(W, t - 16), 1);

  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  for (let t = 0; t < 80; t++) {
    const mixed =
      t < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : t < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : t < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6;
    const next = (rotated(a, 5) + mixed + e + word(W, t)) | 0;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  state[0] = word(state, 0) + a;
  state[1] = word(state, 1) + b;
  state[2] = word(state, 2) + c;
  state[3] = word(state, 3) + d;
  state[4] = word(state, 4) + e;
}

const paddedLength = (length: number): number => ((length + 8) >>> 6) * 64 + 64;
const rotated = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
const word = (words: Int32Array, at: number): number => words[at] ?? 0;
const byteAt = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;

/** Messages shorter than this share their working space. */
const SHORT = 192;
const SCRATCH = new Uint8Array(paddedLength(SHORT));
const W = new Int32Array(80);
