import type { BackupSet } from "@/lib/backup/header";
import { fromHeaderJson } from "@/lib/backup/header-json";
import { storedHeader } from "@/lib/backup/stored-header";
import type { MigrationAction, StatedBackup } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import type { FileWitness } from "@/lib/migration/file-witness";
import { appendEvents } from "@/lib/store/append-events";
import { Prisma } from "@/lib/store/generated/client";
import { headerColumns } from "@/lib/store/header-columns";
import type { MigrationRows } from "@/lib/store/migration-rows";
import type { ActionContext } from "./action-context";

/**
 * A person says what a backup is that cannot be read here, or that it may go on as SQL Server or msdb has told it. Their
 * name stands at the file and in the record. Throws `not_found`, `conflict`/`file_not_unread` for a file about which
 * nobody is asked, `validation` for LSNs that no backup has.
 */
export async function stateFile(
  { ctx, tx, row }: ActionContext,
  { fileId, is }: Extract<MigrationAction, { type: "state_file" }>,
): Promise<void> {
  const file = row.files.find((candidate) => candidate.id === fileId);
  if (!file) throw new AppError("not_found", "file_not_found");
  const { unread } = file;
  const told = storedHeader(file.header);
  if (unread === null || (is === null && (unread.told === null || told === null)))
    throw new AppError("conflict", "file_not_unread", { file: file.name });
  const who = ctx.actor.name;
  const witness: FileWitness =
    is === null && unread.told !== null ? { by: unread.told, who } : { by: "person", who };
  const encrypted = unread.seal === "encrypted";
  const set = is === null ? told : statedSet(row, is, encrypted);
  if (set === null) throw new AppError("conflict", "file_not_unread", { file: file.name });
  await tx.backupFile.update({
    where: { id: fileId },
    data: { ...headerColumns(set, witness), unread: Prisma.DbNull },
  });
  const { type, firstLsn, lastLsn } = set;
  await appendEvents(tx, {
    migrationId: row.id,
    actor: who,
    at: ctx.now(),
    events: [
      {
        type: "file_stated",
        payload: {
          file: file.name,
          type,
          firstLsn: firstLsn?.toString() ?? null,
          lastLsn: lastLsn?.toString() ?? null,
          by: witness.by,
        },
      },
    ],
  });
  // What waits for this answer looks at once.
  await tx.migrationStep.updateMany({
    where: { migrationId: row.id, kind: "find_file", status: "waiting_for_user" },
    data: { dueAt: null },
  });
}

/** Of the migration's own database and timeline, since that is what was asked; a differential on the target's full. */
function statedSet(row: MigrationRows, is: StatedBackup, encrypted: boolean): BackupSet {
  const { type, firstLsn, lastLsn, checkpointLsn } = is;
  if (BigInt(lastLsn) <= BigInt(firstLsn)) throw invalid("lastLsn", "field_wrong_order");
  const isFull = type === "full";
  const identity = identityOf(row);
  return fromHeaderJson({
    type,
    encrypted,
    compressed: true,
    databaseName: row.sourceDatabase,
    firstLsn,
    lastLsn,
    checkpointLsn: isFull ? (checkpointLsn ?? firstLsn) : null,
    ...identity,
    differentialBaseGuid: type === "differential" ? row.targetBaseGuid : null,
    differentialBaseLsn: type === "differential" ? row.targetBaseLsn : null,
  });
}

/** What the target holds, else what all files are of whose headers say it; nothing where they do not agree. */
function identityOf(row: MigrationRows): { familyGuid: string | null; lastRecoveryForkGuid: string | null } {
  if (row.targetFamilyGuid !== null || row.targetForkGuid !== null)
    return { familyGuid: row.targetFamilyGuid, lastRecoveryForkGuid: row.targetForkGuid };
  const headers = row.files.flatMap((file) => storedHeader(file.header) ?? []);
  const only = (guids: (string | null)[]) => {
    const [first = null, ...others] = new Set(guids.filter((guid) => guid !== null));
    return others.length === 0 ? first : null;
  };
  return {
    familyGuid: only(headers.map((set) => set.familyGuid)),
    lastRecoveryForkGuid: only(headers.map((set) => set.lastRecoveryForkGuid)),
  };
}

function invalid(path: string, reason: string): AppError {
  return new AppError("validation", "invalid_input", {}, [{ path, reason }]);
}
