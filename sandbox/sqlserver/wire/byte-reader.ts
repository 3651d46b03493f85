/** Reads little-endian fields from left to right; throws when the message ends early. */
export class ByteReader {
  private at = 0;
  constructor(private readonly bytes: Buffer) {}

  private take(count: number): number {
    const from = this.at;
    if (from + count > this.bytes.length) throw new Error("The message ends early.");
    this.at += count;
    return from;
  }
  get left(): number {
    return this.bytes.length - this.at;
  }
  u8(): number {
    return this.bytes.readUInt8(this.take(1));
  }
  u16(): number {
    return this.bytes.readUInt16LE(this.take(2));
  }
  u32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }
  u64(): bigint {
    return this.bytes.readBigUInt64LE(this.take(8));
  }
  slice(count: number): Buffer {
    const from = this.take(count);
    return this.bytes.subarray(from, from + count);
  }
  ucs2(characters: number): string {
    return this.slice(characters * 2).toString("utf16le");
  }
  shortText(): string {
    return this.ucs2(this.u8());
  }
}
