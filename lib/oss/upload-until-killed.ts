import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { replaceFileSync } from "@/lib/files/replace-file";
import type { UploadCheckpoint } from "@/lib/migration/upload-checkpoint";
import { connectObjectStore } from "./connect-object-store";
import { uploadFile } from "./upload-file";

/**
 * For the kill test: uploads the files of a list, two at a time, each with its checkpoint in a file beside it, until all
 * are done or the process is killed. Says `working` once it has begun.
 */
export interface UploadList {
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  accessKeySecret: string;
  since: string;
  jobs: { key: string; path: string }[];
}

const list = JSON.parse(readFileSync(String(process.argv[2]), "utf8")) as UploadList;
const store = connectObjectStore({
  accessKeyId: list.accessKeyId,
  accessKeySecret: list.accessKeySecret,
  regionId: "cn-hangzhou",
  endpoint: list.endpoint,
  timeoutMs: 3_000,
});

function write(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(value));
  replaceFileSync(`${path}.new`, path);
}

async function upload(job: { key: string; path: string }): Promise<void> {
  const done = `${job.path}.done`;
  const saved = `${job.path}.checkpoint`;
  while (!existsSync(done)) {
    const checkpoint = existsSync(saved)
      ? (JSON.parse(readFileSync(saved, "utf8")) as UploadCheckpoint)
      : null;
    try {
      const receipt = await uploadFile({
        store,
        bucket: list.bucket,
        key: job.key,
        localPath: job.path,
        checkpoint,
        onCheckpoint: (next) => write(saved, next),
        ours: { since: new Date(list.since), except: new Set() },
        limits: {
          partSize: 256 * 1024,
          attempts: 6,
          firstDelayMs: 10,
          longestDelayMs: 200,
          slowMs: 1_000,
          checkpointMs: 50,
        },
      });
      write(done, receipt);
    } catch (error) {
      process.stderr.write(`${job.key}: ${String(error)}\n`);
    }
  }
}

const queue = list.jobs.filter((job) => !existsSync(`${job.path}.done`)).values();
const worker = async () => {
  for (const job of queue) await upload(job);
};
process.stdout.write("working\n");
await Promise.all([worker(), worker()]);
process.exit(0);
