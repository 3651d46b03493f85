import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AppError } from "@/lib/diagnosis/app-error";
import { errorCode } from "@/lib/diagnosis/error-code";
import { replaceFile } from "@/lib/files/replace-file";
import { mayBeShared } from "@/lib/store/file-system-kind";
import { askLifeSocket, LIFE_SOCKET_NAME, type LifeSocket, openLifeSocket } from "@/lib/store/life-socket";
import { findLife, readOwnIdentity } from "@/lib/store/process-identity";
import { storeError } from "@/lib/store/store-error";

const HEARTBEAT_MS = 2_000;
/** How long a holder that can't be looked at from here is watched for its beat. */
const SILENCE_MS = 20_000;

const LockHolder = z.object({
  /** Unique to this holding. */
  token: z.string(),
  pid: z.number(),
  host: z.string(),
  bootId: z.string().nullable(),
  pidNamespace: z.string().nullable(),
  startTicks: z.string().nullable(),
  /** What it listens on while it lives; of locks of earlier versions, and where it can't be had: null. */
  socket: z.string().regex(LIFE_SOCKET_NAME).nullable().default(null),
  program: z.string(),
  startedAt: z.string(),
  /** Counts up while the holder lives: a change can be seen without comparing two machines' clocks. */
  beat: z.number(),
});
type LockHolder = z.infer<typeof LockHolder>;

export interface FolderLock {
  release(): Promise<void>;
}

export interface LockOptions {
  heartbeatMs: number;
  silenceMs: number;
  /** Whether another machine may have the folder open too. */
  isShared: (folder: string) => Promise<boolean>;
}

/**
 * Takes `<folder>/lock.json`, which says who holds the folder. The lock of a process that is known to be dead is taken
 * over: this kernel says so, or the folder is this machine's alone and the machine has been started since. One that can't be
 * looked at from here is never taken, however long it is silent: it may have been stopped, and would go on.
 * @throws AppError `store_locked` while its holder lives, `store_lock_silent` when nobody here can tell (params of both:
 * pid, host, program, since, folder, file).
 */
export async function lockFolder(
  folder: string,
  options: LockOptions = { heartbeatMs: HEARTBEAT_MS, silenceMs: SILENCE_MS, isShared: mayBeShared },
): Promise<FolderLock> {
  const file = path.resolve(folder, "lock.json");
  const life = await openLifeSocket(folder);
  const holder: LockHolder = {
    token: randomUUID(),
    ...readOwnIdentity(),
    socket: life.name,
    program: process.argv.slice(1, 3).join(" ") || process.title,
    startedAt: new Date().toISOString(),
    beat: 0,
  };
  try {
    await take(file, holder, options);
  } catch (error) {
    await life.close();
    throw error;
  }
  return keep(file, holder, options, life);
}

/**
 * A lock file appears whole (written aside, then linked), and a dead one may be replaced only by who holds the lock
 * named after its token: of two starters one replaces it, the other then finds a token it did not look at.
 */
async function take(file: string, holder: LockHolder, options: LockOptions): Promise<void> {
  for (;;) {
    if (await linkWhole(file, holder)) return;
    const current = await readHolder(file);
    if (current === null) continue;
    await assertDead(file, current, options);
    const takeover = `${file}.${current.token}`;
    await take(takeover, { ...holder, token: randomUUID() }, options);
    try {
      if ((await readHolder(file))?.token !== current.token) continue;
      await replaceWhole(file, holder);
      if (current.socket !== null) await rm(path.join(path.dirname(file), current.socket), { force: true });
      return;
    } finally {
      await rm(takeover, { force: true });
    }
  }
}

function keep(file: string, holder: LockHolder, { heartbeatMs }: LockOptions, life: LifeSocket): FolderLock {
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
      await life.close();
    },
  };
}

/** Returns when the holder can't be alive. */
async function assertDead(file: string, holder: LockHolder, options: LockOptions): Promise<void> {
  const folder = path.dirname(file);
  const shared = await options.isShared(folder);
  const life =
    (await findLifeByPipe(folder, holder)) ??
    (shared ? null : await findLifeInKernel(folder, holder)) ??
    findLife(holder);
  if (life === "alive") throw toLocked(file, holder);
  if (life === "dead" && !shared) return;
  // Of a shared folder even a pid that is gone here may be that of a clone's process, which has it there.
  if (await isHeardOf(file, holder, options)) throw toLocked(file, holder);
  if (life === "unseen") throw toSilent(file, holder, options.silenceMs);
}

/**
 * On Windows, where ids of processes are given anew soon and nothing tells when one began: whether what the holder listens on is there. Of
 * another machine a pipe says nothing; nor is one that is gone taken before its beat was waited for, as of every folder there.
 */
async function findLifeByPipe(folder: string, holder: LockHolder): Promise<"alive" | "dead" | null> {
  if (process.platform !== "win32" || holder.socket === null || holder.host !== hostname()) return null;
  return askLifeSocket(folder, holder.socket);
}

/** Of a folder that this kernel alone has open: who holds it is one of its processes, or of an earlier boot and gone. */
async function findLifeInKernel(folder: string, holder: LockHolder): Promise<"alive" | "dead" | null> {
  const here = readOwnIdentity().bootId;
  if (here === null || holder.bootId === null) return null;
  if (holder.bootId !== here) return "dead";
  return holder.socket === null ? null : askLifeSocket(folder, holder.socket);
}

async function isHeardOf(file: string, holder: LockHolder, options: LockOptions): Promise<boolean> {
  const giveUpAt = Date.now() + options.silenceMs;
  while (Date.now() < giveUpAt) {
    await sleep(Math.min(options.heartbeatMs, options.silenceMs));
    const now = await readHolder(file);
    if (now?.token !== holder.token || now.beat !== holder.beat) return true;
  }
  return false;
}

async function linkWhole(file: string, holder: LockHolder): Promise<boolean> {
  const aside = `${file}.${randomUUID()}.tmp`;
  await writeFile(aside, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function replaceWhole(file: string, holder: LockHolder): Promise<void> {
  const aside = `${file}.${randomUUID()}.tmp`;
  await writeFile(aside, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  await replaceFile(aside, file);
}

/** Null when there is none (any more). A file that isn't a lock is not ours to overwrite: that throws. */
async function readHolder(file: string): Promise<LockHolder | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
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
  return storeError(
    "conflict",
    "store_locked",
    paramsOf(file, holder),
    `The data folder ${path.dirname(file)} is in use by ${described(holder)}.\n` +
      "Stop that process, or give this one a data folder of its own. Several processes can share a store on " +
      "PostgreSQL only (DATABASE_URL).",
  );
}

function toSilent(file: string, holder: LockHolder, silenceMs: number): AppError {
  return storeError(
    "conflict",
    "store_lock_silent",
    paramsOf(file, holder),
    `The data folder ${path.dirname(file)} was taken by ${described(holder)}.\n` +
      `That process runs, or ran, on another machine or boot or in another container: from here it can't be looked at. For ` +
      `${silenceMs / 1000} s it gave no sign of life. It may have ended, or it may only be stopped, and two at once would ` +
      `destroy the store.\n` +
      `Look on ${holder.host} for process ${holder.pid}. When it has ended, or that machine or container is gone for good, ` +
      `delete ${file} and start again.`,
  );
}

function described({ pid, host, program, startedAt }: LockHolder): string {
  return `process ${pid} on ${host} since ${startedAt} (${program})`;
}

function paramsOf(
  file: string,
  { pid, host, program, startedAt }: LockHolder,
): Record<string, string | number> {
  return { pid, host, program, since: startedAt, folder: path.dirname(file), file };
}
