import type { BackupSet } from "@/lib/backup/header";
import { readBackup } from "@/lib/backup/read-backup";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainFile } from "@/lib/chain/verdict";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";

const FILES = 100_000;
const ROUNDS = 5;

/** Milliseconds at the median of the rounds, of piles of 100,000 files in random order. */
interface ChainFigures extends Record<string, number> {
  files: number;
  /** One full and a chain of logs. */
  verdictMs: number;
  /** Fulls, differentials and logs of three databases, a tenth of them twice, some striped, and a fork. */
  mixedMs: number;
  /** All ending at one LSN. */
  sameLsnMs: number;
  /** Each on a recovery fork of its own. */
  forksMs: number;
  /** Logs each of which overlaps a thousand others. */
  overlapMs: number;
  /** Sorting the last LSNs alone. */
  sortMs: number;
  toSort: number;
}

/** A verdict over 100,000 files as they come and at their worst, against sorting their LSNs alone. */
export async function benchChain(): Promise<ChainFigures> {
  const full = await template("full");
  const log = await template("log");
  const { verdictMs, sortMs } = timeChain(full, log);
  const logs = (fields: (index: number) => Partial<BackupSet>): number =>
    timeVerdict(makeLogs(full, log, fields));
  return {
    files: FILES,
    verdictMs,
    mixedMs: timeVerdict(makeMixed(full, log)),
    sameLsnMs: logs(() => ({ firstLsn: lsn(0), lastLsn: lsn(1) })),
    forksMs: logs((i) => {
      const fork = guid(FILES + i);
      return { ...range(i, 1), firstRecoveryForkGuid: fork, lastRecoveryForkGuid: fork };
    }),
    overlapMs: logs((i) => range(i, 1_000)),
    sortMs,
    toSort: Math.round((verdictMs / sortMs) * 100) / 100,
  };
}

// Each pile is made where it is used: one that is kept would be gone through by the collector during the next rounds.

function timeChain(full: BackupSet, log: BackupSet): { verdictMs: number; sortMs: number } {
  const files = shuffled(makeChain(full, log));
  const lsns = files.map(({ set }) => set.lastLsn ?? 0n);
  const sortMs = time(() => [...lsns].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  const verdictMs = time(() => {
    const verdict = assessChain({ files });
    if (!verdict.ok || verdict.order.length !== FILES)
      throw new Error("The chain of the benchmark does not hold");
  });
  return { verdictMs, sortMs };
}

function timeVerdict(pile: ChainFile[]): number {
  const files = shuffled(pile);
  return time(() => assessChain({ files }));
}

function makeLogs(
  full: BackupSet,
  log: BackupSet,
  fields: (index: number) => Partial<BackupSet>,
): ChainFile[] {
  const files = Array.from({ length: FILES - 1 }, (_, index) =>
    fileOf(`log${index}`, { ...log, backupSetGuid: guid(index), ...fields(index) }),
  );
  files.push(fileOf("full", { ...full, firstLsn: lsn(0), lastLsn: lsn(0) }));
  return files;
}

function lsn(index: number): bigint {
  return 40n * 10n ** 15n + BigInt(index) * 100_000n + 1n;
}

function range(index: number, length: number): { firstLsn: bigint; lastLsn: bigint } {
  return { firstLsn: lsn(index), lastLsn: lsn(index + length) };
}

function fileOf(name: string, set: BackupSet): ChainFile {
  return { name, complete: true, set };
}

function makeChain(full: BackupSet, log: BackupSet): ChainFile[] {
  const files = [fileOf("full", { ...full, lastLsn: lsn(0), firstLsn: lsn(0) - 9n })];
  for (let index = 0; index < FILES - 1; index += 1)
    files.push(fileOf(`log${index}`, { ...log, ...range(index, 1), backupSetGuid: guid(index) }));
  return files;
}

/** Three databases whose files lie side by side: every 500th a full, every 20th a differential, the rest logs. */
function makeMixed(full: BackupSet, log: BackupSet): ChainFile[] {
  const files: ChainFile[] = [];
  for (let database = 0; files.length < FILES; database = (database + 1) % 3) {
    const index = Math.floor(files.length / 3);
    const fork = index > FILES / 5 ? guid(9 * FILES + database) : log.lastRecoveryForkGuid;
    const of: Partial<BackupSet> = {
      databaseName: `Bench${database}`,
      familyGuid: guid(10 * FILES + database),
      firstRecoveryForkGuid: fork,
      lastRecoveryForkGuid: fork,
      backupSetGuid: guid(files.length),
      ...range(index, 1),
    };
    const base = guid(3 * (index - (index % 500)) + database);
    const name = `${database}-${index}`;
    if (index % 500 === 0) files.push(fileOf(name, { ...full, ...of, backupSetGuid: base }));
    else if (index % 20 === 0)
      files.push(fileOf(name, { ...log, ...of, type: "differential", differentialBaseGuid: base }));
    else files.push(fileOf(name, { ...log, ...of }));
    const last = files.at(-1);
    if (last && index % 10 === 0) files.push({ ...last, name: `copy of ${name}` });
    if (last && index % 50 === 7) last.set = { ...last.set, family: { sequence: 1, count: 1 + (index % 2) } };
  }
  return files.slice(0, FILES);
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

function time(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return Math.round(rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0);
}
