import type { ProbeStep } from "@/lib/diagnosis/probe-ids";
import { sameName, targetNameProblem } from "./target-name";
import type { BackupBy } from "./vocabulary/backup-by";
import type { MigrationMethod } from "./vocabulary/method";
import type { ScheduleMode } from "./vocabulary/schedule";
import type { Transport } from "./vocabulary/transport";

/** The parts of the wizard's draft that the rules read; `MigrationDraft` of the contracts fits. */
export interface DraftFacts {
  sourceConnectionId: string | null;
  sourceDatabase: string | null;
  transport: Transport;
  backupBy: BackupBy;
  sourceFolder: string;
  localFolder: string;
  cloudConnectionId: string | null;
  bucket: string | null;
  prefix: string;
  instanceId: string | null;
  targetDatabase: string;
  method: MigrationMethod;
  schedule: { mode: ScheduleMode };
}

/** Another migration that is under way, as far as it can stand in the way. */
export interface OtherMigration {
  name: string;
  sourceConnectionId: string | null;
  sourceDatabase: string | null;
  backupBy: string | null;
  cloudConnectionId: string | null;
  bucket: string | null;
  prefix: string | null;
  instanceId: string | null;
  targetDatabase: string | null;
}

/** What the store knows besides the draft itself. */
export interface DraftSurroundings {
  /** Ids of connections that exist and are not archived, by kind. */
  sqlServers: ReadonlySet<string>;
  cloudAccounts: ReadonlySet<string>;
  others: readonly OtherMigration[];
}

/** Texts `wizard.blocker.<reason>`; the comment names the params. */
export const BLOCKER_REASONS = [
  "source_connection_missing",
  "source_connection_gone",
  "source_database_missing",
  "source_in_use", // name, database
  "source_folder_missing",
  "source_folder_relative", // folder
  "local_folder_missing",
  "local_folder_relative", // folder
  "cloud_connection_missing",
  "cloud_connection_gone",
  "bucket_missing",
  "prefix_invalid", // prefix
  "prefix_in_use", // name, prefix
  "instance_missing",
  "target_database_missing",
  "target_database_invalid", // database
  "target_database_system", // database
  "target_in_use", // name, database
  "schedule_needs_app",
] as const;
export type BlockerReason = (typeof BLOCKER_REASONS)[number];

export interface Blocker {
  step: ProbeStep;
  /** The draft's field to focus. */
  field: keyof DraftFacts;
  reason: BlockerReason;
  params: Record<string, string | number>;
}

/** What keeps a draft from being started, in the order of the wizard. Empty: it may start. */
export function draftBlockers(draft: DraftFacts, around: DraftSurroundings): Blocker[] {
  return [
    ...sourceBlockers(draft, around),
    ...backupBlockers(draft, around),
    ...importBlockers(draft, around),
  ];
}

function blocker(
  step: Blocker["step"],
  field: Blocker["field"],
  reason: BlockerReason,
  params: Blocker["params"] = {},
): Blocker {
  return { step, field, reason, params };
}

function sourceBlockers(draft: DraftFacts, around: DraftSurroundings): Blocker[] {
  const found: Blocker[] = [];
  if (draft.sourceConnectionId !== null && !around.sqlServers.has(draft.sourceConnectionId)) {
    found.push(blocker("source", "sourceConnectionId", "source_connection_gone"));
  }
  if (draft.backupBy === "others") return found;
  if (draft.sourceConnectionId === null) {
    found.push(blocker("source", "sourceConnectionId", "source_connection_missing"));
  }
  if (isBlank(draft.sourceDatabase)) {
    found.push(blocker("source", "sourceDatabase", "source_database_missing"));
    return found;
  }
  // Two migrations that both back up one database's log tear each other's chain apart.
  const rival = around.others.find(
    (other) =>
      other.backupBy === "app" &&
      other.sourceConnectionId === draft.sourceConnectionId &&
      sameName(other.sourceDatabase, draft.sourceDatabase),
  );
  if (rival) {
    const params = { name: rival.name, database: draft.sourceDatabase ?? "" };
    found.push(blocker("source", "sourceDatabase", "source_in_use", params));
  }
  return found;
}

