const MIB = 1024 * 1024;

/** OSS takes 10,000 parts; staying under 9,000 leaves room for a file that is larger than it said. */
const MOST_PARTS = 9000;
const SMALLEST_PART = 8 * MIB;

export interface Part {
  /** From 1 on. */
  number: number;
  offset: number;
  sizeBytes: number;
}

/** Part size for a file: 8 MiB, more for files over about 70 GiB. A whole number of MiB. */
export function partSizeFor(sizeBytes: number): number {
  return Math.max(SMALLEST_PART, Math.ceil(sizeBytes / MOST_PARTS / MIB) * MIB);
}

/** The parts of a file in order. A file smaller than a part is one part. */
export function planParts(sizeBytes: number, partSize: number): Part[] {
  const count = Math.max(1, Math.ceil(sizeBytes / partSize));
  return Array.from({ length: count }, (_, index) => {
    const offset = index * partSize;
    return { number: index + 1, offset, sizeBytes: Math.min(partSize, sizeBytes - offset) };
  });
}
