import { realpath } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { isAppError } from "@/lib/diagnosis/app-error";
import type { CloudCredentialSource } from "@/lib/diagnosis/cloud-credentials";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { formatBytes, formatRate } from "@/lib/format/format-bytes";
import { objectKeyFor } from "@/lib/migration/object-name";
import { setNetworkEnvironment } from "@/lib/network/outgoing-route";
import type { ObjectStore } from "@/lib/oss/object-store";
import { type UploadReceipt, uploadFile } from "@/lib/oss/upload-file";
import { readBackupFile } from "./read-backup-file";
import { openUploadState } from "./upload-state";

export interface UploadCommandInput {
  files: string[];
  /** `oss://bucket/prefix`; the prefix is kept as given and may be absent. */
  to: string;
  /** `cn-hangzhou` */
  regionId: string;
  /** Null: the region's public endpoint. */
  endpoint: string | null;
  json: boolean;
  /** Where an interrupted upload remembers its parts. */
  stateFolder: string;
  credentials: CloudCredentialSource;
}

interface Sent {
  file: string;
  object: string;
  /** By its header; null: not readable as a backup. */
  type: string | null;
  database: string | null;
  /** Set when RDS would refuse the file's own name. */
  renamedFrom: string | null;
  receipt: UploadReceipt;
}

type Outcome =
  | ({ ok: true } & Sent)
  | { ok: false; file: string; error: { code: string; message: string; interrupted: boolean } };

/**
 * `chainferry upload FILE… --to oss://bucket/prefix`: every file by the engine that migrations use: verified by CRC-64, and taken up
 * where it stopped when the same command is given again. Receipts on stdout (`json`: one array), progress on stderr. Returns the
 * exit code: 0 when all files are in the bucket, 130 after an interruption, else 1. Throws Error for a place that is none.
 */
export async function runUploadCommand(input: UploadCommandInput): Promise<number> {
  const place = readPlace(input.to);
  const { connectObjectStore } = await import("@/lib/oss/connect-object-store");
  setNetworkEnvironment(process.env);
  const store = connectObjectStore({
    ...input.credentials,
    regionId: input.regionId,
    endpoint: input.endpoint,
  });
  const stop = new AbortController();
  const interrupt = () => stop.abort(new Error("Interrupted. Give the same command again to go on."));
  process.once("SIGINT", interrupt);
  process.once("SIGTERM", interrupt);
  const outcomes: Outcome[] = [];
  try {
    for (const file of input.files) {
      outcomes.push(
        stop.signal.aborted
          ? notSent(file, stop.signal.reason, true)
          : await sendFile({ ...input, ...place, store, file, stop: stop.signal }),
      );
    }
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
  process.stdout.write(
    input.json ? `${JSON.stringify(outcomes, null, 2)}\n` : `${outcomes.map(sentence).join("\n")}\n`,
  );
  if (outcomes.every(({ ok }) => ok)) return 0;
  return stop.signal.aborted ? 130 : 1;
}

function readPlace(to: string): { bucket: string; prefix: string } {
  const [, bucket, prefix = ""] = /^oss:\/\/([a-z0-9][a-z0-9-]{1,61}[a-z0-9])(?:\/(.*))?$/s.exec(to) ?? [];
  if (bucket === undefined) {
    throw new Error(`"${to}" is not a place in OSS. Write it as oss://bucket or oss://bucket/folder/.`);
  }
  return { bucket, prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/` };
}

async function sendFile(
  on: UploadCommandInput & {
    bucket: string;
    prefix: string;
    store: ObjectStore;
    file: string;
    stop: AbortSignal;
  },
): Promise<Outcome> {
  const { bucket, file, store } = on;
  // Whoever names a link means what it leads to; from here on no link is followed.
  const localPath = await realpath(file).catch(() => resolve(file));
  const name = basename(localPath);
  const reading = await readBackupFile(localPath);
  const set = reading.ok ? reading.sets[0] : undefined;
  const key = objectKeyFor(on.prefix, name, set?.type ?? null);
  const state = await openUploadState(on.stateFolder, { bucket, key, localPath });
  const bar = startBar(name);
  try {
    const send = (checkpoint: typeof state.checkpoint) =>
      uploadFile({
        store,
        bucket,
        key,
        localPath,
        checkpoint,
        onCheckpoint: (next) => state.save(next),
        onProgress: bar.show,
        drain: on.stop,
      });
    const receipt = await send(state.checkpoint).catch((error: unknown) => {
      // The file is another one than the interrupted upload's: its parts are of no use.
      const changed = isAppError(error) && error.fields.reason === "upload_file_changed";
      if (!changed || state.checkpoint === null) throw error;
      return send(null);
    });
    await state.forget();
    return {
      ok: true,
      file,
      object: `oss://${bucket}/${key}`,
      type: set?.type ?? null,
      database: set?.databaseName ?? null,
      renamedFrom: key === on.prefix + name ? null : name,
      receipt,
    };
  } catch (error) {
    return notSent(file, error, on.stop.aborted);
  } finally {
    bar.end();
  }
}

