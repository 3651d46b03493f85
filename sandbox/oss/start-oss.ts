import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { holdsControlKey } from "@/sandbox/control/control-key";
import { isHit } from "@/sandbox/scenario/call-pattern";
import { asLive, type LiveScenario } from "@/sandbox/scenario/live-scenario";
import type { Scenario } from "@/sandbox/scenario/scenario";
import type { BucketFiles } from "./bucket-files";
import {
  assertRegion,
  deleteBucket,
  deleteBucketPart,
  listBuckets,
  putBucket,
  readBucketPart,
  writeBucketPart,
} from "./bucket-operations";
import { copyObject } from "./copy-operations";
import { corsHeaders, preflightHeaders } from "./cors";
import { listObjects, listObjectsV2, listUploads } from "./list-operations";
import { listenOnLoopback, stopServer } from "./loopback-server";
import {
  abortUpload,
  completeUpload,
  copyPart,
  listParts,
  startUpload,
  uploadPart,
} from "./multipart-operations";
import { deleteObject, deleteObjects, getObject, headObject, putObject } from "./object-operations";
import { emptyAnswer, type OssAnswer } from "./oss-answer";
import { OssError } from "./oss-error";
import { OssFiles } from "./oss-files";
import { headerOf, type OssRequest, parseOssRequest } from "./oss-request";
import { type PartArrival, type PartLedger, partArrival } from "./part-ledger";
import { type OssCredentials, verifySignature } from "./verify-signature";

export interface OssOptions extends OssCredentials {
  /** Objects, their records and uploads in progress live here and survive a restart. */
  folder: string;
  /** Absent or 0: any. */
  port?: number;
  /** Created at the first start, Standard and unencrypted, open to browsers of any origin. */
  bucket: string;
  /** What is played, or its name when nobody will change it. */
  scenario: LiveScenario | string;
}

export interface RunningOss {
  port: number;
  /** What the sandbox's RDS reads backup files from. */
  files: OssFiles;
  stop(): Promise<void>;
}

/** Browsers upload parts with presigned URLs, so the bucket allows what the documentation recommends for that. */
const OPEN_TO_BROWSERS = {
  allowedOrigins: ["*"],
  allowedMethods: ["GET", "POST", "PUT", "DELETE", "HEAD"],
  allowedHeaders: ["*"],
  exposeHeaders: ["ETag", "x-oss-request-id", "x-oss-hash-crc64ecma"],
  maxAgeSeconds: 600,
};

/** A sub-resource that the sandbox doesn't play is said so, never silently accepted. */
function requirePart(answer: OssAnswer | null): OssAnswer {
  if (answer === null) throw new OssError("NotImplemented");
  return answer;
}

async function answerForBucket(
  files: OssFiles,
  request: OssRequest,
  name: string,
  credentials: OssCredentials,
): Promise<OssAnswer> {
  const { query } = request;
  const isWhole = [...query.keys()].every((parameter) => parameter.startsWith("x-oss-"));
  if (request.method === "PUT" && isWhole) return putBucket(files, request, name, new Date());
  const bucket = files.getBucket(name);
  assertRegion(bucket, request, credentials.regionId);
  switch (request.method) {
    case "GET": {
      const part = readBucketPart(bucket, request, credentials);
      if (part !== null) return part;
      if (query.has("uploads")) return listUploads(bucket, request);
      return query.get("list-type") === "2" ? listObjectsV2(bucket, request) : listObjects(bucket, request);
    }
    case "HEAD":
      return emptyAnswer(200, { "x-oss-bucket-region": `oss-${credentials.regionId}` });
    case "PUT":
      return requirePart(await writeBucketPart(bucket, request));
    case "POST":
      if (query.has("delete")) return deleteObjects(bucket, request);
      throw new OssError("MethodNotAllowed");
    case "DELETE":
      return isWhole ? deleteBucket(files, bucket) : requirePart(deleteBucketPart(bucket, request));
    default:
      throw new OssError("MethodNotAllowed");
  }
}

async function answerForObject(
  files: OssFiles,
  bucket: BucketFiles,
  request: OssRequest,
  key: string,
): Promise<OssAnswer> {
  const { query } = request;
  switch (request.method) {
    case "PUT":
      if (headerOf(request, "x-oss-copy-source") !== "") {
        return query.has("uploadId")
          ? copyPart(files, bucket, request, key)
          : copyObject(files, bucket, request, key);
      }
      return query.has("uploadId") ? uploadPart(bucket, request, key) : putObject(bucket, request, key);
    case "GET":
      return query.has("uploadId") ? listParts(bucket, request, key) : getObject(bucket, request, key);
    case "HEAD":
      return headObject(bucket, request, key);
    case "DELETE":
      return query.has("uploadId") ? abortUpload(bucket, request, key) : deleteObject(bucket, key);
    case "POST":
      if (query.has("uploads")) return startUpload(bucket, request, key);
      if (query.has("uploadId")) return completeUpload(bucket, request, key);
      throw new OssError("MethodNotAllowed");
    default:
      throw new OssError("MethodNotAllowed");
  }
}

/** Anybody may ask before a cross-origin request: a preflight carries no signature. */
function answerPreflight(files: OssFiles, request: OssRequest): OssAnswer {
  const rules = request.bucket === null ? [] : files.getBucket(request.bucket).record.corsRules;
  return emptyAnswer(
    200,
    preflightHeaders(rules, {
      origin: headerOf(request, "origin"),
      method: headerOf(request, "access-control-request-method"),
      headers: headerOf(request, "access-control-request-headers"),
    }),
  );
}

