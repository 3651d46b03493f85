/** Collects bytes, little-endian, as TDS tokens want them. */
export class ByteWriter {
  private buffer = Buffer.alloc(512);
  private used = 0;

  get length(): number {
    return this.used;
  }
  private room(count: number): number {
    const at = this.used;
    if (at + count > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(at + count, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, at);
      this.buffer = larger;
    }
    this.used += count;
    return at;
  }
  u8(value: number): this {
    const at = this.room(1);
    this.buffer.writeUInt8(value & 0xff, at);
    return this;
  }
  u16(value: number): this {
    const at = this.room(2);
    this.buffer.writeUInt16LE(value & 0xffff, at);
    return this;
  }
  u16be(value: number): this {
    const at = this.room(2);
    this.buffer.writeUInt16BE(value & 0xffff, at);
    return this;
  }
  u32(value: number): this {
    const at = this.room(4);
    this.buffer.writeUInt32LE(value >>> 0, at);
    return this;
  }
  i16(value: number): this {
    const at = this.room(2);
    this.buffer.writeInt16LE(value, at);
    return this;
  }
  i32(value: number): this {
    const at = this.room(4);
    this.buffer.writeInt32LE(value, at);
    return this;
  }
  u64(value: bigint): this {
    const at = this.room(8);
    this.buffer.writeBigUInt64LE(BigInt.asUintN(64, value), at);
    return this;
  }
  i64(value: bigint): this {
    return this.u64(value);
  }
  f32(value: number): this {
    const at = this.room(4);
    this.buffer.writeFloatLE(value, at);
    return this;
  }
  f64(value: number): this {
    const at = this.room(8);
    this.buffer.writeDoubleLE(value, at);
    return this;
  }
  /** An unsigned integer of any width. */
  unsigned(value: bigint, width: number): this {
    let left = value;
    for (let i = 0; i < width; i++) {
      this.u8(Number(left & 0xffn));
      left >>= 8n;
    }
    return this;
  }
  bytes(value: Uint8Array): this {
    const at = this.room(value.length);
    this.buffer.set(value, at);
    return this;
  }
  ucs2(text: string): this {
    return this.bytes(Buffer.from(text, "utf16le"));
  }
  /** B_VARCHAR: one byte of length in characters. */
  shortText(text: string): this {
    const cut = text.slice(0, 255);
    return this.u8(cut.length).ucs2(cut);
  }
  /** US_VARCHAR: two bytes of length in characters. */
  text(text: string): this {
    return this.u16(text.length).ucs2(text);
  }
  take(): Buffer {
    const result = Buffer.from(this.buffer.subarray(0, this.used));
    this.used = 0;
    return result;
  }
}
