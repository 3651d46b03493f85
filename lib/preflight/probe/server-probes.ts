import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { majorOf } from "@/lib/sqlserver/server-version";
import type { Finding, Probe } from "./probe";

/** SQL Server 2005 is 9: the oldest whose backups any version that RDS offers restores. */
const OLDEST_MAJOR = 9;
/** EngineEdition of services that write no chain of backups into files. https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql */
const AZURE_SERVICES: ReadonlyMap<number, string> = new Map([
  [5, "sql_database"],
  [8, "managed_instance"],
]);
/** msdb and backup headers tell times by the server's clock; a minute does not confuse anybody. */
const CLOCK_SECONDS = 60;

/** The server itself. */
export function serverProbes(world: ProbeWorld): Probe[] {
  return [
    {
      id: "source.reachable",
      asked: "SERVERPROPERTY('ServerName'), @@VERSION",
      params: {},
      whenUnreachable: "block",
      cheap: true,
      look: async () => {
        const [identity, user] = await Promise.all([world.identity(), world.sourceUser()]);
        return {
          verdict: "pass",
          params: { server: identity.serverName, user },
          answer: identity.versionText.split("\n")[0]?.trim() ?? "",
        };
      },
    },
    {
      id: "source.version",
      asked: "SERVERPROPERTY('ProductVersion'), SERVERPROPERTY('Edition')",
      params: {},
      look: async () => {
        const { productVersion, productLevel, edition } = await world.identity();
        return {
          verdict: majorOf(productVersion) < OLDEST_MAJOR ? "block" : "pass",
          params: { version: productVersion, edition },
          answer: `${productVersion} ${productLevel}, ${edition}`,
        };
      },
    },
    {
      id: "source.service",
      asked: "SERVERPROPERTY('EngineEdition')",
      params: {},
      prevents:
        "Msg 40510: Statement … is not supported in this version of SQL Server. / Msg 41901: One or more of the options (disk) are not supported for this statement in SQL Database Managed Instance.",
      look: async () => {
        const { engineEdition } = await world.identity();
        const service = AZURE_SERVICES.get(engineEdition) ?? "own";
        return {
          verdict: service === "own" ? "pass" : "block",
          params: { service },
          answer: `EngineEdition ${engineEdition}`,
        };
      },
    },
    { id: "source.clock", asked: "SYSUTCDATETIME()", params: {}, look: () => clockFinding(world) },
  ];
}

/** Half of the answer's way is taken for the way back; what is left may be the network's. */
async function clockFinding(world: ProbeWorld): Promise<Finding> {
  const { facts } = await world.source();
  const before = world.ctx.now().getTime();
  const server = Date.parse(await facts.utcTime());
  const after = world.ctx.now().getTime();
  const ahead = Math.round((server - (before + after) / 2) / 1000);
  const seconds = Math.abs(ahead);
  return {
    verdict: seconds > CLOCK_SECONDS ? "warn" : "pass",
    params: { seconds, side: ahead < 0 ? "behind" : "ahead" },
    answer: `${new Date(server).toISOString()}, ${ahead < 0 ? "-" : "+"}${seconds} s`,
    gist: seconds > CLOCK_SECONDS ? `${Math.round(ahead / 60)} min` : "right",
  };
}
