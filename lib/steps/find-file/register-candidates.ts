import type { BackupSet } from "@/lib/backup/header";
import { storedHeader } from "@/lib/backup/stored-header";
import type { Tx } from "@/lib/context/context";
import { type FileProblem, judgeReading } from "@/lib/migration/judge-reading";
import { type BackupFile, Prisma } from "@/lib/store/generated/client";
import { headerColumns } from "@/lib/store/header-columns";
import { type FileRow, readFile } from "@/lib/store/typed-rows";
import { isUsable, verdictJson } from "../inspect/inspect-object";
import type { StepRun } from "../step-run";
import type { Candidate } from "./list-candidates";

/**
 * Makes a row of each new backup file; what is no backup at all is left alone. Throws ClaimLostError when another worker
 * looks by now: the rows are that one's to write.
 */
export function registerCandidates(run: StepRun, candidates: Candidate[]): Promise<FileRow[]> {
  return run.commit((tx) => register(run, tx, candidates), []);
}

async function register(run: StepRun, tx: Tx, candidates: Candidate[]): Promise<FileRow[]> {
  const { ctx, migration } = run;
  const rows: FileRow[] = [];
  for (const candidate of candidates) {
    const { reading, unread = null, witness } = candidate;
    const set = reading.ok ? reading.sets[0] : undefined;
    if (!set && unread === null) continue;
    const key = { migrationId: migration.id, objectKey: candidate.objectKey };
    // As it is now: another round may have handed it over since the claim.
    const known = await tx.backupFile.findUnique({ where: { migrationId_objectKey: key } });
    if (known && !isUsable(readFile(known))) continue;
    if (known && set && unread === null && isUnchanged(known, candidate, set)) {
      rows.push(readFile(known));
      continue;
    }
    const unusable = set ? refusedForItself(candidate) : null;
    const columns = {
      ...(set ? headerColumns(set, witness) : { header: Prisma.DbNull, witness: Prisma.DbNull }),
      unread: unread ? { ...unread } : Prisma.DbNull,
      name: candidate.name,
      localPath: candidate.localPath,
      sizeBytes: BigInt(candidate.sizeBytes),
      original: candidate.original ? { ...candidate.original } : Prisma.DbNull,
      state: unusable ? "failed" : candidate.localPath ? "written" : "uploaded",
      etag: candidate.localPath ? null : candidate.version,
      uploadedAt: candidate.localPath ? null : ctx.now(),
      ...(unusable ? { verdict: verdictJson(unusable) } : {}),
    };
    const row = await tx.backupFile.upsert({
      where: { migrationId_objectKey: key },
      create: { ...columns, id: ctx.newId(), ...key },
      update: columns,
    });
    rows.push(readFile(row));
  }
  return rows;
}

/** What it holds is more than one backup, whatever the chain is. */
function refusedForItself({ reading, name }: Candidate): FileProblem | null {
  const judged = judgeReading({ reading, name, target: null, database: null });
  return judged.verdict === "refused" && (reading.ok ? reading.sets.length > 1 : true)
    ? judged.problem
    : null;
}

/** The file that is known already: it keeps its state, so that nothing is sent twice and a refusal stands. */
function isUnchanged(known: BackupFile, { localPath, sizeBytes }: Candidate, set: BackupSet): boolean {
  const before = storedHeader(known.header);
  return (
    before !== null &&
    known.localPath === localPath &&
    known.sizeBytes === BigInt(sizeBytes) &&
    before.backupSetGuid === set.backupSetGuid &&
    before.firstLsn === set.firstLsn &&
    before.lastLsn === set.lastLsn
  );
}
