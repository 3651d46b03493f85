import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { keyFileName } from "./key-file-name";
import type { Blob, BucketRecord, ObjectRecord, PartRecord, UploadRecord } from "./records";
import { writeJson } from "./write-json";

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

function jsonFilesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith(".json"));
}

/** Keys in OSS's order: by the bytes of their UTF-8. */
export function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** An upload in progress with the parts it has so far. */
export interface OpenUpload {
  record: UploadRecord;
  parts: Map<number, PartRecord>;
}

/**
 * One bucket on disk. Records are read once at start and then kept in memory; content never is. A record is written
 * after its content and in one step, so a kill at any moment leaves at worst content that nobody refers to: it is
 * swept at the next start.
 */
export class BucketFiles {
  readonly #folder: string;
  #record: BucketRecord;
  readonly #objects = new Map<string, ObjectRecord>();
  readonly #uploads = new Map<string, OpenUpload>();
  #sortedKeys: string[] | null = null;

  private constructor(folder: string, record: BucketRecord) {
    this.#folder = folder;
    this.#record = record;
    for (const name of ["objects", "uploads", "blobs"]) mkdirSync(join(folder, name), { recursive: true });
  }

  static create(folder: string, record: BucketRecord): BucketFiles {
    mkdirSync(folder, { recursive: true });
    writeJson(join(folder, "bucket.json"), record);
    return new BucketFiles(folder, record);
  }

  /** Null when the folder holds no bucket. */
  static open(folder: string): BucketFiles | null {
    if (!existsSync(join(folder, "bucket.json"))) return null;
    const files = new BucketFiles(folder, readJson<BucketRecord>(join(folder, "bucket.json")));
    files.#load();
    return files;
  }

  get record(): BucketRecord {
    return this.#record;
  }

  saveRecord(record: BucketRecord): void {
    writeJson(join(this.#folder, "bucket.json"), record);
    this.#record = record;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0 && this.#uploads.size === 0;
  }

  /** Deletes the bucket's folder; the bucket must be empty. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #load(): void {
    const used = new Set<string>();
    for (const name of jsonFilesOf(join(this.#folder, "objects"))) {
      const record = readJson<ObjectRecord>(join(this.#folder, "objects", name));
      this.#objects.set(record.key, record);
      for (const blob of record.blobs) used.add(blob.file);
    }
    for (const uploadId of readdirSync(join(this.#folder, "uploads"))) this.#loadUpload(uploadId, used);
    for (const file of readdirSync(join(this.#folder, "blobs"))) {
      if (!used.has(file)) rmSync(join(this.#folder, "blobs", file), { force: true });
    }
  }

  #loadUpload(uploadId: string, used: Set<string>): void {
    const folder = join(this.#folder, "uploads", uploadId);
    const parts = jsonFilesOf(folder)
      .filter((name) => name !== "upload.json")
      .map((name) => readJson<PartRecord>(join(folder, name)));
    // Killed while completing: the object already owns the parts, so the upload is over.
    const completed = parts.some((part) => used.has(part.blob.file));
    if (completed || !existsSync(join(folder, "upload.json"))) {
      rmSync(folder, { recursive: true, force: true });
      return;
    }
    const record = readJson<UploadRecord>(join(folder, "upload.json"));
    this.#uploads.set(uploadId, { record, parts: new Map(parts.map((part) => [part.number, part])) });
    for (const part of parts) used.add(part.blob.file);
  }

  /** A name for content about to be received; it counts once a record refers to it. */
  nextBlobFile(): string {
    return randomUUID();
  }

  blobPath(file: string): string {
    return join(this.#folder, "blobs", file);
  }

  #dropBlobs(blobs: readonly Blob[]): void {
    for (const blob of blobs) rmSync(this.blobPath(blob.file), { force: true });
  }

  findObject(key: string): ObjectRecord | null {
    return this.#objects.get(key) ?? null;
  }

  /** All keys in OSS's order. */
  sortedKeys(): readonly string[] {
    this.#sortedKeys ??= [...this.#objects.keys()].sort(compareKeys);
    return this.#sortedKeys;
  }

  saveObject(record: ObjectRecord): void {
    const replaced = this.#objects.get(record.key);
    writeJson(join(this.#folder, "objects", `${keyFileName(record.key)}.json`), record);
    this.#objects.set(record.key, record);
    if (replaced === undefined) this.#sortedKeys = null;
    else this.#dropBlobs(replaced.blobs);
  }

  deleteObject(key: string): void {
    const record = this.#objects.get(key);
    if (record === undefined) return;
    rmSync(join(this.#folder, "objects", `${keyFileName(key)}.json`), { force: true });
    this.#objects.delete(key);
    this.#sortedKeys = null;
    this.#dropBlobs(record.blobs);
  }

  findUpload(key: string, uploadId: string): OpenUpload | null {
    const upload = this.#uploads.get(uploadId);
    return upload !== undefined && upload.record.key === key ? upload : null;
  }

  listUploads(): readonly OpenUpload[] {
    return [...this.#uploads.values()].sort(
      (left, right) =>
        compareKeys(left.record.key, right.record.key) ||
        compareKeys(left.record.uploadId, right.record.uploadId),
    );
  }

  saveUpload(record: UploadRecord): void {
    const folder = join(this.#folder, "uploads", record.uploadId);
    mkdirSync(folder, { recursive: true });
    writeJson(join(folder, "upload.json"), record);
    this.#uploads.set(record.uploadId, { record, parts: new Map() });
  }

  /** Adds a part or replaces the one of the same number. False when the upload is gone by now. */
  savePart(upload: OpenUpload, part: PartRecord): boolean {
    const { uploadId } = upload.record;
    if (this.#uploads.get(uploadId) !== upload) return false;
    writeJson(join(this.#folder, "uploads", uploadId, `${part.number}.json`), part);
    const replaced = upload.parts.get(part.number);
    upload.parts.set(part.number, part);
    if (replaced !== undefined) this.#dropBlobs([replaced.blob]);
    return true;
  }

  /** Makes the object and ends its upload; parts that are not among the object's blobs are deleted. */
  completeUpload(upload: OpenUpload, record: ObjectRecord): void {
    this.saveObject(record);
    const kept = new Set(record.blobs.map((blob) => blob.file));
    this.#endUpload(
      upload,
      [...upload.parts.values()].map((part) => part.blob).filter((blob) => !kept.has(blob.file)),
    );
  }

  abortUpload(upload: OpenUpload): void {
    this.#endUpload(
      upload,
      [...upload.parts.values()].map((part) => part.blob),
    );
  }

  #endUpload(upload: OpenUpload, blobs: readonly Blob[]): void {
    this.#uploads.delete(upload.record.uploadId);
    rmSync(join(this.#folder, "uploads", upload.record.uploadId), { recursive: true, force: true });
    this.#dropBlobs(blobs);
  }
}
