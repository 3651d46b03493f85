import { z } from "zod";
import { CUSTODY_STANDINGS } from "@/lib/migration/vocabulary/custody";
import { DRIFT_KINDS } from "@/lib/migration/vocabulary/drift-kind";
import { NEED_KEYS } from "@/lib/migration/vocabulary/need";
import { PHASES } from "@/lib/migration/vocabulary/phase";
import { STATUSES } from "@/lib/migration/vocabulary/status";
import { ForecastView } from "./forecast";
import { StageView } from "./migration-list";

/** For how long a link may be good: hours and days. Texts are `share.span.<span>`. */
export const SHARE_SPANS = ["8h", "1d", "7d", "30d"] as const;
export const ShareSpan = z.enum(SHARE_SPANS);
export type ShareSpan = z.infer<typeof ShareSpan>;

/** POST /api/shares. `migrationId` null: the wall screen, all that run. */
export const ShareInput = z.strictObject({
  migrationId: z.string().min(1).max(100).nullable(),
  span: ShareSpan,
});
export type ShareInput = z.infer<typeof ShareInput>;

export const ShareLinkView = z.object({
  id: z.string(),
  /** Null: of the wall screen. */
  migration: z.object({ id: z.string(), name: z.string() }).nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** When somebody last looked, to the minute. */
  seenAt: z.iso.datetime().nullable(),
});
export type ShareLinkView = z.infer<typeof ShareLinkView>;
export const ShareLinkListView = z.object({ links: z.array(ShareLinkView) });

/** POST /api/shared */
export const SharedInput = z.strictObject({ token: z.string().min(1).max(200) });

/**
 * What whoever has a link sees of a migration: names of database and instance, how far it is and what is wrong, by its key alone. No
 * field of it can hold a path, a login, a script or a message of a server: what is added here is shown to people who are not signed in.
 */
export const SharedMigrationView = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(STATUSES),
  phase: z.enum(PHASES),
  sandbox: z.boolean(),
  source: z.object({ database: z.string().nullable() }),
  target: z.object({ instanceId: z.string().nullable() }),
  needs: z.object({ key: z.enum(NEED_KEYS) }).nullable(),
  custody: z.object({ standing: z.enum(CUSTODY_STANDINGS) }).nullable(),
  targetHoldsUntilLocal: z.string().nullable(),
  sourceOffsetMinutes: z.number().nullable(),
  gapSeconds: z.number().nullable(),
  forecast: ForecastView.nullable(),
  stages: z.array(StageView),
  importsToday: z.object({ used: z.number(), limit: z.number() }),
  startedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  alarms: z.array(z.object({ kind: z.enum(DRIFT_KINDS) })),
  allowed: z.array(z.enum(["cutover"])),
  armed: z
    .object({
      until: z.discriminatedUnion("by", [
        z.object({ by: z.literal("person") }),
        z.object({ by: z.literal("time"), at: z.iso.datetime() }),
        z.object({ by: z.literal("http") }),
        z.object({ by: z.literal("wave") }),
      ]),
    })
    .nullable(),
  cutover: z
    .object({
      writesStoppedAt: z.iso.datetime().nullable(),
      onlineAt: z.iso.datetime().nullable(),
      forecastP90Seconds: z.number().nullable(),
      downtimeSeconds: z.number().nullable(),
    })
    .nullable(),
  takenBack: z.boolean(),
});
export type SharedMigrationView = z.infer<typeof SharedMigrationView>;

export const SharedView = z.object({
  /** Of one migration, or of all that run. */
  of: z.enum(["migration", "wall"]),
  migrations: z.array(SharedMigrationView),
  expiresAt: z.iso.datetime(),
  serverNow: z.iso.datetime(),
});
export type SharedView = z.infer<typeof SharedView>;
