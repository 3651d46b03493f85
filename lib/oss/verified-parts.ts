import { combineCrc64 } from "@/lib/backup/crc64";
import type { Part } from "./plan-parts";

/** The first `parts` parts of an upload are in OSS and equal to the file; their combined CRC-64, decimal digits. Plain JSON. */
export interface VerifiedPrefix {
  parts: number;
  crc64: string;
}

/**
 * What is known to have arrived, in any order. From the first part on without a gap it is one sum: enough to trust
 * these parts in another process without reading the file again, because OSS lists their sums.
 */
export class VerifiedParts {
  readonly #parts: readonly Part[];
  readonly #etags = new Map<number, string>();
  readonly #ahead = new Map<number, bigint>();
  #count = 0;
  #crc = 0n;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  add(number: number, part: { etag: string; crc64: bigint }): void {
    this.#etags.set(number, part.etag);
    this.#ahead.set(number, part.crc64);
    for (let next = this.#parts[this.#count]; next; next = this.#parts[this.#count]) {
      const crc = this.#ahead.get(next.number);
      if (crc === undefined) return;
      this.#ahead.delete(next.number);
      this.#crc = combineCrc64(this.#crc, crc, next.sizeBytes);
      this.#count += 1;
    }
  }

  has(number: number): boolean {
    return this.#etags.has(number);
  }

  get prefix(): VerifiedPrefix {
    return { parts: this.#count, crc64: this.#crc.toString() };
  }

  /** CRC-64 of the whole and what Complete wants, once every part is there; null before. */
  whole(): { crc64: bigint; etags: { number: number; etag: string }[] } | null {
    if (this.#count < this.#parts.length) return null;
    return {
      crc64: this.#crc,
      etags: this.#parts.map(({ number }) => ({ number, etag: this.#etags.get(number) ?? "" })),
    };
  }
}

/**
 * The parts that OSS lists and an earlier run had verified, when their sums still combine to what it noted; none when
 * they do not: then each is to be compared with the file.
 */
export function trustedParts(
  parts: readonly Part[],
  present: ReadonlyMap<number, { etag: string; sizeBytes: number; crc64: string | null }>,
  prefix: VerifiedPrefix | undefined,
): { number: number; etag: string; crc64: bigint }[] {
  if (!prefix || prefix.parts === 0) return [];
  const trusted: { number: number; etag: string; crc64: bigint }[] = [];
  let crc = 0n;
  for (const part of parts.slice(0, prefix.parts)) {
    const found = present.get(part.number);
    if (!found || found.crc64 === null || found.sizeBytes !== part.sizeBytes) return [];
    const own = BigInt(found.crc64);
    crc = combineCrc64(crc, own, part.sizeBytes);
    trusted.push({ number: part.number, etag: found.etag, crc64: own });
  }
  return crc.toString() === prefix.crc64 ? trusted : [];
}
