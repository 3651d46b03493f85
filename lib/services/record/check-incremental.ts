import type { BackupReading, BackupSet } from "@/lib/backup/header";
import { type Lsn, parseLsn } from "@/lib/backup/lsn";
import { assessChain } from "@/lib/chain/assess-chain";
import type { ChainTarget, ChainVerdict } from "@/lib/chain/verdict";
import type { Ctx } from "@/lib/context/context";
import { AppError } from "@/lib/diagnosis/app-error";
import { knownIdentity } from "@/lib/migration/known-timelines";
import { readObjectBackup } from "@/lib/oss/read-object-backup";
import type { RdsFile } from "@/lib/rds/rds-account";
import type { Migration } from "@/lib/store/generated/client";
import { loadConnection } from "@/lib/store/load-connection";
import { readMigration } from "@/lib/store/typed-rows";
import { readTaskTarget } from "./read-task-target";
import { witnessObject } from "./witness-object";

/**
 * Reads the object's header and refuses what a waiting task cannot take: never a full backup, nothing unfinished, and, where
 * our record or the headers of the task's own files tell what the target holds, nothing that does not continue its chain. RDS
 * takes 20 imports a day: a refused one counts. What cannot be read here is judged by who else knows it; null: nobody does, and
 * a person lets it go in.
 */
export async function checkIncremental(
  ctx: Ctx,
  object: { connectionId: string; bucket: string; key: string },
  task: {
    /** Ours, that made the task; null: somebody made it in the console. */
    migration: Migration | null;
    /** As RDS lists them. */
    files: readonly RdsFile[];
    /** Last LSNs of files restored since our own record of the migration ended. */
    restoredSince: readonly string[];
    /** A person says that it goes in although it cannot be read here. */
    unread: boolean;
  },
): Promise<BackupSet | null> {
  const { migration } = task;
  const { bucket, key } = object;
  await loadConnection(ctx.db, object.connectionId, "cloud_account");
  const reading = await readObjectBackup(await ctx.clients.objects(object.connectionId), object);
  const witnessed = await witnessObject(ctx, object, reading, migration);
  if (witnessed?.asks && !task.unread)
    throw new AppError("precondition_failed", "object_unread", { key, seal: witnessed.seal });
  const set = witnessed ? witnessed.set : setOf(reading, { bucket, key });
  // Nobody knows what it is but who hands it over: RDS will say.
  if (set === null) return null;
  if (set.type === "full") throw new AppError("precondition_failed", "object_is_full_backup", { key });
  if (set.type !== "differential" && set.type !== "log") {
    throw new AppError("precondition_failed", "object_type_not_accepted", { key, type: set.type });
  }
  const { expected, target } = migration
    ? { expected: migration.sourceDatabase, target: targetOf(migration, task.restoredSince) }
    : await targetOfOthers(ctx, { object, set }, task);
  const verdict = assessChain({
    files: [{ name: key, complete: true, set }],
    from: target,
    database: expected,
    known: migration && knownIdentity(readMigration(migration).timelines),
  });
  // A database that was renamed is the same one; its name alone says nothing where family or fork do.
  if (expected !== null && verdict.problems.some(({ kind }) => kind === "wrong-database")) {
    throw new AppError("precondition_failed", "object_wrong_database", {
      key,
      database: set.databaseName ?? "?",
      expected,
    });
  }
  if (target && verdict.order.length === 0) throw doesNotContinue(key, set, target, verdict);
  return set;
}

/** The one set of an object whose bytes can be read. */
function setOf(reading: BackupReading, { bucket, key }: { bucket: string; key: string }): BackupSet {
  if (!reading.ok)
    throw new AppError("precondition_failed", "object_not_a_backup", {
      bucket,
      key,
      code: reading.error.code,
    });
  if (!reading.complete) throw new AppError("precondition_failed", "object_incomplete", { key });
  const [set, ...others] = reading.sets;
  if (!set || others.length > 0)
    throw new AppError("precondition_failed", "object_several_sets", { key, sets: reading.sets.length });
  return set;
}

const NO_TARGET = {
  differentialBaseGuid: null,
  differentialBaseLsn: null,
  lastRecoveryForkGuid: null,
  familyGuid: null,
};

/** What a task made in the console holds, by the headers of its files; where one was not found, no LSN speaks against ours. */
async function targetOfOthers(
  ctx: Ctx,
  next: { object: { connectionId: string; bucket: string; key: string }; set: BackupSet },
  { files, restoredSince }: { files: readonly RdsFile[]; restoredSince: readonly string[] },
): Promise<{ expected: string | null; target: ChainTarget | null }> {
  const held = await readTaskTarget(ctx, next.object, files);
  const { type, firstLsn } = next.set;
  if (held === null) {
    // Of what it began with nothing is known: a log must follow the newest one that went in from here.
    const follows = type === "log" && restoredSince.length > 0;
    return { expected: null, target: follows ? { ...NO_TARGET, lsn: farthest(restoredSince) } : null };
  }
  const lsn = farthest([held.target.lsn.toString(), ...restoredSince]);
  const mayReach = !held.whole && type === "log" && firstLsn !== null && firstLsn > lsn;
  return { expected: held.database, target: { ...held.target, lsn: mayReach ? firstLsn : lsn } };
}

/** What the target holds, as far as our record goes. */
function targetOf(migration: Migration, restoredSince: readonly string[]): ChainTarget | null {
  if (migration.targetLsn === null) return null;
  return {
    lsn: farthest([migration.targetLsn, ...restoredSince]),
    differentialBaseGuid: migration.targetBaseGuid,
    differentialBaseLsn: migration.targetBaseLsn === null ? null : parseLsn(migration.targetBaseLsn),
    lastRecoveryForkGuid: migration.targetForkGuid,
    familyGuid: migration.targetFamilyGuid,
  };
}

function farthest(lsns: readonly string[]): Lsn {
  let reached = 0n;
  for (const text of lsns) {
    const lsn = parseLsn(text);
    if (lsn > reached) reached = lsn;
  }
  return reached;
}

function doesNotContinue(key: string, set: BackupSet, target: ChainTarget, verdict: ChainVerdict): AppError {
  return new AppError("precondition_failed", "object_does_not_continue_chain", {
    key,
    kind: verdict.problems[0]?.kind ?? "not-needed",
    fromLsn: set.firstLsn?.toString() ?? "?",
    toLsn: set.lastLsn?.toString() ?? "?",
    atLsn: target.lsn.toString(),
  });
}
