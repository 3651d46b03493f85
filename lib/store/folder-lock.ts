import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AppError } from "@/lib/diagnosis/app-error";
import { findLife, type ProcessIdentity, readOwnIdentity } from "@/lib/store/process-identity";
import { storeError } from "@/lib/store/store-error";

const HEARTBEAT_MS = 2_000;
/** How long a holder that can't be looked at from here must be silent before it counts as dead. */
const SILENCE_MS = 20_000;

const LockHolder = z.object({
  /** Unique to this holding. */
  token: z.string(),
  pid: z.number(),
  host: z.string(),
  bootId: z.string().nullable(),
  pidNamespace: z.string().nullable(),
  startTicks: z.string().nullable(),
  program: z.string(),
  startedAt: z.string(),
  /** Counts up while the holder lives: a change can be seen without comparing two machines' clocks. */
  beat: z.number(),
});
type LockHolder = z.infer<typeof LockHolder>;

export interface FolderLock {
  release(): Promise<void>;
}

export interface LockTiming {
  heartbeatMs: number;
  silenceMs: number;
}

/**
 * Takes `<folder>/lock.json`, which says who holds the folder. The lock of a dead process is taken over.
 * @throws AppError `store_locked` (params: pid, host, program, since, folder, file) while its holder lives.
 */
export async function lockFolder(
  folder: string,
  timing: LockTiming = { heartbeatMs: HEARTBEAT_MS, silenceMs: SILENCE_MS },
): Promise<FolderLock> {
  const file = path.resolve(folder, "lock.json");
  const holder: LockHolder = {
    token: randomUUID(),
    ...readOwnIdentity(),
    program: process.argv.slice(1, 3).join(" ") || process.title,
    startedAt: new Date().toISOString(),
    beat: 0,
  };
  await take(file, holder, timing);
  return keep(file, holder, timing);
}

/**
 * A lock file appears whole (written aside, then linked), and a dead one may be replaced only by who holds the lock
 * named after its token: of two starters one replaces it, the other then finds a token it did not look at.
 */
async function take(file: string, holder: LockHolder, timing: LockTiming): Promise<void> {
  for (;;) {
    if (await linkWhole(file, holder)) return;
    const current = await readHolder(file);
    if (current === null) continue;
    if (!(await isDead(file, current, timing))) throw toLocked(file, current);
    const takeover = `${file}.${current.token}`;
    await take(takeover, { ...holder, token: randomUUID() }, timing);
    try {
      if ((await readHolder(file))?.token !== current.token) continue;
      await replaceWhole(file, holder);
      return;
    } finally {
      await rm(takeover, { force: true });
    }
  }
}

function keep(file: string, holder: LockHolder, { heartbeatMs }: LockTiming): FolderLock {
  let beat = holder.beat;
  let working: Promise<void> = Promise.resolve();
  const check = async () => {
    if ((await readHolder(file))?.token !== holder.token) {
      // Another process was sure that this one is dead and has the files open now: two writers would destroy them.
      console.error(`The store's lock ${file} was taken by another process: stopping at once`);
      process.exit(1);
    }
    beat += 1;
    await replaceWhole(file, { ...holder, beat });
  };
  const timer = setInterval(() => {
    // A failing disk shows itself in the database; the lock is then simply not renewed.
    working = working.then(check).catch(() => undefined);
  }, heartbeatMs);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      await working;
      if ((await readHolder(file))?.token === holder.token) await rm(file, { force: true });
    },
  };
}

async function isDead(file: string, holder: LockHolder, timing: LockTiming): Promise<boolean> {
  const life = findLife(holder satisfies ProcessIdentity);
  if (life !== "unseen") return life === "dead";
  const giveUpAt = Date.now() + timing.silenceMs;
  while (Date.now() < giveUpAt) {
    await sleep(Math.min(timing.heartbeatMs, timing.silenceMs));
    const now = await readHolder(file);
    if (now?.token !== holder.token || now.beat !== holder.beat) return false;
  }
  return true;
}

async function linkWhole(file: string, holder: LockHolder): Promise<boolean> {
  const aside = `${file}.${randomUUID()}.tmp`;
  await writeFile(aside, `${JSON.stringify(holder)}\n`);
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function replaceWhole(file: string, holder: LockHolder): Promise<void> {
  const aside = `${file}.${randomUUID()}.tmp`;
  await writeFile(aside, `${JSON.stringify(holder)}\n`);
  await rename(aside, file);
}

/** Null when there is none (any more). A file that isn't a lock is not ours to overwrite: that throws. */
async function readHolder(file: string): Promise<LockHolder | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  try {
    return LockHolder.parse(JSON.parse(text));
  } catch {
    throw storeError(
      "conflict",
      "store_lock_unreadable",
      { file },
      `${file} is not a lock that Chainferry wrote. If no Chainferry uses this folder, delete the file and start again.`,
    );
  }
}

function toLocked(file: string, holder: LockHolder): AppError {
  const { pid, host, program, startedAt } = holder;
  const folder = path.dirname(file);
  return storeError(
    "conflict",
    "store_locked",
    { pid, host, program, since: startedAt, folder, file },
    `The data folder ${folder} is in use by process ${pid} on ${host} since ${startedAt} (${program}).\n` +
      "Stop that process, or give this one a data folder of its own. Several processes can share a store on " +
      "PostgreSQL only (DATABASE_URL).",
  );
}
