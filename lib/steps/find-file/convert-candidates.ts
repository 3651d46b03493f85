import type { BackupReading, ByteSource } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import {
  isRefusedName,
  mendedObjectKey,
  objectBaseName,
  objectKeyFor,
  unpackedName,
} from "@/lib/migration/object-name";
import type { NewEvent } from "@/lib/migration/vocabulary/events";
import { copyObject } from "@/lib/oss/copy-object";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import type { ObjectStore } from "@/lib/oss/object-store";
import { type ArchivedFile, openArchive } from "@/lib/oss/open-archive";
import { uploadStream } from "@/lib/oss/upload-stream";
import { required, type StepRun } from "../step-run";
import { type Candidate, typeOf, withLocalSource } from "./list-candidates";

/** Enough of an archived file to know what it is; its tail is read once it lies in the bucket. */
const HEAD_BYTES = 256 * 1024;

export interface Conversion {
  candidates: Candidate[];
  events: NewEvent[];
}

/**
 * What RDS would not take as it is becomes what it takes: a zip archive (`.zip.log` of RDS's console) is unpacked as a
 * stream into the bucket, an object under a refused name is copied to a better one. The originals stay where they are.
 * An archive that can't be used is said once and passed over. Throws ExternalError.
 */
export async function convertCandidates(run: StepRun, candidates: Candidate[]): Promise<Conversion> {
  const converted: Conversion = { candidates: [], events: [] };
  for (const candidate of candidates) {
    // What came whole out of an archive that is damaged further on lies in the bucket, and is used.
    const made: Candidate[] = [];
    let refused: NewEvent | null = null;
    try {
      if (candidate.archive) await unpack(run, candidate, made);
      else made.push(await rename(run, candidate));
    } catch (error) {
      if (!isAppError(error)) throw error;
      const payload = { file: candidate.name, reason: error.fields.reason };
      refused = { type: "archive_refused", payload };
    }
    converted.candidates.push(...made);
    for (const one of made) {
      if (one === candidate) continue;
      const payload = { file: candidate.name, to: objectBaseName(one.objectKey) };
      converted.events.push({ type: candidate.archive ? "file_unpacked" : "file_renamed", payload });
    }
    if (refused !== null) converted.events.push(refused);
  }
  return converted;
}

async function rename(run: StepRun, candidate: Candidate): Promise<Candidate> {
  const { reading, objectKey, version, sizeBytes } = candidate;
  const usable = (reading.ok && reading.complete) || candidate.unread !== undefined;
  if (candidate.localPath !== null || !usable || !isRefusedName(objectKey)) return candidate;
  const { store, bucket } = await bucketOf(run);
  const toKey = mendedObjectKey(objectKey, typeOf(reading));
  const { etag } = await copyObject({
    store,
    bucket,
    fromKey: objectKey,
    toKey,
    sizeBytes,
    signal: run.signal,
  });
  const { name } = candidate;
  const original = {
    why: "renamed" as const,
    place: "bucket" as const,
    name,
    identity: objectKey,
    version,
    sizeBytes,
  };
  return { ...candidate, identity: toKey, objectKey: toKey, version: etag, original };
}

async function unpack(run: StepRun, candidate: Candidate, made: Candidate[]): Promise<void> {
  const { store, bucket } = await bucketOf(run);
  const { localPath, objectKey, sizeBytes } = candidate;
  const work = (source: ByteSource) => unpackInto(run, { candidate, source, store, bucket }, made);
  if (localPath !== null)
    return withLocalSource(localPath, (source, version) => {
      if (version === candidate.version) return work(source);
      throw new AppError("precondition_failed", "upload_file_swapped", { path: localPath });
    });
  return work(objectByteSource(store, bucket, objectKey, sizeBytes, run.signal));
}

async function unpackInto(
  run: StepRun,
  from: { candidate: Candidate; source: ByteSource; store: ObjectStore; bucket: string },
  made: Candidate[],
): Promise<void> {
  const { candidate, store, bucket } = from;
  for (const entry of await openArchive(from.source, candidate.name)) {
    const head = await readHead(entry, run.signal);
    if (!head.ok) continue;
    // By its path where it lies deeper in a folder: archives of two folders may have one name.
    const isBelow = candidate.localPath !== null && candidate.identity !== candidate.name;
    const name = unpackedName(isBelow ? objectBaseName(candidate.objectKey) : candidate.name, entry.name);
    const folder = candidate.objectKey.slice(0, candidate.objectKey.lastIndexOf("/") + 1);
    const prefix = candidate.localPath === null ? folder : (run.migration.prefix ?? "");
    const objectKey = objectKeyFor(prefix, name, typeOf(head));
    const receipt = await uploadStream({
      store,
      bucket,
      key: objectKey,
      body: entry.open(run.signal),
      sizeBytes: entry.sizeBytes,
      signal: run.signal,
      onProgress: (progress) => run.reportProgress({ ...progress, percent: null, bytesPerSecond: null }),
    });
    const stored = objectByteSource(store, bucket, objectKey, receipt.sizeBytes, run.signal);
    made.push({
      name,
      identity: objectKey,
      objectKey,
      localPath: null,
      sizeBytes: receipt.sizeBytes,
      version: receipt.etag,
      reading: await readBackup(stored),
      archive: false,
      original: {
        why: "unpacked",
        place: candidate.localPath === null ? "bucket" : "folder",
        name: candidate.name,
        identity: candidate.identity,
        version: candidate.version,
        sizeBytes: candidate.sizeBytes,
      },
    });
  }
  if (made.length === 0) {
    throw new AppError("precondition_failed", "archive_without_backup", { file: candidate.name });
  }
}

/** What the beginning of an archived file says: nothing that is no backup is sent anywhere. */
async function readHead(entry: ArchivedFile, signal: AbortSignal): Promise<BackupReading> {
  const wanted = Math.min(HEAD_BYTES, entry.sizeBytes);
  const head = new Uint8Array(wanted);
  let filled = 0;
  if (wanted > 0) {
    for await (const chunk of entry.open(signal)) {
      head.set(chunk.subarray(0, wanted - filled), filled);
      filled += Math.min(chunk.length, wanted - filled);
      if (filled === wanted) break;
    }
  }
  return readBackup({
    sizeBytes: wanted,
    read: async (offset, length) => head.subarray(offset, offset + length),
  });
}

async function bucketOf(run: StepRun): Promise<{ store: ObjectStore; bucket: string }> {
  const store = await run.ctx.clients.objects(required(run.migration.cloudConnectionId, "cloud account"));
  return { store, bucket: required(run.migration.bucket, "bucket") };
}
