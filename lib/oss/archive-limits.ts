import { AppError } from "@/lib/diagnosis/app-error";

/** What an archive's directory says of a file in it. Sizes and positions in bytes. */
export interface ListedEntry {
  /** Where its local header begins. */
  headerAt: number;
  nameBytes: number;
  packedBytes: number;
  unpackedBytes: number;
}

/** PKWARE APPNOTE 4.3.7: what a local header holds before name and extra field. */
const LOCAL_HEADER_BYTES = 30;
/** Deflate's longest match is 258 bytes in two bits (RFC 1951 3.2.5): what claims more than this cannot be true. */
const MOST_DEFLATE_RATIO = 1032;
/** Room for what Deflate writes beside the matches: block header, first literal, end of block. */
const DEFLATE_SLACK_BYTES = 1024;
/** Backups with much empty space shrink to a hundredth; what shrinks further is made to fill a disk. */
const MOST_RATIO = 250;
/** Below this a high ratio harms nobody: a small log of zeros has one. */
const RATIO_MATTERS_FROM_BYTES = 256 * 1024 ** 2;
/** Unpacking cannot go on where it was cut off: more than this is quicker unpacked by hand and uploaded resumably. */
const MOST_UNPACKED_BYTES = 1024 ** 4;

/**
 * Refuses an archive by what its directory claims, before a byte of it is unpacked. Throws AppError `archive_overlapping`
 * when two files claim the same bytes, `archive_sizes_false` when no packing could give what is claimed, and
 * `archive_too_large` by ratio or total.
 */
export function assertHarmless(entries: readonly ListedEntry[], file: string): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < end) throw new AppError("precondition_failed", "archive_overlapping", { file });
    end = entry.headerAt + LOCAL_HEADER_BYTES + entry.nameBytes + entry.packedBytes;
  }
  for (const { packedBytes, unpackedBytes } of entries) {
    if (unpackedBytes > packedBytes * MOST_DEFLATE_RATIO + DEFLATE_SLACK_BYTES)
      throw new AppError("precondition_failed", "archive_sizes_false", { file });
  }
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  const isBomb = unpacked > RATIO_MATTERS_FROM_BYTES && unpacked > packed * MOST_RATIO;
  if (isBomb || unpacked > MOST_UNPACKED_BYTES)
    throw new AppError("precondition_failed", "archive_too_large", { file });
}
