import { XMLParser } from "fast-xml-parser";
import { currentCredentials, secretsOf } from "@/lib/diagnosis/cloud-credentials";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { recordCalls } from "@/lib/diagnosis/record-calls";
import { classifyOssError } from "./classify-oss-error";
import { clientOptions, keyOptions, objectOptions } from "./client-options";
import { connectBrowserAccess } from "./connect-browser-access";
import type { CallContext, SentBody } from "./http-transport";
import { toLifecycleRules } from "./lifecycle-rule";
import { nextPartMarker, toUploadedParts } from "./normalize-parts";
import type { ObjectStore, ObjectStoreConfig } from "./object-store";
import { crcOf, headerOf, regionOf, toBucketInfo, toDomains, toInstant, unquote } from "./oss-answers";
import { createOssClient, type OssClient } from "./oss-client";
import type { UploadedPart } from "./uploaded-part";

const IDLE_TIMEOUT_MS = 60_000;
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const PAGE = 1000;
const NOTHING = new Uint8Array(0);

interface CallOptions {
  bucket?: string;
  changes?: boolean;
  signal?: AbortSignal | undefined;
  maxResponseBytes?: number;
  body?: SentBody | undefined;
  /** Another region than the account's; an endpoint that was set by hand keeps its own. */
  regionId?: string;
  /** Of the bucket itself or the account: never over a custom domain. */
  controls?: boolean;
}

/**
 * OSS over ali-oss: V4 signatures, plain HTTP only when the endpoint says so. Nothing is retried here.
 * Throws ExternalError.
 */
export function connectObjectStore(config: ObjectStoreConfig): ObjectStore {
  /** Its keys are put in anew before every call: a token may have been renewed meanwhile. */
  const options = clientOptions(config, { accessKeyId: "", accessKeySecret: "" });
  const overDomain = { ...objectOptions(config, options) };
  const secrets = new Set<string>();

  const inRegion = (regionId: string | undefined) =>
    regionId === undefined || config.endpoint ? options : { ...options, region: `oss-${regionId}` };

  async function call<T>(
    call: CallOptions,
    work: (client: OssClient, ctx: CallContext) => Promise<T>,
  ): Promise<T> {
    const ctx: CallContext = {
      signal: call.signal,
      idleTimeoutMs: config.timeoutMs ?? IDLE_TIMEOUT_MS,
      maxResponseBytes: call.maxResponseBytes ?? MAX_DOCUMENT_BYTES,
      body: call.body,
      certificateAuthority: config.certificateAuthority,
      lookup: config.lookup,
    };
    let made: string | null = null;
    const { onAnswer } = config;
    if (onAnswer) ctx.onDocument = (xml) => onAnswer({ system: "oss", call: made ?? "", body: readXml(xml) });
    const note = (method: string, args: readonly unknown[]) => {
      made = method === "request" ? requestName(args[0]) : method;
    };
    // They may come from our own store, whose failures are none of OSS.
    const keys = await currentCredentials(config);
    try {
      for (const secret of secretsOf(keys)) secrets.add(secret);
      for (const kept of [options, overDomain]) {
        Object.assign(kept, { stsToken: undefined, ...keyOptions(keys) });
      }
      const client = createOssClient(
        {
          ...(call.controls || call.bucket === undefined ? inRegion(call.regionId) : overDomain),
          ...(call.bucket === undefined ? {} : { bucket: call.bucket }),
        },
        ctx,
      );
      const answer = await work(recordCalls(client, note), ctx);
      if (made === "head") onAnswer?.({ system: "oss", call: made, body: ctx.answer?.headers });
      return answer;
    } catch (error) {
      throw classifyOssError(error, {
        changes: call.changes ?? false,
        call: made,
        answer: ctx.answer,
        secrets: [...secrets],
      });
    }
  }

  return {
    browser: connectBrowserAccess(overDomain, call),

    by: (way) =>
      connectObjectStore(
        "domain" in way
          ? { ...config, domain: way.domain }
          : { ...config, endpoint: way.endpoint, internal: false, domain: null },
      ),

    async listDomains(bucket) {
      const ask = { bucket, method: "GET" as const, subres: "cname", successStatuses: [200] };
      const answer = await call({ bucket, controls: true }, (client) =>
        client.request({ ...ask, xmlResponse: true }),
      );
      return toDomains(answer.data);
    },

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
      call({ bucket, controls: true }, async (client) =>
        toBucketInfo(bucket, (await client.getBucketInfo(bucket)).bucket ?? {}),
      ),

    async listLifecycleRules(bucket) {
      const ask = { bucket, method: "GET" as const, subres: "lifecycle", successStatuses: [200] };
      try {
        const answer = await call({ bucket, controls: true }, (client) =>
          client.request({ ...ask, xmlResponse: true }),
        );
        return toLifecycleRules(answer.data);
      } catch (error) {
        if (isExternalError(error) && error.fields.providerCode === "NoSuchLifecycle") return [];
        throw error;
      }
    },

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

    uploadPart({ bucket, key, uploadId, number, body }, signal) {
      const plain = body instanceof Uint8Array;
      const sizeBytes = plain ? body.byteLength : body.sizeBytes;
      const sent = plain ? undefined : body;
      return call({ bucket, signal, changes: true, body: sent }, async (client) => {
        const answer = await client.uploadPart(
          key,
          uploadId,
          number,
          asBuffer(plain ? body : NOTHING),
          0,
          sizeBytes,
        );
        return { number, etag: headerOf(answer, "etag") ?? "", sizeBytes, crc64: crcOf(answer) };
      });
    },

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

    createBucket: ({ bucket, regionId }) =>
      call({ changes: true, regionId }, async (client) => {
        await client.putBucket(bucket, { storageClass: "Standard", acl: "private" });
      }),

    deleteBucket: (bucket) =>
      call({ changes: true }, async (client) => {
        await client.deleteBucket(bucket);
      }),

    copyObject: ({ bucket, fromKey, toKey }) =>
      call({ bucket, changes: true }, async (client) => {
        await client.copy(toKey, fromKey);
      }),

    copyPart: ({ bucket, fromKey, toKey, uploadId, number, offset, length }) =>
      call({ bucket, changes: true }, async (client) => {
        const range = `${offset}-${offset + length - 1}`;
        const source = { sourceKey: fromKey, sourceBucketName: bucket };
        const answer = await client.uploadPartCopy(toKey, uploadId, number, range, source);
        return { etag: headerOf(answer, "etag") ?? "" };
      }),
  };
}

/** A document as it came, all of it text: what ali-oss makes of one has only what it knows. */
function readXml(document: Buffer): unknown {
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, ignoreDeclaration: true });
  return parser.parse(document);
}

/** As `CLOUD_CALLS` names what ali-oss has no method for. */
function requestName(params: unknown): string | null {
  const { method, subres } = requestFields(params);
  return typeof method === "string" && typeof subres === "string" ? `request ${method} ${subres}` : null;
}

function requestFields(params: unknown): { method?: unknown; subres?: unknown } {
  return typeof params === "object" && params !== null ? params : {};
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
