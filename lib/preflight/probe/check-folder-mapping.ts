import { randomBytes } from "node:crypto";
import { rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "@/lib/diagnosis/error-code";
import { isExternalError } from "@/lib/diagnosis/external-error";
import { backupFileName, joinSourcePath } from "@/lib/migration/object-name";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { LONGEST_DEVICE_PATH } from "@/lib/sqlserver/backup-abilities";
import { awaitAll } from "./await-all";
import type { Finding } from "./probe";

const ANY_TIME = "2000-01-01T00:00:00.000";
const MOST_ROUNDS = 99_999;

type Direction = { result: "seen" | "not_seen" | "denied" | "untried"; answer: string };

/**
 * Whether SQL Server's folder is the folder that this process reads, tried both ways: SQL Server makes a folder in it and
 * we look for that; we write a file and SQL Server looks for it (RESTORE HEADERONLY, which changes nothing). What it
 * writes and we read is the way of the backups; the other way only tells when the login may not make folders.
 */
export async function checkFolderMapping(world: ProbeWorld): Promise<Finding> {
  const { localFolder, backupBy } = world.draft;
  const length = backupBy === "app" ? longestPath(world).length : 0;
  if (length > LONGEST_DEVICE_PATH)
    return finding("block", "too_long", `a backup's path: ${length} characters`);
  const folder = await stat(localFolder).catch(codeOrThrow);
  if (typeof folder === "string" || !folder.isDirectory()) {
    return finding("block", "missing", typeof folder === "string" ? folder : "not a folder");
  }
  if (backupBy === "others") return finding("pass", "ok", "the folder is there");
  const [written, read] = await awaitAll([serverWrites(world), serverReads(world)]);
  const answer = `SQL Server writes, seen here: ${written.answer}; written here, SQL Server reads: ${read.answer}`;
  const both = [written.result, read.result];
  if (written.result === "seen") return finding("pass", "ok", answer);
  if (both.includes("not_seen")) return finding("block", "not_seen", answer);
  if (both.includes("denied")) return finding("block", "denied", answer);
  return read.result === "seen" ? finding("pass", "ok", answer) : finding("unknown", "unchecked", answer);
}

/** Where the longest name that a backup of ours may get would lie. */
function longestPath({ draft }: ProbeWorld): string {
  const name = backupFileName(draft.sourceDatabase ?? "", "differential", ANY_TIME, MOST_ROUNDS);
  return joinSourcePath(draft.sourceFolder.trim(), name);
}

/** xp_create_subdir runs under SQL Server's account, as BACKUP does. Without the right to run it nothing is known. */
async function serverWrites(world: ProbeWorld): Promise<Direction> {
  const { localFolder, sourceFolder } = world.draft;
  const name = `chainferry-probe-${randomBytes(6).toString("hex")}`;
  const { facts } = await world.source();
  const failed = await facts.createFolder(joinSourcePath(sourceFolder.trim(), name)).then(
    () => null,
    (error: unknown) => refusal(error, ["229", "2812", "15281"]),
  );
  if (failed !== null) return failed;
  const path = join(localFolder, name);
  const seen = await stat(path).catch(codeOrThrow);
  if (typeof seen === "string") return { result: "not_seen", answer: seen };
  const left = await rmdir(path).then(() => null, codeOrThrow);
  return { result: "seen", answer: left === null ? "yes" : `yes; ${name} could not be removed: ${left}` };
}

async function serverReads(world: ProbeWorld): Promise<Direction> {
  const { localFolder, sourceFolder } = world.draft;
  const name = `chainferry-probe-${randomBytes(6).toString("hex")}.bak`;
  const path = join(localFolder, name);
  const failed = await writeFile(path, "chainferry probe: may be deleted\n", { flag: "wx" }).catch(
    codeOrThrow,
  );
  if (failed !== undefined) return { result: "untried", answer: `cannot write here: ${failed}` };
  try {
    const source = await world.source();
    return await source.readHeaders(joinSourcePath(sourceFolder.trim(), name)).then(
      (): Direction => ({ result: "seen", answer: "yes" }),
      (error: unknown) => judge(error),
    );
  } finally {
    await rm(path, { force: true });
  }
}

/** Microsoft's numbers: 3201 cannot open; 3241–3243, 3203, 3205, 3254 and the like: opened, but not a backup. */
function judge(error: unknown): Direction {
  if (!isExternalError(error)) throw error;
  const { kind, providerCode, providerMessage } = error.fields;
  const answer = `${providerCode}: ${providerMessage}`;
  // The operating system's own number tells a wrong folder from a right one that may not be read.
  if (providerCode === "3201") return { result: kind === "forbidden" ? "denied" : "not_seen", answer };
  if (providerCode !== null && /^3[12]\d\d$/.test(providerCode) && kind !== "forbidden") {
    return { result: "seen", answer: `yes (${providerCode})` };
  }
  return refusal(error, ["262", "3110"]);
}

/** A right that is missing leaves the way untried; a path that cannot be made is an answer; the rest is no answer. */
function refusal(error: unknown, rights: readonly string[]): Direction {
  if (!isExternalError(error)) throw error;
  const { providerCode, providerMessage } = error.fields;
  const answer = `${providerCode}: ${providerMessage}`;
  if (providerCode !== null && rights.includes(providerCode)) return { result: "untried", answer };
  if (providerCode === "22048") {
    return { result: /error 5\b/.test(providerMessage ?? "") ? "denied" : "not_seen", answer };
  }
  throw error;
}

function finding(verdict: Finding["verdict"], cause: string, answer: string): Finding {
  return { verdict, params: { cause }, answer, gist: cause };
}

function codeOrThrow(error: unknown): string {
  const code = errorCode(error);
  if (code !== null) return code;
  throw error;
}
