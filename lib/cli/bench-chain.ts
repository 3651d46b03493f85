import type { BackupSet } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { backupBytes } from "@/lib/backup/write-backup";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainFile } from "@/lib/chain/verdict";

const FILES = 100_000;
const ROUNDS = 5;

/** A verdict over 100,000 files in random order, against sorting the same files by LSN alone. */
export async function benchChain(): Promise<Record<string, number | string>> {
  const files = shuffled(await makeFiles());
  const verdicts: number[] = [];
  const sorts: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    sorts.push(elapsed(() => [...files].sort(byFirstLsn)));
    verdicts.push(
      elapsed(() => {
        const verdict = assessChain({ files });
        if (!verdict.ok || verdict.order.length !== FILES)
          throw new Error("The chain of the benchmark does not hold");
      }),
    );
  }
  return {
    files: FILES,
    verdictMs: Math.round(median(verdicts)),
    sortMs: Math.round(median(sorts)),
    toSort: Math.round((median(verdicts) / median(sorts)) * 100) / 100,
  };
}

function byFirstLsn(a: ChainFile, b: ChainFile): number {
  const left = a.set.firstLsn ?? 0n;
  const right = b.set.firstLsn ?? 0n;
  return left < right ? -1 : left > right ? 1 : 0;
}

async function makeFiles(): Promise<ChainFile[]> {
  const full = await template("full");
  const log = await template("log");
  const lsn = (index: number) => 40n * 10n ** 15n + BigInt(index) * 100_000n + 1n;
  const files: ChainFile[] = [
    { name: "full", complete: true, set: { ...full, lastLsn: lsn(0), firstLsn: lsn(0) - 9n } },
  ];
  for (let index = 0; index < FILES - 1; index += 1) {
    const set: BackupSet = {
      ...log,
      firstLsn: lsn(index),
      lastLsn: lsn(index + 1),
      backupSetGuid: guid(index),
    };
    files.push({ name: `log${index}`, complete: true, set });
  }
  return files;
}

function guid(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).toUpperCase().padStart(12, "0")}`;
}

/** A header as the reader gives it, so that every field is as real as can be. */
async function template(type: "full" | "log"): Promise<BackupSet> {
  const at = 40n * 10n ** 15n + 1n;
  const spec = {
    type,
    databaseName: "Bench",
    firstLsn: at,
    lastLsn: at + 100n,
    checkpointLsn: at,
    payloadBytes: 4096,
  };
  const chunks = [...backupBytes({ sets: [spec] })];
  const bytes = Buffer.concat(chunks);
  const reading = await readBackup({
    sizeBytes: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  });
  const set = reading.ok ? reading.sets[0] : undefined;
  if (!set) throw new Error("The writer's file cannot be read");
  return set;
}

function shuffled(files: ChainFile[]): ChainFile[] {
  let state = 42;
  for (let index = files.length - 1; index > 0; index -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const other = state % (index + 1);
    const [a, b] = [files[index], files[other]];
    if (a && b) [files[index], files[other]] = [b, a];
  }
  return files;
}

function elapsed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
