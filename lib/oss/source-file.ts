import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { ByteSource } from "@/lib/backup/header";
import { AppError } from "@/lib/diagnosis/app-error";
import { errorCode } from "@/lib/diagnosis/error-code";
import type { ChunkPair } from "./chunk-reader";
import { ChunkReadError, chunkReader } from "./chunk-reader";
import { handleByteSource } from "./handle-byte-source";
import { openPlainFile, type PlainFile } from "./plain-file";

const SAMPLE_BYTES = 64 * 1024;

/** What makes a file the same one. Plain JSON. */
export interface FileIdentity {
  sizeBytes: number;
  mtimeMs: number;
  /** SHA-256 of the first and the last 64 KiB, hex. */
  sample: string;
}

/** A file open for reading in chunks. */
export interface SourceFile {
  path: string;
  identity: FileIdentity;
  /** The same open file for who reads its header: never what lies at the path by then. */
  bytes: ByteSource;
  /**
   * Fills a half of the pair and sums it after `previous`. Throws AppError `upload_file_changed` when the file ends
   * before, ChunkReadError when it cannot be read.
   */
  read(at: {
    pair: ChunkPair;
    half: 0 | 1;
    position: number;
    length: number;
    previous: bigint;
  }): Promise<bigint>;
  /**
   * Throws AppError `upload_file_changed` when size or time of change are no longer those of the opening,
   * `upload_file_swapped` when another file lies at its path.
   */
  assertUnchanged(): Promise<void>;
  /** Closes when the last read has ended. */
  close(): void;
}

/**
 * Opens it as `openPlainFile` does, and throws what that does; AppError `upload_file_missing`, `upload_file_empty`;
 * ChunkReadError.
 */
export async function openSourceFile(path: string, within: string | null = null): Promise<SourceFile> {
  const plain = await openPlainFile(path, within).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") throw new AppError("not_found", "upload_file_missing", { path });
    throw asReadError(error);
  });
  const { handle, sizeBytes, mtimeMs } = plain;
  try {
    if (sizeBytes === 0) throw new AppError("precondition_failed", "upload_file_empty", { path });
    const identity = { sizeBytes, mtimeMs, sample: await sampleOf(handle, sizeBytes) };
    return sourceFile(path, plain, identity);
  } catch (error) {
    await handle.close();
    throw asReadError(error);
  }
}

function sourceFile(
  path: string,
  { handle, assertStillThere }: PlainFile,
  identity: FileIdentity,
): SourceFile {
  let reads = 0;
  let closing = false;
  const closeWhenIdle = () => {
    if (closing && reads === 0) handle.close().catch(() => undefined);
  };
  return {
    path,
    identity,
    bytes: handleByteSource(handle, identity.sizeBytes),
    async read({ pair, half, position, length, previous }) {
      reads += 1;
      try {
        const read = await chunkReader().read({ fd: handle.fd, position, length, pair, half, previous });
        if (read.bytes < length) throw changed(path);
        return read.crc64;
      } finally {
        reads -= 1;
        closeWhenIdle();
      }
    },
    async assertUnchanged() {
      const { size, mtimeMs } = await handle.stat().catch((error: unknown) => {
        throw asReadError(error);
      });
      if (size !== identity.sizeBytes || mtimeMs !== identity.mtimeMs) throw changed(path);
      await assertStillThere();
    },
    close() {
      closing = true;
      closeWhenIdle();
    },
  };
}

function changed(path: string): AppError {
  return new AppError("precondition_failed", "upload_file_changed", { path });
}

async function sampleOf(handle: FileHandle, size: number): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(Math.min(SAMPLE_BYTES, size));
  for (const position of [0, size - buffer.length]) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    hash.update(buffer.subarray(0, bytesRead));
  }
  return hash.digest("hex");
}

function asReadError(error: unknown): unknown {
  const code = errorCode(error);
  const fromSystem = error instanceof Error && code !== null && Reflect.has(error, "syscall");
  return fromSystem ? new ChunkReadError(code, error.message) : error;
}
