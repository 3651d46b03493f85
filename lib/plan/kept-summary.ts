import { z } from "zod";
import { BACKUP_KINDS } from "@/lib/backup/backup-kind";
import { CustodyView, StageView } from "@/lib/contracts/migration-list";
import { custodyStanding } from "@/lib/migration/release-rules";
import type { MigrationSnapshot } from "@/lib/migration/snapshot";
import { CHECK_MODES } from "@/lib/migration/vocabulary/check-mode";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { NEED_KEYS } from "@/lib/migration/vocabulary/need";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import type { RuledMigration } from "@/lib/store/migration-rows";
import { forecastGround } from "./forecast";
import { snapshotOf } from "./snapshot-of";
import { stagesOf } from "./stages";
import { standingChangesAtMs, standingOf } from "./standing";
import { targetDataOf } from "./target-data";

/** Goes up whenever what is kept changes: a summary of another format is made anew. */
const FORMAT = 2;

const MeasuredRound = z.object({
  type: z.enum(BACKUP_KINDS),
  bytes: z.number(),
  startedAtMs: z.number(),
  backupSeconds: z.number().nullable(),
  uploadSeconds: z.number().nullable(),
  importSeconds: z.number().nullable(),
});

/** What the list of all migrations says of one beside its plain columns; only the time that passes is missing. */
export const KeptSummary = z.object({
  format: z.literal(FORMAT),
  /** From then on the standing is another although nothing was written, milliseconds since 1970; null: never. */
  untilMs: z.number().nullable(),
  status: z.enum(STATUSES),
  phase: z.enum(PHASES),
  needs: z
    .object({ key: z.enum(NEED_KEYS), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  method: z.enum(MIGRATION_METHODS).nullable(),
  checkMode: z.enum(CHECK_MODES).nullable(),
  custody: CustodyView.nullable(),
  heldUntil: z.object({ untilLocal: z.string().nullable(), untilMs: z.number().nullable() }),
  stages: z.array(StageView),
  filesImported: z.number(),
  /** What a forecast is made from; null: there is none. */
  ground: z
    .object({
      limitBytes: z.number(),
      rounds: z.array(MeasuredRound),
      counted: z.object({ files: z.number(), logs: z.number() }),
      rehearsal: z.object({ openSeconds: z.number() }).nullable(),
    })
    .nullable(),
});
export type KeptSummary = z.infer<typeof KeptSummary>;

/** What is to be kept of a migration as its rows are now; `snapshot`: of the same rows, where somebody has it. */
export function summarise(row: RuledMigration, nowMs: number, snapshot = snapshotOf(row)): KeptSummary {
  const standing = standingOf(snapshot, nowMs);
  const { status, phase, needs } = standing;
  return {
    format: FORMAT,
    untilMs: standingChangesAtMs(snapshot, nowMs),
    status,
    phase,
    needs: needs && { ...needs, params: { ...needs.params, ...needParams(row) } },
    method: row.method,
    checkMode: row.checkMode,
    custody: toCustodyView(row, snapshot),
    heldUntil: targetDataOf(row.files),
    stages: stagesOf(snapshot, standing),
    filesImported: row.files.filter((file) => file.state === "imported").length,
    ground: forecastGround(snapshot),
  };
}

function toCustodyView(row: RuledMigration, snapshot: MigrationSnapshot): KeptSummary["custody"] {
  const standing = custodyStanding(snapshot, row.onlineAt !== null);
  if (row.custody === null || standing === null) return null;
  const { since, how, before } = row.custody;
  return { since, how, standing, access: before.userAccess };
}

/** What a person needs to find the file that is missing. */
function needParams(row: RuledMigration): Record<string, string | number> {
  const refused = row.files.find((file) => file.state === "refused");
  return {
    ...(row.targetLsn === null ? {} : { atLsn: row.targetLsn }),
    ...(refused?.verdict ? { kind: refused.verdict.kind } : {}),
  };
}

/**
 * The kept summary, where it is of this version of the migration, of this program's format, and time has not made it another;
 * null: it is to be made anew.
 */
export function freshSummary(
  { version, summary, summaryOf }: { version: number; summary: unknown; summaryOf: number | null },
  nowMs: number,
): KeptSummary | null {
  if (summaryOf !== version) return null;
  const read = KeptSummary.safeParse(summary);
  if (!read.success) return null;
  const { untilMs } = read.data;
  return untilMs === null || nowMs < untilMs ? read.data : null;
}
