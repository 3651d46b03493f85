import { lstat } from "node:fs/promises";
import type { BackupReading, ByteSource } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { isAppError } from "@/lib/diagnosis/app-error";
import type { FileWitness, UnreadFile } from "@/lib/migration/file-witness";
import { objectBaseName, objectKeyBelow } from "@/lib/migration/object-name";
import type { FileOriginal } from "@/lib/migration/vocabulary/file-original";
import { handleByteSource } from "@/lib/oss/handle-byte-source";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import type { ObjectEntry, ObjectStore } from "@/lib/oss/object-store";
import { isArchive } from "@/lib/oss/open-archive";
import { openPlainFile } from "@/lib/oss/plain-file";
import { isDenied, type Overlooked, walkFolder } from "./walk-folder";

/** A file that appeared by itself, with what its header says. `version` changes when the file does. */
export interface Candidate {
  name: string;
  /** By which `seen` knows it: the path below the folder, with `/`, or the object key. */
  identity: string;
  objectKey: string;
  localPath: string | null;
  sizeBytes: number;
  version: string;
  reading: BackupReading;
  /** A zip archive: there may be a backup in it. */
  archive: boolean;
  original: FileOriginal | null;
  /** Whose word the reading is, where it is not that of its own bytes. */
  witness?: FileWitness;
  /** A backup that cannot be read here, and about which a person is asked. */
  unread?: UnreadFile;
}

/** What was looked at before and need not be read again: identity -> version. */
export type Seen = Record<string, string>;

/** New or changed regular files of a folder and those below it, headers read; and what was not looked at. */
export async function listFolderCandidates(input: {
  folder: string;
  prefix: string;
  seen: Seen;
}): Promise<{ candidates: Candidate[]; overlooked: Overlooked[] }> {
  const found: Candidate[] = [];
  const overlooked: Overlooked[] = [];
  for (const { name, relativePath, path: localPath } of await walkFolder(input.folder, overlooked)) {
    try {
      // Most are known: on a share each that is opened is several questions to another machine.
      const listed = await lstat(localPath);
      if (input.seen[relativePath] === versionOf(listed.size, listed.mtimeMs)) continue;
      const { sizeBytes, version, reading, archive } = await withLocalSource(
        localPath,
        async (source, opened) => ({
          sizeBytes: source.sizeBytes,
          version: opened,
          ...(await read(source)),
        }),
      );
      const objectKey = objectKeyBelow(input.prefix, relativePath, typeOf(reading));
      const renamed = objectBaseName(objectKey) !== name;
      found.push({
        name,
        identity: relativePath,
        objectKey,
        localPath,
        sizeBytes,
        version,
        reading,
        archive,
        original: renamed
          ? { why: "renamed", place: "folder", name, identity: relativePath, version, sizeBytes }
          : null,
      });
    } catch (error) {
      // Renamed by a backup tool, held open by SQL Server, on a share that blinks: the next look may have it.
      if (!isFileSystemError(error) && !isAppError(error)) throw error;
      // SQL Server holds what it writes, on Windows, as EBUSY; a right that lacks stays lacking.
      if (isDenied(error)) overlooked.push({ relativePath, why: "unreadable" });
    }
  }
  return { candidates: found, overlooked };
}

/** Of a local file: changes when its bytes do. */
function versionOf(sizeBytes: number, mtimeMs: number): string {
  return `${sizeBytes}:${mtimeMs}`;
}

/** An error of the operating system about a file or a folder. */
export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

/**
 * Opens a local file for ranged reads while `work` runs; `version` is size and time of change of what was opened. Throws
 * the operating system's errors, AppError `upload_file_link`, and `upload_file_swapped` when another file lies there in
 * the end.
 */
export async function withLocalSource<T>(
  path: string,
  work: (source: ByteSource, version: string) => Promise<T>,
): Promise<T> {
  const { handle, sizeBytes, mtimeMs, assertStillThere } = await openPlainFile(path);
  try {
    const done = await work(handleByteSource(handle, sizeBytes), versionOf(sizeBytes, mtimeMs));
    await assertStillThere();
    return done;
  } finally {
    await handle.close();
  }
}

async function read(source: ByteSource): Promise<{ reading: BackupReading; archive: boolean }> {
  const reading = await readBackup(source);
  if (reading.ok || reading.error.code !== "not_a_backup") return { reading, archive: false };
  return { reading, archive: isArchive(await source.read(0, 4)) };
}

/** The type of the first set: it decides the suffix. */
export function typeOf(reading: BackupReading): string | null {
  return reading.ok ? (reading.sets[0]?.type ?? null) : null;
}

/** How far a bucket's listing was read. Plain JSON. */
export interface BucketWatch {
  /** Every key up to this one was looked at. */
  startAfter: string;
  /** When the whole prefix was listed last, Unix milliseconds. */
  sweptAtMs: number;
}

/** Names grow with time as a rule; what sorts before the marker is found by listing everything this often. */
const SWEEP_EVERY_MS = 60_000;
const PAGE = 1000;

/**
 * New or changed objects under a prefix, headers read by ranged reads. While a page holds them all every look lists
 * everything; where there are more, a look lists what lies behind the marker, and everything once a minute.
 */
export async function listBucketCandidates(input: {
  store: ObjectStore;
  bucket: string;
  prefix: string;
  seen: Seen;
  watch: BucketWatch | null;
  nowMs: number;
}): Promise<{ candidates: Candidate[]; watch: BucketWatch | null }> {
  const { store, bucket, prefix, seen } = input;
  const sweeps = input.watch === null || input.nowMs - input.watch.sweptAtMs >= SWEEP_EVERY_MS;
  const candidates: Candidate[] = [];
  let startAfter = sweeps ? "" : (input.watch?.startAfter ?? "");
  let settled = true;
  let pages = 0;
  let token: string | null = null;
  do {
    const page: Awaited<ReturnType<ObjectStore["listObjects"]>> = await store.listObjects({
      bucket,
      prefix,
      limit: PAGE,
      ...(token === null ? (startAfter === "" ? {} : { startAfter }) : { continuationToken: token }),
    });
    pages += 1;
    for (const object of page.objects) {
      if (!object.key.endsWith("/") && seen[object.key] !== object.etag) {
        const candidate = await candidateOf(store, bucket, object);
        candidates.push(candidate);
        // Not whole yet: the marker stays before it.
        if (candidate.reading.ok && !candidate.reading.complete) settled = false;
      }
      if (settled) startAfter = object.key;
    }
    token = page.nextContinuationToken;
  } while (token !== null);
  const fitsOnePage = sweeps && pages === 1;
  const sweptAtMs = sweeps ? input.nowMs : (input.watch?.sweptAtMs ?? 0);
  return { candidates, watch: fitsOnePage ? null : { startAfter, sweptAtMs } };
}

async function candidateOf(store: ObjectStore, bucket: string, object: ObjectEntry): Promise<Candidate> {
  const source = objectByteSource(store, bucket, object.key, object.sizeBytes);
  return {
    name: objectBaseName(object.key),
    identity: object.key,
    objectKey: object.key,
    localPath: null,
    sizeBytes: object.sizeBytes,
    version: object.etag,
    ...(await read(source)),
    original: null,
  };
}
