import type { ConnectionTest } from "@/lib/contracts/connection";
import type { ConnectionFactKey } from "@/lib/diagnosis/connection-fact-keys";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { majorOf } from "@/lib/sqlserver/server-version";
import type { SourceRights } from "@/lib/sqlserver/source-facts";
import type { ServerIdentity, SourceServer } from "@/lib/sqlserver/source-server";

type Fact = ConnectionTest["facts"][number];

/** More than this and backup times shown as source time mislead. */
const CLOCK_TOLERANCE_SECONDS = 60;

export interface Findings {
  facts: Fact[];
  failure: ReturnType<typeof failureOf> | null;
}

/** What a source server says of itself. Rights are found out by using them: nothing is changed by it. */
export async function testSource(source: SourceServer, now: () => Date): Promise<Findings> {
  let identity: ServerIdentity;
  try {
    identity = await source.identify();
  } catch (error) {
    return { facts: [], failure: failureOf(error) };
  }
  const skew = clockSkewSeconds(identity, now());
  const facts: Fact[] = [
    fact("server_name", identity.serverName, null),
    fact("version", identity.productVersion, majorOf(identity.productVersion) >= 9),
    fact("edition", identity.edition, null),
    fact("encrypted", yesNo(identity.encrypted), identity.encrypted),
    fact("sysadmin", yesNo(identity.isSysadmin), identity.isSysadmin ? true : null),
    fact(
      "clock",
      skew === null ? "unknown" : String(skew),
      skew === null ? null : Math.abs(skew) <= CLOCK_TOLERANCE_SECONDS,
    ),
  ];
  facts.push(await tryRight("databases", async () => String((await source.listDatabases()).length)));
  facts.push(
    await tryRight("backup_history", async () => {
      await source.listBackups({ database: "master", limit: 1 });
      return "yes";
    }),
  );
  facts.push(...(await rightFacts(source)));
  return { facts, failure: null };
}

/** A server with thousands of databases must not make the test wait. */
const DATABASES_ASKED = 100;

/** The rights of a migration by name, those of the server first, then in how many databases a backup may be taken. */
async function rightFacts(source: SourceServer): Promise<Fact[]> {
  try {
    const server = await source.facts.rights("master");
    const missing = server.sysadmin ? [] : SERVER_RIGHTS.filter(([, held]) => held(server) === false);
    const names = missing.map(([name]) => name).join(", ");
    const databases = (await source.listDatabases()).slice(0, DATABASES_ASKED);
    let held = 0;
    for (const { name } of databases) {
      const { sysadmin, backupDatabase, backupLog } = await source.facts.rights(name);
      if (sysadmin || (backupDatabase === true && backupLog === true)) held += 1;
    }
    return [
      fact("rights", names === "" ? "all" : names, names === ""),
      fact("backup_rights", `${held}/${databases.length}`, held > 0 || databases.length === 0),
    ];
  } catch (error) {
    return [fact("rights", failureOf(error).reason, false)];
  }
}

const SERVER_RIGHTS: readonly [string, (rights: SourceRights) => boolean | null][] = [
  ["VIEW SERVER STATE", (rights) => rights.viewServerState],
  ["VIEW ANY DEFINITION", (rights) => rights.viewAnyDefinition],
  ["CREATE ANY DATABASE", (rights) => rights.createAnyDatabase],
  ["SELECT ON msdb.dbo.backupset", (rights) => rights.selectBackupset],
  ["SELECT ON msdb.dbo.sysjobsteps", (rights) => rights.selectJobs],
];

async function tryRight(key: ConnectionFactKey, use: () => Promise<string>): Promise<Fact> {
  try {
    return fact(key, await use(), true);
  } catch (error) {
    return fact(key, failureOf(error).reason, false);
  }
}

export function fact(key: ConnectionFactKey, value: string, ok: boolean | null): Fact {
  return { key, value, ok };
}

function yesNo(value: boolean | null): string {
  if (value === null) return "unknown";
  return value ? "yes" : "no";
}

/** The server's wall clock against ours, seconds; positive when theirs is ahead. */
export function clockSkewSeconds(
  identity: Pick<ServerIdentity, "localTime" | "utcOffsetMinutes">,
  now: Date,
): number | null {
  const asUtc = Date.parse(`${identity.localTime.replace(" ", "T").replace(/Z$/, "")}Z`);
  if (Number.isNaN(asUtc)) return null;
  return Math.round((asUtc - identity.utcOffsetMinutes * 60_000 - now.getTime()) / 1000);
}
