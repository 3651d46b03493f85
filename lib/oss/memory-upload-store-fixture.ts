import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";
import { crc64 } from "./crc64";
import type { PartBody } from "./object-store";
import type { UploadStore } from "./upload-store";
import type { UploadedPart } from "./uploaded-part";

/** For tests: an answer of OSS that is an error. */
export function failure(kind: ExternalErrorKind, code: string): ExternalError {
  return new ExternalError({
    system: "oss",
    kind,
    providerCode: code,
    providerMessage: code,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}

/** OSS's multipart rules in memory, with a hook that may fail a call before or after its effect. */
export class MemoryUploadStore implements UploadStore {
  readonly uploads = new Map<string, Map<number, { body: Uint8Array; etag: string }>>();
  readonly objects = new Map<string, Uint8Array>();
  readonly sentParts: number[] = [];
  before: (call: string, number: number) => void = () => undefined;
  after: (call: string, number: number) => void = () => undefined;
  reportedCrc: (crc: string) => string | null = (crc) => crc;
  inFlight = 0;
  started = 0;
  arrived: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));

  async startUpload() {
    this.before("start", 0);
    this.started += 1;
    const uploadId = `upload-${this.started}`;
    this.uploads.set(uploadId, new Map());
    return { uploadId };
  }
  async uploadPart(
    part: { uploadId: string; number: number; body: Uint8Array | PartBody },
    signal?: AbortSignal,
  ): Promise<UploadedPart> {
    this.inFlight += 1;
    try {
      await this.arrived();
      signal?.throwIfAborted();
      this.before("part", part.number);
      const parts = this.uploads.get(part.uploadId);
      if (!parts) throw failure("not_found", "NoSuchUpload");
      const body = await received(part.body);
      const etag = `"${crc64(body)}"`;
      parts.set(part.number, { body, etag });
      this.sentParts.push(part.number);
      this.after("part", part.number);
      return {
        number: part.number,
        etag,
        sizeBytes: body.length,
        crc64: this.reportedCrc(crc64(body).toString()),
      };
    } finally {
      this.inFlight -= 1;
    }
  }
  async listParts({ uploadId }: { uploadId: string }): Promise<UploadedPart[] | null> {
    const parts = this.uploads.get(uploadId);
    if (!parts) return null;
    return [...parts].map(([number, { body, etag }]) => ({
      number,
      etag,
      sizeBytes: body.length,
      crc64: crc64(body).toString(),
    }));
  }
  async completeUpload(upload: { key: string; uploadId: string; parts: { number: number; etag: string }[] }) {
    this.before("complete", 0);
    const stored = this.uploads.get(upload.uploadId);
    if (!stored) throw failure("not_found", "NoSuchUpload");
    const bodies = upload.parts.map(({ number, etag }) => {
      const part = stored.get(number);
      if (part?.etag !== etag) throw failure("invalid", "InvalidPart");
      return part.body;
    });
    const bytes = Uint8Array.from(Buffer.concat(bodies));
    this.uploads.delete(upload.uploadId);
    this.objects.set(upload.key, bytes);
    this.after("complete", 0);
    return { etag: "E-3", crc64: this.reportedCrc(crc64(bytes).toString()) };
  }
  async headObject({ key }: { key: string }) {
    const body = this.objects.get(key);
    if (!body) return null;
    return {
      key,
      sizeBytes: body.length,
      lastModifiedAt: "",
      etag: "E-head",
      storageClass: "Standard",
      crc64: this.reportedCrc(crc64(body).toString()),
    };
  }
  async deleteObject({ key }: { key: string }) {
    this.objects.delete(key);
  }
  async abortUpload({ uploadId }: { uploadId: string }) {
    this.uploads.delete(uploadId);
  }
  async listUploads() {
    return [...this.uploads.keys()].map((uploadId) => ({
      key: "k.bak",
      uploadId,
      startedAt: "2026-05-04T10:00:00.000Z",
    }));
  }
}

async function received(body: Uint8Array | PartBody): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return Uint8Array.from(body);
  const chunks: Uint8Array[] = [];
  await body.send(async (bytes) => void chunks.push(Uint8Array.from(bytes)));
  return Buffer.concat(chunks);
}
