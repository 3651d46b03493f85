import { createWriteStream } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "@/lib/context/context";
import type { WayBackView } from "@/lib/contracts/way-back";
import { openFileByteSource } from "@/lib/oss/file-byte-source";
import { openArchive } from "@/lib/oss/open-archive";
import { actOnAftercare } from "@/lib/services/aftercare/act-on-aftercare";
import { getWayBack } from "@/lib/services/aftercare/get-way-back";
import { giveWayBackLink } from "@/lib/services/aftercare/give-way-back-link";
import { startWayBackBackup } from "@/lib/services/aftercare/start-way-back-backup";
import { SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import { openPool } from "@/lib/sqlserver/open-pool";
import { runStatement } from "@/lib/sqlserver/run-statement";
import { controlHeaders } from "@/sandbox/control/control-key";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** How the data came back to the source after the database was open on RDS. */
export interface PlayedWayBack {
  rule: WayBackView["rule"];
  /** Tables whose rows RDS had right after the opening as the source had them when writes were stopped. */
  openedEqual: { tables: number; equal: number } | null;
  backupId: string | null;
  downloadedBytes: number;
  /** Rows of all tables on RDS when its backup was taken, and at the source after the restore. */
  rdsRows: number;
  sourceRows: number;
  tables: number;
  equalTables: number;
  /** Who may connect to the source's database after the script, and after the line that opens it. */
  access: { restored: string | null; opened: string | null };
}

const LOOK_MS = 250;
/** Of applications on RDS, in sandbox seconds. */
const WRITTEN_SECONDS = 1_800;

/**
 * Goes back as the plan says: applications have written to RDS, RDS takes a backup, its link is followed, the archive unpacked where
 * the script looks for it, the script run at the source, and the rows of both sides compared.
 */
export async function playWayBack(
  ctx: Ctx,
  migrationId: string,
  endpoints: SandboxEndpoints,
): Promise<PlayedWayBack> {
  const row = await ctx.db.migration.findUniqueOrThrow({ where: { id: migrationId } });
  const [onRds, atSource] = [row.targetDatabase ?? "", row.sourceDatabase ?? ""];
  const opened = await countOnRds(endpoints, onRds);
  const compared = await actOnAftercare({
    ctx,
    input: { migrationId, action: { type: "compare_counts", printed: printedOf(opened) } },
  });
  const written = await writeOnRds(endpoints, onRds);
  const way = await takeBackup(ctx, migrationId);
  const backupId = way.backup?.backupId ?? way.sets[0]?.backupId ?? "";
  const { url } = await giveWayBackLink({ ctx, input: { migrationId, backupId } });
  const downloadedBytes = await fetchBackup(url, {
    folder: endpoints.sqlServer.localFolder,
    name: way.file.slice(way.file.lastIndexOf("\\") + 1),
  });
  const source = await ctx.clients.source(SANDBOX_SOURCE_ID);
  const accessOf = async () => (await source.findDatabase(atSource))?.userAccess ?? null;
  await runScript(endpoints, way.script);
  const restored = await accessOf();
  const counts = await source.rowCounts(atSource);
  const [last = ""] = way.script.split("\n").slice(-1);
  await runScript(endpoints, last.replace(/^-- /, ""));
  const tables = Object.keys({ ...written, ...counts });
  return {
    rule: way.rule,
    openedEqual: compared.counts && { tables: compared.counts.tables, equal: compared.counts.equal },
    backupId,
    downloadedBytes,
    rdsRows: sumOf(written),
    sourceRows: sumOf(counts),
    tables: tables.length,
    equalTables: tables.filter((table) => written[table] === counts[table]).length,
    access: { restored, opened: await accessOf() },
  };
}

const sumOf = (rows: Readonly<Record<string, number>>) =>
  Object.values(rows).reduce((sum, one) => sum + one, 0);
const printedOf = (rows: Readonly<Record<string, number>>) =>
  Object.entries(rows)
    .map(([table, count]) => `${table}\t${count}`)
    .join("\n");

async function takeBackup(ctx: Ctx, migrationId: string): Promise<WayBackView> {
  let way = await startWayBackBackup({ ctx, input: { migrationId } });
  while (way.backup?.ok === null) {
    await new Promise((settle) => setTimeout(settle, LOOK_MS));
    way = await getWayBack({ ctx, input: { migrationId } });
  }
  return way;
}

/** Downloads the archive and unpacks its one file under the name that the script asks for; its size in bytes. */
async function fetchBackup(url: string, to: { folder: string; name: string }): Promise<number> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The download was answered with ${answer.status}`);
  const archive = join(to.folder, `${to.name}.zip`);
  await writeFile(archive, Buffer.from(await answer.arrayBuffer()));
  const source = await openFileByteSource(archive);
  try {
    const [file] = await openArchive(source, archive);
    if (!file) throw new Error("The archive is empty");
    await pipeline(Readable.from(file.open()), createWriteStream(join(to.folder, to.name)));
  } finally {
    await source.close();
    await rm(archive);
  }
  return source.sizeBytes;
}

/** As a person's query window would. */
async function runScript({ sqlServer }: SandboxEndpoints, text: string): Promise<void> {
  const { host, port, user, password } = sqlServer;
  const pool = await openPool(
    { host, port, user, password, encrypt: "on", trustServerCertificate: true },
    { size: 1, requestTimeoutMs: 0 },
  );
  try {
    await runStatement(pool, { text });
  } finally {
    await pool.close();
  }
}

/** What a query on RDS would count; throws where no such database is open. */
async function countOnRds(endpoints: SandboxEndpoints, database: string): Promise<Record<string, number>> {
  return rowsOf(endpoints, `/sandbox/rows?database=${encodeURIComponent(database)}`);
}

function writeOnRds(endpoints: SandboxEndpoints, database: string): Promise<Record<string, number>> {
  const body = JSON.stringify({ database, seconds: WRITTEN_SECONDS });
  return rowsOf(endpoints, "/sandbox/writes", { method: "POST", body });
}

async function rowsOf(
  { rds, accessKeySecret }: SandboxEndpoints,
  path: string,
  init: RequestInit = {},
): Promise<Record<string, number>> {
  const answer = await fetch(`${rds.endpoint}${path}`, { ...init, headers: controlHeaders(accessKeySecret) });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  const { rows } = (await answer.json()) as { rows: Record<string, number> };
  return rows;
}
