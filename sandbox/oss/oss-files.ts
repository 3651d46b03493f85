import { mkdirSync, readdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { BucketFiles } from "./bucket-files";
import { OssError } from "./oss-error";
import type { BucketRecord, ObjectRecord } from "./records";

/** All buckets of the sandbox under one folder, a folder each. */
export class OssFiles {
  readonly #folder: string;
  readonly #buckets = new Map<string, BucketFiles>();

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const bucket = BucketFiles.open(join(folder, name));
      if (bucket !== null) this.#buckets.set(name, bucket);
    }
  }

  listBuckets(): BucketFiles[] {
    return [...this.#buckets.values()].sort((left, right) => (left.record.name < right.record.name ? -1 : 1));
  }

  findBucket(name: string): BucketFiles | null {
    return this.#buckets.get(name) ?? null;
  }

  /** Throws OssError NoSuchBucket. */
  getBucket(name: string): BucketFiles {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new OssError("NoSuchBucket", { details: { BucketName: name } });
    return bucket;
  }

  createBucket(record: BucketRecord): BucketFiles {
    const bucket = BucketFiles.create(join(this.#folder, record.name), record);
    this.#buckets.set(record.name, bucket);
    return bucket;
  }

  removeBucket(name: string): void {
    this.#buckets.get(name)?.remove();
    this.#buckets.delete(name);
  }
}

/** The pieces of an object's blobs that cover bytes [offset, offset + length). */
export function blobRanges(
  object: ObjectRecord,
  offset: number,
  length: number,
): { file: string; start: number; length: number }[] {
  const ranges: { file: string; start: number; length: number }[] = [];
  let blobStart = 0;
  for (const blob of object.blobs) {
    const start = Math.max(offset, blobStart);
    const end = Math.min(offset + length, blobStart + blob.sizeBytes);
    if (start < end) ranges.push({ file: blob.file, start: start - blobStart, length: end - start });
    blobStart += blob.sizeBytes;
  }
  return ranges;
}

/** Bytes [offset, offset + length) of an object, fewer only at its end. For small ranges: all of it is in memory. */
export async function readObjectRange(
  bucket: BucketFiles,
  object: ObjectRecord,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const ranges = blobRanges(object, offset, Math.min(length, Math.max(0, object.sizeBytes - offset)));
  const pieces: Buffer[] = [];
  for (const range of ranges) {
    const handle = await open(bucket.blobPath(range.file), "r");
    try {
      const piece = Buffer.alloc(range.length);
      let filled = 0;
      while (filled < range.length) {
        const { bytesRead } = await handle.read(piece, filled, range.length - filled, range.start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      pieces.push(piece.subarray(0, filled));
    } finally {
      await handle.close();
    }
  }
  const [only] = pieces;
  return only !== undefined && pieces.length === 1 ? only : Buffer.concat(pieces);
}
