import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import type { ByteSource } from "@/lib/backup/header";
import { AppError } from "@/lib/diagnosis/app-error";
import { assertHarmless, type ListedEntry } from "./archive-limits";

/** One read of the archive: large enough that a far object is not asked for every few kilobytes. */
const READ_BYTES = 4 * 1024 * 1024;
/** A download of the console holds one file. More than this is somebody's whole disk. */
const MOST_ENTRIES = 1000;

/** A file in a zip archive. */
export interface ArchivedFile {
  /** As written in the archive, with its folders. */
  name: string;
  /** Unpacked. */
  sizeBytes: number;
  /** The file's bytes in order; its length and CRC-32 are compared at the end. Throws AppError `archive_damaged`. */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Whether these first bytes are those of a zip archive. Source: PKWARE APPNOTE 4.3.7, local file header. */
export function isArchive(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/**
 * The files of a zip archive (Zip64 too), read by ranges: nothing is kept in memory but one range. RDS's console gives log
 * backups as `.zip.log`, which are zip archives with one `.lbak` in them. Throws AppError `archive_damaged`,
 * `archive_encrypted` or `archive_unsupported` (Deflate64 and others), what `assertHarmless` throws of an archive made to
 * harm, and what `source` throws.
 */
export async function openArchive(source: ByteSource, name: string): Promise<ArchivedFile[]> {
  const reader = new RangeReader(source);
  const zip = await understood(
    name,
    reader,
    fromRandomAccessReaderPromise(reader, source.sizeBytes, { autoClose: false }),
  );
  if (zip.entryCount > MOST_ENTRIES)
    throw new AppError("precondition_failed", "archive_unsupported", { file: name });
  const entries: Entry[] = [];
  const iterate = async () => {
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith("/")) entries.push(entry);
  };
  await understood(name, reader, iterate());
  assertHarmless(entries.map(listed), name);
  return entries.map((entry) => {
    if (entry.isEncrypted()) throw new AppError("precondition_failed", "archive_encrypted", { file: name });
    if (!entry.canDecodeFileData())
      throw new AppError("precondition_failed", "archive_unsupported", { file: name });
    return {
      name: entry.fileName,
      sizeBytes: entry.uncompressedSize,
      async *open(signal) {
        const stream = await understood(name, reader, zip.openReadStreamPromise(entry));
        let sum = 0;
        try {
          for await (const chunk of stream) {
            signal?.throwIfAborted();
            if (!(chunk instanceof Uint8Array)) continue;
            sum = crc32(chunk, sum);
            yield chunk;
          }
        } catch (error) {
          signal?.throwIfAborted();
          throw reader.failure ?? damaged(name, error);
        } finally {
          stream.destroy();
        }
        if (sum !== entry.crc32) throw damaged(name);
      },
    };
  });
}

function listed(entry: Entry): ListedEntry {
  return {
    headerAt: entry.relativeOffsetOfLocalHeader,
    nameBytes: entry.fileNameLength,
    packedBytes: entry.compressedSize,
    unpackedBytes: entry.uncompressedSize,
  };
}

/** Reads for yauzl; an error of the source is kept, so that a lost connection is not taken for a damaged archive. */
class RangeReader extends RandomAccessReader {
  failure: unknown = null;

  constructor(private readonly source: ByteSource) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.ranges(start, end), { objectMode: false });
  }

  private async *ranges(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; ) {
      const bytes = await this.source.read(at, Math.min(READ_BYTES, end - at)).catch((error: unknown) => {
        this.failure = error;
        throw error;
      });
      if (bytes.length === 0) throw new Error(`The archive ends at ${at}, before ${end}.`);
      yield bytes;
      at += bytes.length;
    }
  }
}

async function understood<T>(name: string, reader: RangeReader, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw reader.failure ?? damaged(name, error);
  }
}

function damaged(name: string, cause?: unknown): AppError {
  const detail = cause instanceof Error ? cause.message : "";
  return new AppError("precondition_failed", "archive_damaged", { file: name, detail });
}
