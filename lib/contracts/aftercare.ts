import { z } from "zod";
import { ComparedCounts, FirstBackup, RevertWindow } from "@/lib/migration/aftercare";
import { SourceSurroundings, SourceUser } from "@/lib/migration/source-inventory";
import { ACCOUNT_PRIVILEGES, AFTERCARE_STATES, AFTERCARE_STEPS } from "@/lib/migration/vocabulary/aftercare";
import { Failure } from "./connection";

/** Why the source's lists are not there: it can't be read any more, or could not be asked. */
export const INVENTORY_GAPS = ["closed", "not_told"] as const;

/** How one step stands. */
export const AftercareStepView = z.object({
  step: z.enum(AFTERCARE_STEPS),
  state: z.enum(AFTERCARE_STATES),
  /** Who settled it; null: it is open, or settled by what was done. */
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  note: z.string(),
});

/** A user of the source's database, and what there is of it on RDS. */
export const AftercareUser = SourceUser.extend({
  /** False: of Windows, or without a login: RDS can make none. */
  possible: z.boolean(),
  suggestedName: z.string(),
  suggestedPrivilege: z.enum(ACCOUNT_PRIVILEGES),
  /** The account that was created for it here. */
  account: z.string().nullable(),
  /** Whether RDS lists that account, or one of the suggested name, and what it may do in the database; null: it does not. */
  onRds: z.object({ name: z.string(), privilege: z.string().nullable() }).nullable(),
});
export type AftercareUser = z.infer<typeof AftercareUser>;

/** GET /api/migrations/:id/aftercare: what is left to do, and what source and RDS say of it now. */
export const AftercareView = z.object({
  steps: z.array(AftercareStepView),
  users: z.array(AftercareUser),
  inventory: SourceSurroundings.nullable(),
  /** Null: the lists are there. */
  inventoryGap: z.enum(INVENTORY_GAPS).nullable(),
  /** Rows at the source when writes were stopped; null: nobody counted. */
  sourceCounts: z.object({ tables: z.number(), rows: z.number() }).nullable(),
  counts: ComparedCounts.nullable(),
  /** Saved SQL Server connections, beside the source's, one of which may lead to RDS: Chainferry has no login there by itself. */
  countBy: z.array(z.object({ id: z.string(), name: z.string() })),
  backup: FirstBackup.nullable(),
  /** How far RDS says that its backup is; null: it does not run. */
  backupPercent: z.number().nullable(),
  policy: z
    .object({
      days: z.string(),
      time: z.string(),
      retentionDays: z.number().nullable(),
      logs: z.boolean().nullable(),
      nextAt: z.iso.datetime().nullable(),
    })
    .nullable(),
  revert: RevertWindow.nullable(),
  revertOpen: z.boolean(),
  /** Null: RDS answered. */
  rdsFailure: Failure.nullable(),
  /** To copy: T-SQL for the target, and for the source. */
  scripts: z.object({ counts: z.string(), orphans: z.string(), settings: z.string(), readOnly: z.string() }),
  serverNow: z.iso.datetime(),
});
export type AftercareView = z.infer<typeof AftercareView>;

const note = z.string().trim().max(500);

/** POST /api/migrations/:id/aftercare */
export const AftercareAction = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("settle"),
    step: z.enum(AFTERCARE_STEPS),
    state: z.enum(AFTERCARE_STATES),
    note,
  }),
  /** What the script of the row counts printed on RDS. */
  z.strictObject({ type: z.literal("compare_counts"), printed: z.string().max(2_000_000) }),
  /** The same, counted by us over a saved connection that leads to RDS. */
  z.strictObject({ type: z.literal("count_rows"), connectionId: z.string() }),
  /** The password goes to RDS and is kept nowhere. */
  z.strictObject({
    type: z.literal("create_account"),
    user: z.string(),
    account: z.string().min(2).max(64),
    password: z.string().min(8).max(32),
    privilege: z.enum(ACCOUNT_PRIVILEGES),
  }),
  /** For an account that is there already. */
  z.strictObject({
    type: z.literal("grant_account"),
    user: z.string(),
    account: z.string().min(2).max(64),
    privilege: z.enum(ACCOUNT_PRIVILEGES),
  }),
  z.strictObject({ type: z.literal("start_backup") }),
  /** How many hours the way back is kept from now on; 0 ends it. */
  z.strictObject({ type: z.literal("keep_way_back"), hours: z.number().int().min(0).max(720) }),
]);
export type AftercareAction = z.infer<typeof AftercareAction>;
