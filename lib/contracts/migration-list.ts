import { z } from "zod";
import { USER_ACCESSES } from "@/lib/diagnosis/user-access";
import { CUSTODY_HOWS, CUSTODY_STANDINGS } from "@/lib/migration/vocabulary/custody";
import { MIGRATION_METHODS } from "@/lib/migration/vocabulary/method";
import { NEED_KEYS } from "@/lib/migration/vocabulary/need";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { ForecastView } from "./forecast";

export const StageView = z.object({
  phase: z.enum(PHASES),
  status: z.enum(STATUSES),
  current: z.boolean(),
  /** How long it took, once it is over. */
  tookMs: z.number().nullable(),
  /** Of the rounds: how many files went in. */
  files: z.number().nullable(),
});

/** Texts are `custody.*`. */
export const CustodyView = z.object({
  since: z.iso.datetime(),
  how: z.enum(CUSTODY_HOWS),
  standing: z.enum(CUSTODY_STANDINGS),
  /** Whom it let in before. */
  access: z.enum(USER_ACCESSES),
});
export type CustodyView = z.infer<typeof CustodyView>;

export const MigrationSummaryView = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(STATUSES),
  phase: z.enum(PHASES),
  sandbox: z.boolean(),
  method: z.enum(MIGRATION_METHODS).nullable(),
  source: z.object({
    connectionId: z.string().nullable(),
    name: z.string().nullable(),
    database: z.string().nullable(),
  }),
  target: z.object({
    connectionId: z.string().nullable(),
    instanceId: z.string().nullable(),
    database: z.string().nullable(),
  }),
  /** The thing a person must do next: text `needs.<key>`; null when nothing. */
  needs: z
    .object({ key: z.enum(NEED_KEYS), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** Its cutover is asked for, and held until somebody, a time or an answer releases it. */
  isArmed: z.boolean(),
  /** The source is closed by this migration, or may be: until the server says that it is open again. */
  custody: CustodyView.nullable(),
  /** Source's wall clock of the newest data that the target holds. */
  targetHoldsUntilLocal: z.string().nullable(),
  /** Minutes of that clock east of UTC; null until a header said it. */
  sourceOffsetMinutes: z.number().nullable(),
  /** Seconds of data not yet on the target, as of `serverNow`; null until the full is imported. */
  gapSeconds: z.number().nullable(),
  /** Null where no cutover can be forecast: before the full is imported, and once the cutover has begun. */
  forecast: ForecastView.nullable(),
  /** There is one, and it is not made yet: of a list of very many just after a start. */
  forecastPending: z.boolean().optional(),
  /** The way from preflight to online. */
  stages: z.array(StageView),
  importsToday: z.object({ used: z.number(), limit: z.number() }),
  filesImported: z.number(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
});
export type MigrationSummaryView = z.infer<typeof MigrationSummaryView>;

/** A migration that this version can't read, and the first column that says so. */
export const UnreadableMigrationView = z.object({
  id: z.string(),
  name: z.string(),
  at: z.object({ table: z.string(), id: z.string(), column: z.string() }),
});
export type UnreadableMigrationView = z.infer<typeof UnreadableMigrationView>;

export const MigrationListView = z.object({
  migrations: z.array(MigrationSummaryView),
  unreadable: z.array(UnreadableMigrationView),
  /** How many the record has beside these: put away, or over and older than the newest that are listed. */
  others: z.number().default(0),
  serverNow: z.iso.datetime(),
  /** Of this reading: what has changed since is asked for with it (`MigrationListChanges`). */
  cursor: z.string().optional(),
});
export type MigrationListView = z.infer<typeof MigrationListView>;
