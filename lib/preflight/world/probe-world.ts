import type { BackupReading } from "@/lib/backup/header";
import type { Ctx } from "@/lib/context/context";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import type { BucketInfo, ObjectStore } from "@/lib/oss/object-store";
import { readObjectBackup } from "@/lib/oss/read-object-backup";
import type {
  CloudCaller,
  RdsAccount,
  RdsDatabase,
  RdsInstanceDetail,
  RdsUsage,
} from "@/lib/rds/rds-account";
import type { DatabaseFacts } from "@/lib/sqlserver/source-facts";
import type { ServerIdentity, SourceDatabase, SourceServer } from "@/lib/sqlserver/source-server";
import { loadConnection, storedCloudAccount, storedSqlServer } from "@/lib/store/load-connection";
import { askPatiently } from "./ask-patiently";
import { type CheckRun, loadCheckRun } from "./check-run";
import { type BucketPlace, locateBucket } from "./locate-bucket";
import { once } from "./once";
import { type BesideOnInstance, readBeside } from "./read-beside";
import { lookAtSource, type SourceWorld } from "./source-world";

/** What the probes look at. Every answer is asked for at most once, however many probes read it. */
export interface ProbeWorld {
  ctx: Ctx;
  draft: MigrationDraft;
  source: () => Promise<SourceServer>;
  /** What only the preflight asks of the source database. */
  facts: SourceWorld;
  /** The last CHECKDB that was run from here; null: none. */
  checkRun: () => Promise<CheckRun | null>;
  /** Login of the source connection's settings. */
  sourceUser: () => Promise<string>;
  identity: () => Promise<ServerIdentity>;
  /** Null: the server has no such database. */
  database: () => Promise<SourceDatabase | null>;
  store: () => Promise<ObjectStore>;
  bucket: () => Promise<BucketInfo>;
  /** Where the bucket lies; without `info` when it answers at another region's endpoint only. */
  bucketPlace: () => Promise<BucketPlace>;
  caller: () => Promise<CloudCaller>;
  /** Region of the cloud account's settings. */
  accountRegion: () => Promise<string>;
  /** As somebody set it by hand; null: the region's own. */
  ossEndpoint: () => Promise<string | null>;
  rds: () => Promise<RdsAccount>;
  instance: () => Promise<RdsInstanceDetail>;
  usage: () => Promise<RdsUsage>;
  databases: () => Promise<RdsDatabase[]>;
  /** What other migrations are about to take of the instance. */
  beside: () => Promise<BesideOnInstance>;
  /** Header of the object chosen as the full backup; null when none was chosen. */
  firstObject: () => Promise<BackupReading | null>;
}

export function lookAtWorld(ctx: Ctx, draft: MigrationDraft, migrationId: string | null = null): ProbeWorld {
  const server = once(() => loadConnection(ctx.db, draft.sourceConnectionId ?? "", "sql_server"));
  const source = once(async () => ctx.clients.source((await server()).id));
  const cloud = once(() => loadConnection(ctx.db, draft.cloudConnectionId ?? "", "cloud_account"));
  const store = once(async () => ctx.clients.objects((await cloud()).id));
  const rds = once(async () => ctx.clients.rds((await cloud()).id));
  const bucket = once(async () => {
    const objects = await store();
    return askPatiently(() => objects.bucketInfo(draft.bucket ?? ""));
  });
  const instanceId = draft.instanceId ?? "";
  return {
    ctx,
    draft,
    source,
    facts: lookAtSource(source, draft.sourceDatabase ?? ""),
    checkRun: once(async () => (migrationId === null ? null : loadCheckRun(ctx, migrationId))),
    sourceUser: async () => storedSqlServer(await server()).user,
    identity: once(async () => (await source()).identify()),
    database: once(async () => (await source()).findDatabase(draft.sourceDatabase ?? "")),
    store,
    bucket,
    bucketPlace: once(async () => locateBucket(await store(), draft.bucket ?? "", bucket)),
    caller: once(async () => (await rds()).getCaller()),
    accountRegion: async () => storedCloudAccount(await cloud()).regionId,
    ossEndpoint: async () => storedCloudAccount(await cloud()).ossEndpoint,
    rds,
    instance: once(async () => (await rds()).getInstance(instanceId)),
    usage: once(async () => (await rds()).getUsage(instanceId)),
    databases: once(async () => (await rds()).listDatabases(instanceId)),
    beside: once(() => readBeside(ctx, instanceId, migrationId)),
    firstObject: once(async () => {
      if (draft.firstObjectKey === null) return null;
      const { id } = await cloud();
      const object = { connectionId: id, bucket: draft.bucket ?? "", key: draft.firstObjectKey };
      return readObjectBackup(await store(), object);
    }),
  };
}

/** The draft's database, or `not_found` for the probes that need one. */
export async function databaseOf(world: ProbeWorld): Promise<SourceDatabase> {
  const database = await world.database();
  if (!database) throw new AppError("not_found", "source_database_not_found", databaseParams(world));
  return database;
}

function databaseParams(world: ProbeWorld): Record<string, string> {
  return { database: world.draft.sourceDatabase ?? "" };
}

/** The same in the preflight's own row. */
export async function factsOf(world: ProbeWorld): Promise<DatabaseFacts> {
  const facts = await world.facts.database();
  if (!facts) throw new AppError("not_found", "source_database_not_found", databaseParams(world));
  return facts;
}
