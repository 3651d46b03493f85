import { judgeReading } from "@/lib/migration/judge-reading";
import { Prisma } from "@/lib/store/generated/client";
import { headerColumns } from "@/lib/store/header-columns";
import { type FileRow, readFile } from "@/lib/store/typed-rows";
import { isUsable, verdictJson } from "../inspect/inspect-object";
import type { StepRun } from "../step-run";
import type { Candidate } from "./list-candidates";

/** Makes a row of each new backup file; what is no backup at all is left alone. */
export async function registerCandidates(run: StepRun, candidates: Candidate[]): Promise<FileRow[]> {
  const { ctx, migration } = run;
  const rows: FileRow[] = [];
  for (const candidate of candidates) {
    const { reading } = candidate;
    const set = reading.ok ? reading.sets[0] : undefined;
    if (!set) continue;
    const known = migration.files.find((file) => file.objectKey === candidate.objectKey);
    if (known && !isUsable(known)) continue;
    const judged = judgeReading({ reading, name: candidate.name, target: null, database: null });
    const unusable =
      judged.verdict === "refused" && (reading.ok ? reading.sets.length > 1 : true) ? judged.problem : null;
    const columns = {
      ...headerColumns(set),
      name: candidate.name,
      localPath: candidate.localPath,
      sizeBytes: BigInt(candidate.sizeBytes),
      original: candidate.original ? { ...candidate.original } : Prisma.DbNull,
      state: unusable ? "failed" : candidate.localPath ? "written" : "uploaded",
      etag: candidate.localPath ? null : candidate.version,
      uploadedAt: candidate.localPath ? null : ctx.now(),
      ...(unusable ? { verdict: verdictJson(unusable) } : {}),
    };
    const { migrationId, objectKey } = { migrationId: migration.id, objectKey: candidate.objectKey };
    const row = await ctx.db.backupFile.upsert({
      where: { migrationId_objectKey: { migrationId, objectKey } },
      create: { ...columns, id: ctx.newId(), migrationId, objectKey },
      update: columns,
    });
    rows.push(readFile(row));
  }
  return rows;
}
