import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBackup } from "@/lib/backup/read-backup";
import { openFileByteSource } from "@/lib/oss/file-byte-source";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";

const PAYLOAD_BYTES = 512 * 1024 * 1024;

/** Reading the header of a 512 MiB backup, against reading the whole file once. */
export async function benchHeader(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(join(tmpdir(), "chainferry-bench-"));
  const path = join(folder, "full.bak");
  try {
    await writeFull(path);
    const whole = await timed(() => readWhole(path));
    let reads = 0;
    let bytesRead = 0;
    const header = await timed(async () => {
      const source = await openFileByteSource(path);
      const reading = await readBackup(source);
      await source.close();
      if (!reading.ok || reading.sets[0]?.lastLsn === null)
        throw new Error("The header of the benchmark cannot be read");
      reads = reading.reads;
      bytesRead = reading.bytesRead;
    });
    return {
      fileMb: PAYLOAD_BYTES / 1024 / 1024,
      reads,
      bytesRead,
      headerMs: Math.round(header * 100) / 100,
      wholeMs: Math.round(whole),
      wholeToHeader: Math.round(whole / header),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFull(path: string): Promise<void> {
  const lsn = 40n * 10n ** 15n + 1n;
  const set = {
    type: "full",
    databaseName: "Bench",
    firstLsn: lsn,
    lastLsn: lsn + 100n,
    checkpointLsn: lsn,
    payloadBytes: PAYLOAD_BYTES,
  } as const;
  const file = await open(path, "w");
  for (const chunk of backupBytes({ sets: [set] })) await file.write(chunk);
  await file.close();
}

async function readWhole(path: string): Promise<void> {
  const file = await open(path, "r");
  const buffer = new Uint8Array(1024 * 1024);
  while ((await file.read(buffer, 0, buffer.length)).bytesRead > 0);
  await file.close();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
