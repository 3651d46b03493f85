import type { ByteSource } from "./header";

/**
 * Counts and bounds what is read of a source. Ranges that were kept are served again without reading. A read that
 * would go over the allowance gives nothing, so hostile positions and lengths cost nothing.
 */
export class ByteWindow {
  reads = 0;
  bytesRead = 0;
  private readonly kept: { offset: number; bytes: Uint8Array }[] = [];

  constructor(
    private readonly source: ByteSource,
    private allowance: { reads: number; bytes: number },
  ) {}

  get sizeBytes(): number {
    return this.source.sizeBytes;
  }

  /** More sets than two were found: each costs this much more. */
  allow(reads: number, bytes: number): void {
    this.allowance = { reads: this.allowance.reads + reads, bytes: this.allowance.bytes + bytes };
  }

  get bytesLeft(): number {
    return this.allowance.bytes - this.bytesRead;
  }

  /**
   * The bytes of `[offset, offset + length)`, cut at the end of the source. Null when the range begins outside the
   * source or may not be read. `keep` makes later calls inside the range free.
   */
  async get(offset: number, length: number, keep = false): Promise<Uint8Array | null> {
    if (!Number.isSafeInteger(offset) || offset < 0 || !(length > 0) || !(offset < this.sizeBytes))
      return null;
    const wanted = Math.min(length, this.sizeBytes - offset);
    const held = this.held(offset, wanted);
    if (held) return held;
    if (this.reads >= this.allowance.reads || wanted > this.bytesLeft) return null;
    const read = await this.source.read(offset, wanted);
    const bytes = read.length > wanted ? read.subarray(0, wanted) : read;
    this.reads += 1;
    this.bytesRead += bytes.length;
    if (keep) this.kept.push({ offset, bytes });
    return bytes;
  }

  /** The range if it was kept, whole or not at all. */
  held(offset: number, length: number): Uint8Array | null {
    const range = this.kept.find((r) => offset >= r.offset && offset + length <= r.offset + r.bytes.length);
    return range ? range.bytes.subarray(offset - range.offset, offset - range.offset + length) : null;
  }

  /** All kept bytes from `offset` on, up to `limit`; empty when there are none. */
  heldFrom(offset: number, limit: number): Uint8Array {
    const range = this.kept.find((r) => offset >= r.offset && offset < r.offset + r.bytes.length);
    return range
      ? range.bytes.subarray(offset - range.offset, offset - range.offset + limit)
      : new Uint8Array(0);
  }

  /** All kept bytes before `end`, down to `from`; empty when there are none. */
  heldBefore(end: number, from: number): Uint8Array {
    const range = this.kept.find((r) => end > r.offset && end <= r.offset + r.bytes.length);
    return range
      ? range.bytes.subarray(Math.max(0, from - range.offset), end - range.offset)
      : new Uint8Array(0);
  }
}