async function answer(files: OssFiles, request: OssRequest, credentials: OssCredentials): Promise<OssAnswer> {
  if (request.method === "OPTIONS") return answerPreflight(files, request);
  verifySignature(request, credentials, Date.now());
  if (request.bucket === null) {
    if (request.method !== "GET") throw new OssError("MethodNotAllowed");
    return listBuckets(files, request, credentials.regionId);
  }
  if (request.key === null) return answerForBucket(files, request, request.bucket, credentials);
  const bucket = files.getBucket(request.bucket);
  assertRegion(bucket, request, credentials.regionId);
  return answerForObject(files, bucket, request, request.key);
}

function errorAnswer(error: unknown, requestId: string, request: OssRequest | null): OssAnswer {
  const known = error instanceof OssError ? error : new OssError("InternalError");
  if (known !== error) console.error("sandbox oss:", error);
  const host = request === null ? "" : headerOf(request, "host");
  const xml = known.xml(requestId, host);
  const headers = { "Content-Type": "application/xml", "x-oss-ec": known.ec };
  if (known.status === 304) return emptyAnswer(304);
  // A HEAD answer has no body; OSS puts the document into a header then.
  if (request?.method === "HEAD") {
    return emptyAnswer(known.status, { ...headers, "x-oss-err": Buffer.from(xml).toString("base64") });
  }
  return { status: known.status, headers, body: xml };
}

async function send(response: ServerResponse, given: OssAnswer): Promise<void> {
  if (given.body === null || typeof given.body === "string") {
    const length = given.headers["Content-Length"] ?? String(Buffer.byteLength(given.body ?? ""));
    response.writeHead(given.status, { ...given.headers, "Content-Length": length });
    response.end(given.body ?? undefined);
    return;
  }
  response.writeHead(given.status, given.headers);
  await pipeline(Readable.from(given.body), response);
}

/** Makes the bucket what a scenario says when it begins, and what it was when it ends. */
function playScenario(bucket: BucketFiles, current: Scenario, before: Scenario): void {
  const { regionId, expirationDays, isUnfamiliar: _before, ...record } = bucket.record;
  if (current.bucketStorageClass !== before.bucketStorageClass) {
    record.storageClass = current.bucketStorageClass ?? "Standard";
  }
  if (current.bucketEncryption !== before.bucketEncryption) {
    record.encryption = current.bucketEncryption ?? "None";
  }
  const own = current.bucketRegionId === before.bucketRegionId ? regionId : current.bucketRegionId;
  const days =
    current.bucketExpirationDays === before.bucketExpirationDays
      ? expirationDays
      : current.bucketExpirationDays;
  bucket.saveRecord({
    ...record,
    ...(own ? { regionId: own } : {}),
    ...(days ? { expirationDays: days } : {}),
    ...(current.isUnfamiliar ? { isUnfamiliar: true } : {}),
  });
}

/**
 * Starts an OSS on 127.0.0.1 that verifies V4 and V1 signatures (header or presigned) and answers as the OSS API
 * reference says. Rejects when the port is taken.
 */
export async function startOss(options: OssOptions): Promise<RunningOss> {
  const files = new OssFiles(join(options.folder, "buckets"));
  if (files.findBucket(options.bucket) === null) {
    files.createBucket({
      name: options.bucket,
      createdAt: new Date().toISOString(),
      acl: "private",
      storageClass: "Standard",
      encryption: "None",
      corsRules: [OPEN_TO_BROWSERS],
    });
  }
  const scenario = asLive(options.scenario);
  scenario.follow((current, before) => {
    const bucket = files.findBucket(options.bucket);
    if (bucket !== null) playScenario(bucket, current, before);
  });
  let count = 0;
  const ledger: PartLedger = { parts: [] };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomBytes(12).toString("hex").toUpperCase();
    response.setHeader("Server", "AliyunOSS");
    response.setHeader("x-oss-request-id", requestId);
    const { ossThrottling, ossDrops, ossDelayMs, isOssDownInCutover, isPublicEndpointRefused } =
      scenario.current;
    let request: OssRequest | null = null;
    let given: OssAnswer;
    let arrival: PartArrival | null = null;
    if (incoming.method === "GET" && incoming.url === "/sandbox/ledger") {
      if (!holdsControlKey(incoming, options.accessKeySecret)) {
        await send(response, { status: 403, headers: {}, body: "" });
        return;
      }
      await send(response, {
        status: 200,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(ledger),
      });
      return;
    }
    if (ossDelayMs > 0) await new Promise((settle) => setTimeout(settle, ossDelayMs));
    try {
      request = parseOssRequest(incoming);
      arrival = partArrival(request);
      if (arrival !== null) ledger.parts.push(arrival);
      if (request.method !== "OPTIONS") count += 1;
      if (isHit(ossDrops, count)) {
        incoming.socket.destroy();
        return;
      }
      if (isHit(ossThrottling, count) || (isOssDownInCutover && scenario.wereWritesStopped))
        throw new OssError("ServiceUnavailable");
      if (isPublicEndpointRefused && request.key !== null) throw new OssError("PublicEndpointForbidden");
      given = await answer(files, request, options);
    } catch (error) {
      if (incoming.destroyed && !incoming.complete) return;
      given = errorAnswer(error, requestId, request);
    }
    // What is left of a refused body is read away, so that the client gets to see the answer.
    incoming.resume();
    const rules = request?.bucket ? (files.findBucket(request.bucket)?.record.corsRules ?? []) : [];
    if (arrival !== null) arrival.status = given.status;
    const method = incoming.method ?? "GET";
    const cors = corsHeaders(rules, { origin: String(incoming.headers.origin ?? ""), method });
    await send(response, { ...given, headers: { ...cors, ...given.headers } });
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  // An upload of a large part over a slow line may take longer than Node's five minutes.
  server.requestTimeout = 0;
  const port = await listenOnLoopback(server, options.port ?? 0);
  return { port, files, stop: () => stopServer(server) };
}
