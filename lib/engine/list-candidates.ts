import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BackupReading, ByteSource } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { objectBaseName, objectKeyFor } from "@/lib/migration/object-name";
import { objectByteSource } from "@/lib/oss/object-byte-source";
import type { ObjectStore } from "@/lib/oss/object-store";

/** A file that appeared by itself, with what its header says. `version` changes when the file does. */
export interface Candidate {
  name: string;
  objectKey: string;
  localPath: string | null;
  sizeBytes: number;
  version: string;
  reading: BackupReading;
}

/** What was looked at before and need not be read again: object key -> version. */
export type Seen = Record<string, string>;

/** New or changed regular files of a folder, headers read. Not recursive. */
export async function listFolderCandidates(input: {
  folder: string;
  prefix: string;
  seen: Seen;
}): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const entry of await readdir(input.folder, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const localPath = join(input.folder, entry.name);
    const objectKey = objectKeyFor(input.prefix, entry.name);
    try {
      const facts = await stat(localPath);
      const version = `${facts.size}:${facts.mtimeMs}`;
      if (input.seen[objectKey] === version) continue;
      const reading = await readLocal(localPath, facts.size);
      found.push({ name: entry.name, objectKey, localPath, sizeBytes: facts.size, version, reading });
    } catch (error) {
      // Renamed by a backup tool, held open by SQL Server, on a share that blinks: the next look may have it.
      if (!isFileSystemError(error)) throw error;
    }
  }
  return found;
}

/** An error of the operating system about a file or a folder. */
export function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "code" in error;
}

async function readLocal(path: string, sizeBytes: number): Promise<BackupReading> {
  const handle = await open(path, "r");
  try {
    const source: ByteSource = {
      sizeBytes,
      read: async (offset, length) => {
        const buffer = new Uint8Array(length);
        const { bytesRead } = await handle.read(buffer, 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    };
    return await readBackup(source);
  } finally {
    await handle.close();
  }
}

/** New or changed objects under a prefix, headers read by ranged reads. */
export async function listBucketCandidates(input: {
  store: ObjectStore;
  bucket: string;
  prefix: string;
  seen: Seen;
}): Promise<Candidate[]> {
  const { store, bucket, prefix, seen } = input;
  const found: Candidate[] = [];
  let token: string | null = null;
  do {
    const page: Awaited<ReturnType<ObjectStore["listObjects"]>> = await store.listObjects({
      bucket,
      prefix,
      limit: 1000,
      ...(token === null ? {} : { continuationToken: token }),
    });
    for (const object of page.objects) {
      if (object.key.endsWith("/") || seen[object.key] === object.etag) continue;
      const reading = await readBackup(objectByteSource(store, bucket, object.key, object.sizeBytes));
      found.push({
        name: objectBaseName(object.key),
        objectKey: object.key,
        localPath: null,
        sizeBytes: object.sizeBytes,
        version: object.etag,
        reading,
      });
    }
    token = page.nextContinuationToken;
  } while (token !== null);
  return found;
}