function backupBlockers(draft: DraftFacts, around: DraftSurroundings): Blocker[] {
  const found: Blocker[] = [];
  if (draft.backupBy === "app") {
    const folder = draft.sourceFolder.trim();
    if (folder === "") found.push(blocker("backup", "sourceFolder", "source_folder_missing"));
    else if (!/^([A-Za-z]:[\\/]|\\\\|\/)/.test(folder)) {
      found.push(blocker("backup", "sourceFolder", "source_folder_relative", { folder }));
    }
  }
  // Backups that we take always go through a folder of this process.
  const sharesFolder = draft.backupBy === "app" || draft.transport === "shared_folder";
  if (sharesFolder) {
    const folder = draft.localFolder.trim();
    if (folder === "") found.push(blocker("backup", "localFolder", "local_folder_missing"));
    else if (!/^([A-Za-z]:[\\/]|\\\\|\/)/.test(folder)) {
      found.push(blocker("backup", "localFolder", "local_folder_relative", { folder }));
    }
  }
  if (draft.backupBy === "others" && draft.schedule.mode !== "manual") {
    found.push(blocker("backup", "schedule", "schedule_needs_app"));
  }
  if (draft.cloudConnectionId === null) {
    found.push(blocker("backup", "cloudConnectionId", "cloud_connection_missing"));
  } else if (!around.cloudAccounts.has(draft.cloudConnectionId)) {
    found.push(blocker("backup", "cloudConnectionId", "cloud_connection_gone"));
  }
  if (isBlank(draft.bucket)) found.push(blocker("backup", "bucket", "bucket_missing"));
  if (!isPrefix(draft.prefix)) {
    found.push(blocker("backup", "prefix", "prefix_invalid", { prefix: draft.prefix }));
  }
  // A watched prefix takes every backup file that appears under it.
  const rival =
    !sharesFolder &&
    around.others.find(
      (other) =>
        other.cloudConnectionId === draft.cloudConnectionId &&
        other.bucket === draft.bucket &&
        (draft.prefix.startsWith(other.prefix ?? "") || (other.prefix ?? "").startsWith(draft.prefix)),
    );
  if (rival) {
    const params = { name: rival.name, prefix: rival.prefix ?? "" };
    found.push(blocker("backup", "prefix", "prefix_in_use", params));
  }
  return found;
}

function importBlockers(draft: DraftFacts, around: DraftSurroundings): Blocker[] {
  const found: Blocker[] = [];
  if (isBlank(draft.instanceId)) found.push(blocker("import", "instanceId", "instance_missing"));
  const database = draft.targetDatabase.trim();
  const problem = targetNameProblem(database);
  if (problem !== null) {
    const params: Blocker["params"] = problem === "missing" ? {} : { database };
    found.push(blocker("import", "targetDatabase", `target_database_${problem}`, params));
  }
  // Whoever connects: several keys of one account may be saved.
  const rival = around.others.find(
    (other) => other.instanceId === draft.instanceId && sameName(other.targetDatabase, database),
  );
  if (rival && database !== "") {
    found.push(blocker("import", "targetDatabase", "target_in_use", { name: rival.name, database }));
  }
  return found;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === "";
}

/**
 * `a/b/` or empty. RDS takes a place as `endpoint:bucket:key` and refuses `@`, `|` and names outside ASCII (Alibaba's page
 * on incremental migration), so a folder must not hold them.
 */
function isPrefix(prefix: string): boolean {
  return /^[A-Za-z0-9_.\-/ ]*$/.test(prefix) && !prefix.startsWith("/") && !prefix.includes("//");
}
