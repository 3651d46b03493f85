import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import http from "node:http";
import OSS from "ali-oss";
import { CHUNK_BYTES } from "@/lib/oss/chunk-reader";
import { connectObjectStore } from "@/lib/oss/connect-object-store";
import { crc64 } from "@/lib/oss/crc64";
import { uploadFile } from "@/lib/oss/upload-file";

/** One way of uploading, in a process of its own so that memory and processor time are its own. */
export interface UploadJob {
  /** `read` and `sum`: what of an upload those two cost alone. */
  way: "ours" | "barePuts" | "aliOss" | "aliOssSameParts" | "guideLoop" | "read" | "sum";
  port: number;
  path: string;
  sizeBytes: number;
  partSize: number;
  lanes: number;
}

export interface UploadRun {
  ms: number;
  cpuMs: number;
  /** The most this process ever held. */
  peakRssMb: number;
  lanes: number;
}

const BUCKET = "bench-bucket";
const KEY = "bench.bak";
const GUIDE_PART = 1024 * 1024;

function endpoint(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function ours(job: UploadJob): Promise<number> {
  const store = connectObjectStore({
    accessKeyId: "bench",
    accessKeySecret: "bench",
    regionId: "cn-hangzhou",
    endpoint: endpoint(job.port),
  });
  const receipt = await uploadFile({
    store,
    bucket: BUCKET,
    key: KEY,
    localPath: job.path,
    checkpoint: null,
    onCheckpoint: () => undefined,
    limits: { partSize: job.partSize },
  });
  return receipt.lanes;
}

function aliOss(port: number): OSS {
  return new OSS({
    accessKeyId: "bench",
    accessKeySecret: "bench",
    region: "oss-cn-hangzhou",
    bucket: BUCKET,
    endpoint: endpoint(port),
    authorizationV4: true,
    timeout: 600_000,
  } as OSS.Options);
}

/** A part after the other, as the guide's sample does. */
async function guideLoop(job: UploadJob): Promise<void> {
  const client = aliOss(job.port);
  const { uploadId } = await client.initMultipartUpload(KEY);
  const done: { number: number; etag: string }[] = [];
  for (let at = 0; at < job.sizeBytes; at += GUIDE_PART) {
    const number = at / GUIDE_PART + 1;
    const end = Math.min(job.sizeBytes, at + GUIDE_PART);
    const part = await client.uploadPart(KEY, uploadId, number, job.path, at, end);
    done.push({ number, etag: part.etag });
  }
  await client.completeMultipartUpload(KEY, uploadId, done);
}

/** The least that a client can do: read a part, PUT it, take the next. Nothing is signed, compared or tried again. */
async function barePuts(job: UploadJob): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  const file = await open(job.path, "r");
  let next = 0;
  const lane = async () => {
    const buffer = Buffer.allocUnsafeSlow(job.partSize);
    for (let at = next; at < job.sizeBytes; at = next) {
      next += job.partSize;
      const length = Math.min(job.partSize, job.sizeBytes - at);
      await file.read(buffer, 0, length, at);
      await put(agent, job.port, at / job.partSize + 1, buffer.subarray(0, length));
    }
  };
  await Promise.all(Array.from({ length: job.lanes }, lane));
  await file.close();
  agent.destroy();
}

/** In steps as our reader takes. */
const READ_STEP = 1024 * 1024;

function readAlone({ path, sizeBytes }: UploadJob): void {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  const file = openSync(path, "r");
  for (let at = 0; at < sizeBytes; ) {
    const place = at % CHUNK_BYTES;
    const got = readSync(file, buffer, place, Math.min(READ_STEP, CHUNK_BYTES - place, sizeBytes - at), at);
    if (got === 0) break;
    at += got;
  }
  closeSync(file);
}

function sumAlone({ sizeBytes }: UploadJob): void {
  const bytes = new Uint8Array(CHUNK_BYTES).fill(7);
  let sum = 0n;
  for (let at = 0; at < sizeBytes; at += CHUNK_BYTES)
    sum = crc64(bytes.subarray(0, Math.min(CHUNK_BYTES, sizeBytes - at)), sum);
}

function put(agent: http.Agent, port: number, number: number, body: Buffer): Promise<void> {
  return new Promise((settle, fail) => {
    const request = http.request({
      agent,
      port,
      host: "127.0.0.1",
      method: "PUT",
      path: `/${KEY}?partNumber=${number}&uploadId=bench`,
      headers: { "Content-Length": body.length },
    });
    request.on("error", fail);
    request.on("response", (response) => response.resume().on("end", settle));
    request.end(body);
  });
}

async function run(job: UploadJob): Promise<number> {
  switch (job.way) {
    case "ours":
      return ours(job);
    case "barePuts":
      await barePuts(job);
      return job.lanes;
    case "aliOss":
      await aliOss(job.port).multipartUpload(KEY, job.path, {});
      return 5;
    case "aliOssSameParts":
      await aliOss(job.port).multipartUpload(KEY, job.path, { partSize: job.partSize, parallel: job.lanes });
      return job.lanes;
    case "guideLoop":
      await guideLoop(job);
      return 1;
    case "read":
      readAlone(job);
      return 1;
    case "sum":
      sumAlone(job);
      return 1;
  }
}

process.on("disconnect", () => process.exit(0));
process.on("message", (job: UploadJob) => {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  run(job).then(
    (lanes) => {
      const ms = performance.now() - begun;
      const used = process.cpuUsage(cpu);
      const peakRssMb = process.resourceUsage().maxRSS / 1024;
      process.send?.({ ms, cpuMs: (used.user + used.system) / 1000, peakRssMb, lanes } satisfies UploadRun);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.({ idleRssMb: process.memoryUsage.rss() / 1024 ** 2 });
