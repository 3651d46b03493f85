import { isExternalError } from "@/lib/diagnosis/external-error";
import { classifyOssError } from "./classify-oss-error";
import { clientOptions } from "./client-options";
import type { CallContext } from "./http-transport";
import { nextPartMarker, toUploadedParts } from "./normalize-parts";
import type { ObjectStore, ObjectStoreConfig, UploadedPart } from "./object-store";
import { crcOf, headerOf, regionOf, toBucketInfo, toInstant, unquote } from "./oss-answers";
import { createOssClient, type OssClient } from "./oss-client";

const IDLE_TIMEOUT_MS = 60_000;
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const PAGE = 1000;

interface CallOptions {
  bucket?: string;
  changes?: boolean;
  signal?: AbortSignal | undefined;
  maxResponseBytes?: number;
}

/**
 * OSS over ali-oss: V4 signatures, plain HTTP only when the endpoint says so. Nothing is retried here.
 * Throws ExternalError.
 */
export function connectObjectStore(config: ObjectStoreConfig): ObjectStore {
  const options = clientOptions(config);
  const secrets = [config.accessKeySecret, config.securityToken ?? ""];

  async function call<T>(call: CallOptions, work: (client: OssClient) => Promise<T>): Promise<T> {
    const ctx: CallContext = {
      signal: call.signal,
      idleTimeoutMs: config.timeoutMs ?? IDLE_TIMEOUT_MS,
      maxResponseBytes: call.maxResponseBytes ?? MAX_DOCUMENT_BYTES,
    };
    try {
      return await work(
        createOssClient({ ...options, ...(call.bucket === undefined ? {} : { bucket: call.bucket }) }, ctx),
      );
    } catch (error) {
      throw classifyOssError(error, { changes: call.changes ?? false, answer: ctx.answer, secrets });
    }
  }

  return {
    async listBuckets() {
      const found: { name: string; regionId: string; storageClass: string }[] = [];
      let marker: string | null = null;
      do {
        const query: Record<string, string | number> = { "max-keys": PAGE, ...(marker ? { marker } : {}) };
        const page = await call({}, (client) => client.listBuckets(query));
        for (const bucket of page.buckets ?? []) {
          if (!bucket.name) continue;
          found.push({
            name: bucket.name,
            regionId: regionOf(bucket.region),
            storageClass: bucket.StorageClass ?? "",
          });
        }
        marker = page.isTruncated ? (page.nextMarker ?? null) : null;
      } while (marker);
      return found;
    },

    bucketInfo: (bucket) =>
      call({ bucket }, async (client) =>
        toBucketInfo(bucket, (await client.getBucketInfo(bucket)).bucket ?? {}),
      ),

    listObjects: ({ bucket, prefix, startAfter, continuationToken, limit }) =>
      call({ bucket }, async (client) => {
        const page = await client.listV2({
          "max-keys": Math.min(limit ?? PAGE, PAGE),
          ...(prefix === "" ? {} : { prefix }),
          ...(startAfter ? { "start-after": startAfter } : {}),
          ...(continuationToken ? { "continuation-token": continuationToken } : {}),
        });
        return {
          objects: page.objects.map((entry) => ({
            key: entry.name,
            sizeBytes: entry.size,
            lastModifiedAt: toInstant(entry.lastModified),
            etag: unquote(entry.etag),
            storageClass: entry.storageClass,
          })),
          nextContinuationToken: page.isTruncated ? page.nextContinuationToken : null,
        };
      }),

    async headObject({ bucket, key }) {
      try {
        const answer = await call({ bucket }, (client) => client.head(key));
        return {
          key,
          sizeBytes: Number(headerOf(answer, "content-length") ?? 0),
          lastModifiedAt: toInstant(headerOf(answer, "last-modified") ?? ""),
          etag: unquote(headerOf(answer, "etag") ?? ""),
          storageClass: headerOf(answer, "x-oss-storage-class") ?? "Standard",
          crc64: crcOf(answer),
        };
      } catch (error) {
        if (isExternalError(error) && error.fields.providerCode === "NoSuchKey") return null;
        throw error;
      }
    },

    async readRange({ bucket, key }, offset, length, signal) {
      if (length <= 0) return new Uint8Array(0);
      // Without the header OSS answers a range behind the end with the whole object.
      const headers = {
        Range: `bytes=${offset}-${offset + length - 1}`,
        "x-oss-range-behavior": "standard",
      };
      try {
        const answer = await call({ bucket, signal, maxResponseBytes: length + 65_536 }, (client) =>
          client.get(key, { headers }),
        );
        return answer.res.status === 206 ? answer.content : answer.content.subarray(offset, offset + length);
      } catch (error) {
        const behindEnd = isExternalError(error) && error.fields.httpStatus === 416;
        if (behindEnd) return new Uint8Array(0);
        throw error;
      }
    },

    startUpload: ({ bucket, key }) =>
      call({ bucket, changes: true }, async (client) => ({
        uploadId: (await client.initMultipartUpload(key)).uploadId,
      })),

    async listUploads({ bucket, prefix }) {
      const found: { key: string; uploadId: string; startedAt: string }[] = [];
      let marker: Record<string, string> | null = {};
      while (marker) {
        const query: Record<string, string | number> = {
          "max-uploads": PAGE,
          ...(prefix === "" ? {} : { prefix }),
          ...marker,
        };
        const page = await call({ bucket }, (client) => client.listUploads(query));
        for (const upload of page.uploads) {
          found.push({
            key: upload.name,
            uploadId: upload.uploadId,
            startedAt: toInstant(upload.initiated),
          });
        }
        marker =
          page.isTruncated && page.nextKeyMarker
            ? { "key-marker": page.nextKeyMarker, "upload-id-marker": page.nextUploadIdMarker ?? "" }
            : null;
      }
      return found;
    },

    uploadPart: ({ bucket, key, uploadId, number, body }, signal) =>
      call({ bucket, signal, changes: true }, async (client) => {
        const answer = await client.uploadPart(key, uploadId, number, asBuffer(body), 0, body.byteLength);
        return {
          number,
          etag: headerOf(answer, "etag") ?? "",
          sizeBytes: body.byteLength,
          crc64: crcOf(answer),
        };
      }),

    async listParts({ bucket, key, uploadId }) {
      const found: UploadedPart[] = [];
      let marker: number | null = 0;
      try {
        while (marker !== null) {
          const query = { "max-parts": PAGE, "part-number-marker": marker };
          const page = await call({ bucket }, (client) => client.listParts(key, uploadId, query));
          const parts = toUploadedParts(page.parts);
          found.push(...parts);
          marker = nextPartMarker(page, parts);
        }
        return found;
      } catch (error) {
        if (isExternalError(error) && error.fields.providerCode === "NoSuchUpload") return null;
        throw error;
      }
    },

    completeUpload: ({ bucket, key, uploadId, parts }) =>
      call({ bucket, changes: true }, async (client) => {
        const answer = await client.completeMultipartUpload(key, uploadId, parts);
        return { etag: unquote(headerOf(answer, "etag") ?? ""), crc64: crcOf(answer) };
      }),

    async abortUpload({ bucket, key, uploadId }) {
      try {
        await call({ bucket, changes: true }, (client) => client.abortMultipartUpload(key, uploadId));
      } catch (error) {
        if (!(isExternalError(error) && error.fields.providerCode === "NoSuchUpload")) throw error;
      }
    },

    putObject: ({ bucket, key, body }) =>
      call({ bucket, changes: true }, async (client) => {
        const answer = await client.put(key, asBuffer(body));
        return { etag: unquote(headerOf(answer, "etag") ?? ""), crc64: crcOf(answer) };
      }),

    deleteObject: ({ bucket, key }) =>
      call({ bucket, changes: true }, async (client) => {
        await client.delete(key);
      }),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
