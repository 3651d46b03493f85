import type { Use } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import { AppError } from "@/lib/diagnosis/app-error";
import { Redactor } from "@/lib/diagnosis/redactor";
import type { Connection } from "@/lib/store/generated/client";
import { storedCloudAccount, storedSqlServer } from "@/lib/store/load-connection";
import { listUnknownMessages } from "../record/list-unknown-messages";
import { Examination, type ExaminedCall, type Observed } from "./examination";
import { examineOss, examineRds } from "./examine-cloud";
import { examineSource } from "./examine-source";

/** What is asked about; null or empty: what migrations use, else the first that there is. */
export interface DoctorInput {
  /** Id or name; null: every connection. */
  connection: string | null;
  bucket: string | null;
  instanceId: string | null;
  database: string | null;
  observed: Observed;
}

/** Safe to share: no secret, account id, or name of a host, database, bucket or object is in it. */
export interface DoctorReport {
  version: string;
  at: string;
  connections: { connection: string; kind: string; calls: ExaminedCall[] }[];
  /** What migrations met and no text explains. */
  unknownMessages: { system: string; code: string; message: string; count: number; lastSeenAt: string }[];
  refused: number;
  differences: number;
  /** Everything was asked, answered, and is as assumed. */
  agreed: boolean;
}

/**
 * Makes every reading call against the saved connections and compares what comes with what the code assumes. Nothing is
 * written, on no side. Throws `not_found` for a connection that there is not.
 */
export async function examine({ ctx, input }: Use<DoctorInput>): Promise<DoctorReport> {
  requireRole(ctx.actor, "operator");
  const redactor = new Redactor();
  const rows = await ctx.db.connection.findMany({
    where: { archivedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const { connection } = input;
  const chosen = rows.filter(
    ({ id, name }) => connection === null || connection === id || connection === name,
  );
  if (chosen.length === 0) throw new AppError("not_found", "connection_not_found");
  for (const { name } of rows) redactor.learn("name", name);
  const connections: DoctorReport["connections"] = [];
  for (const row of chosen) {
    const examination = new Examination(input.observed, redactor, ctx.now);
    if (row.kind === "sql_server") await examineSourceOf(row, examination, { ctx, input });
    else await examineCloudOf(row, examination, { ctx, input });
    const { calls } = examination;
    connections.push({ connection: redactor.learn("name", row.name), kind: row.kind, calls });
  }
  const unknown = await listUnknownMessages({ ctx });
  const calls = connections.flatMap((one) => one.calls);
  const refused = calls.filter(({ outcome }) => outcome === "refused").length;
  const differences = calls.reduce((sum, call) => sum + call.differences.length, 0);
  return {
    version: ctx.system.version,
    at: ctx.now().toISOString(),
    connections,
    unknownMessages: unknown.map(({ system, code, text, count, lastSeenAt }) => ({
      system,
      code: redactor.text(code),
      message: redactor.text(text),
      count,
      lastSeenAt: lastSeenAt.toISOString(),
    })),
    refused,
    differences,
    agreed: refused === 0 && differences === 0,
  };
}

async function examineSourceOf(
  row: Connection,
  examination: Examination,
  { ctx, input }: Use<DoctorInput>,
): Promise<void> {
  const { host, instanceName, user } = storedSqlServer(row);
  const { redactor } = examination;
  redactor.learn("host", host);
  redactor.learn("host", instanceName);
  redactor.learn("user", user);
  const used = await ctx.db.migration.findMany({
    where: { sourceConnectionId: row.id, sourceDatabase: { not: null } },
    orderBy: { createdAt: "desc" },
    select: { sourceDatabase: true },
  });
  for (const { sourceDatabase } of used) redactor.learn("database", sourceDatabase);
  const source = await examination.ask({
    system: "sql_server",
    asked: "connect",
    ask: () => ctx.clients.source(row.id),
  });
  // What migrations used may be gone from the source by now: only who names a database wants that one.
  if (source) await examineSource(examination, source, { database: input.database });
}

async function examineCloudOf(
  row: Connection,
  examination: Examination,
  { ctx, input }: Use<DoctorInput>,
): Promise<void> {
  const { accessKeyId, regionId, rdsEndpoint, ramEndpoint, ossEndpoint, ossDomain } = storedCloudAccount(row);
  const { redactor } = examination;
  redactor.learn("key", accessKeyId);
  for (const endpoint of [rdsEndpoint, ramEndpoint, ossEndpoint, ossDomain]) {
    if (endpoint) redactor.learn("host", new URL(endpoint).hostname);
  }
  const used = await ctx.db.migration.findMany({
    where: { cloudConnectionId: row.id },
    select: { bucket: true, instanceId: true, targetDatabase: true },
  });
  for (const { targetDatabase } of used) redactor.learn("database", targetDatabase);
  const named = (one: string | null, others: (string | null)[]): string[] =>
    one !== null ? [one] : [...new Set(others.filter((other) => other !== null))];
  const rds = await ctx.clients.rds(row.id);
  const instanceIds = named(
    input.instanceId,
    used.map(({ instanceId }) => instanceId),
  );
  await examineRds(examination, rds, { instanceIds, now: ctx.now() });
  const objects = await ctx.clients.objects(row.id);
  const buckets = named(
    input.bucket,
    used.map(({ bucket }) => bucket),
  );
  await examineOss(examination, objects, { buckets, regionId });
}
