import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { SANDBOX_CLOUD_ID, SANDBOX_SOURCE_ID } from "@/lib/services/connection/seed-sandbox";
import type { SandboxEndpoints } from "@/sandbox/sandbox";

/** Who makes the backups: Chainferry, a DBA's own script on the server, or somebody long ago. */
export interface DemoKind {
  by: "app" | "dba" | "files";
  folder: string;
  database: string;
  /** What the DBA's script does wrong, once. */
  mishap?: DbaMishap;
  /** The cutover is armed first, and released after one more log. */
  holds?: true;
  /** A cutover that was taken back is bridged and begun again, once. */
  again?: true;
  /** What is called before and after the phases of the cutover. */
  hook?: { url: string; secret: string };
  /** What the cutover may last: so many minutes, or some times what is forecast; it is taken back by itself. */
  deadline?: number | "by_forecast";
}

export type DbaMishap = "full-instead-of-log" | "wrong-order";

/** What a person would have chosen in the wizard. */
export function demoDraft(kind: DemoKind, endpoints: SandboxEndpoints): MigrationDraft {
  const target = kind.database.replaceAll(/[^A-Za-z0-9_]/g, "_").replace(/^[^A-Za-z]+/, "") || "Restored";
  return {
    ...EMPTY_DRAFT,
    sourceConnectionId: kind.by === "files" ? null : SANDBOX_SOURCE_ID,
    sourceDatabase: kind.database,
    backupBy: kind.by === "app" ? "app" : "others",
    sourceFolder: kind.by === "files" ? "" : endpoints.sqlServer.backupFolder,
    localFolder: kind.folder,
    cloudConnectionId: SANDBOX_CLOUD_ID,
    bucket: endpoints.oss.bucket,
    prefix: `${target.toLowerCase()}/`,
    instanceId: endpoints.rds.instanceId,
    targetDatabase: target,
    underHundredGb: false,
    downtimeAccepted: false,
    step: "review",
  };
}