function notSent(file: string, error: unknown, interrupted: boolean): Outcome {
  if (interrupted) {
    const message = "Interrupted. Give the same command again to go on.";
    return { ok: false, file, error: { code: "interrupted", message, interrupted } };
  }
  if (isExternalError(error)) {
    const { providerCode, providerMessage, kind } = error.fields;
    return {
      ok: false,
      file,
      error: { code: providerCode ?? kind, message: providerMessage ?? kind, interrupted },
    };
  }
  const code = isAppError(error) ? error.fields.reason : "failed";
  const message = isAppError(error) ? SAID[code] : undefined;
  return {
    ok: false,
    file,
    error: {
      code,
      message: message ?? (error instanceof Error ? error.message : String(error)),
      interrupted,
    },
  };
}

const SAID: Readonly<Record<string, string>> = {
  upload_file_missing: "There is no such file. Check the path.",
  upload_file_empty: "The file is empty: SQL Server has not begun to write it, or failed.",
  upload_file_link: "This is a link, a pipe or a device, not a file. Name the backup file itself.",
  upload_file_swapped:
    "Another file was put in its place while it was sent. Find out who did, then try again.",
  upload_file_changed:
    "The file changed while it was sent. Wait until SQL Server has finished it, then try again.",
};

function sentence(outcome: Outcome): string {
  if (!outcome.ok) return `${outcome.file}: ${outcome.error.message} (${outcome.error.code})`;
  const { receipt, object, type, database, renamedFrom } = outcome;
  const what = type === null ? "not readable as a backup" : `${type} of ${database ?? "an unnamed database"}`;
  const parts = [
    what,
    formatBytes(receipt.sizeBytes, "en"),
    formatRate(receipt.bytesPerSecond, "en"),
    `CRC-64 ${receipt.crc64}`,
    ...(receipt.partsReused > 0 ? [`${receipt.partsReused} of ${receipt.parts} parts were there`] : []),
    ...(renamedFrom === null ? [] : [`RDS would refuse the name ${renamedFrom}`]),
  ];
  return `${object}  ${parts.join(", ")}`;
}

/** One line on a terminal, redrawn; nothing where stderr is a file. */
function startBar(name: string) {
  const { stderr } = process;
  if (!stderr.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: (progress: { doneBytes: number; totalBytes: number; bytesPerSecond: number | null }) => {
      const { doneBytes, totalBytes, bytesPerSecond } = progress;
      const share = totalBytes === 0 ? 1 : doneBytes / totalBytes;
      const filled = Math.round(share * 30);
      const rate = bytesPerSecond === null ? "" : `  ${formatRate(bytesPerSecond, "en")}`;
      stderr.write(
        `\r\u001b[K${name}  [${"#".repeat(filled)}${"-".repeat(30 - filled)}] ${Math.floor(share * 100)} %  ` +
          `${formatBytes(doneBytes, "en")} of ${formatBytes(totalBytes, "en")}${rate}`,
      );
    },
    end: () => {
      stderr.write("\r\u001b[K");
    },
  };
}
