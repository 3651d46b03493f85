import type { Ctx } from "@/lib/context/context";
import { SqlServerSettings } from "@/lib/contracts/connection";
import { isAppError } from "@/lib/diagnosis/app-error";
import { isExternalError } from "@/lib/diagnosis/external-error";
import type { RecordedBackup } from "@/lib/sqlserver/recorded-backup";
import type { SourceServer } from "@/lib/sqlserver/source-server";

export interface AskedReplicas {
  recorded: RecordedBackup[];
  /** Replicas to which no saved connection leads, or that did not answer: a person has to look there. */
  unasked: string[];
}

interface Question {
  source: SourceServer;
  database: string;
  ask: (replica: SourceServer) => Promise<RecordedBackup[]>;
}

/**
 * Asks the other servers of a database's availability group, those to which a saved connection leads: what one msdb does not
 * know proves nothing. A group that may not be seen counts as none.
 */
export async function askReplicas(ctx: Ctx, { source, database, ask }: Question): Promise<AskedReplicas> {
  const names = (await orNull(source.listReplicas(database))) ?? [];
  if (names.length === 0) return { recorded: [], unasked: [] };
  const rows = await ctx.db.connection.findMany({ where: { kind: "sql_server", archivedAt: null } });
  const answers = await Promise.all(
    names.map(async (name) => {
      const row = rows.find(({ config }) => {
        const settings = SqlServerSettings.safeParse(config).data;
        return settings !== undefined && isSameServer(settings, name);
      });
      return row ? orNull(ctx.clients.source(row.id).then(ask)) : null;
    }),
  );
  return {
    recorded: answers.flatMap((found) => found ?? []),
    unasked: names.filter((_, i) => answers[i] === null),
  };
}

/** `NODE2\INST` is the host `node2.corp.example` with the instance `INST`: groups know machines without their domain. */
function isSameServer(
  { host, instanceName }: Pick<SqlServerSettings, "host" | "instanceName">,
  replica: string,
): boolean {
  const [machine = "", instance = ""] = replica.toLowerCase().split("\\");
  const [label = ""] = host.toLowerCase().split(".");
  const isHost = host.toLowerCase() === machine || label === machine;
  return isHost && (instance === "" || (instanceName ?? "").toLowerCase() === instance);
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isExternalError(error) || isAppError(error)) return null;
    throw error;
  }
}
