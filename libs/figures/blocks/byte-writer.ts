/** Appends numbers and texts to a buffer that grows; one is used for all blocks. */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(1 << 16);
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  /** A view of what was written, good until the next write. */
  written(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    this.length = this.bytes.writeUInt32LE(value, this.length);
  }

  f64(value: number): void {
    this.reserve(8);
    this.length = this.bytes.writeDoubleLE(value, this.length);
  }

  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.u32(size);
    this.reserve(size);
    this.length += this.bytes.write(value, this.length);
  }

  /** Room for `size` bytes, to be filled by the caller. */
  room(size: number): Buffer {
    this.reserve(size);
    this.length += size;
    return this.bytes.subarray(this.length - size, this.length);
  }

  private reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
