import type { MigrationDraft } from "@/lib/contracts/migration";
import type { SystemView } from "@/lib/contracts/system";

/** What one choice of the wizard changes besides itself. Values that a person typed are never overwritten. */

/** Folder of a database in the bucket: its name in lower case, only of what RDS takes in an object's place (ASCII). */
export function prefixFor(database: string): string {
  const name = database
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "" : `${name}/`;
}

export function chooseSource(
  draft: MigrationDraft,
  connectionId: string | null,
  sandbox: SystemView["sandbox"],
): MigrationDraft {
  if (connectionId === draft.sourceConnectionId) return draft;
  const next = { ...draft, sourceConnectionId: connectionId, sourceDatabase: null };
  if (sandbox && connectionId === sandbox.sourceConnectionId) {
    if (next.sourceFolder === "") next.sourceFolder = sandbox.sourceFolder;
    if (next.localFolder === "") next.localFolder = sandbox.localFolder;
    if (next.cloudConnectionId === null) {
      next.cloudConnectionId = sandbox.cloudConnectionId;
      next.bucket = sandbox.bucket;
    }
  }
  return next;
}

/** `totalBytes` answers the first of the two method questions when the size is known. */
export function chooseDatabase(
  draft: MigrationDraft,
  database: { name: string; totalBytes: number | null },
): MigrationDraft {
  const before = draft.sourceDatabase;
  const untouchedTarget = draft.targetDatabase === "" || draft.targetDatabase === before;
  const untouchedPrefix = draft.prefix === "" || (before !== null && draft.prefix === prefixFor(before));
  return {
    ...draft,
    sourceDatabase: database.name,
    targetDatabase: untouchedTarget ? database.name : draft.targetDatabase,
    prefix: untouchedPrefix ? prefixFor(database.name) : draft.prefix,
    underHundredGb:
      database.totalBytes === null ? draft.underHundredGb : isUnderHundredGb(database.totalBytes),
    firstObjectKey: before === database.name ? draft.firstObjectKey : null,
  };
}

export function chooseCloud(
  draft: MigrationDraft,
  connectionId: string | null,
  sandbox: SystemView["sandbox"],
): MigrationDraft {
  if (connectionId === draft.cloudConnectionId) return draft;
  const bucket = sandbox && connectionId === sandbox.cloudConnectionId ? sandbox.bucket : null;
  return { ...draft, cloudConnectionId: connectionId, bucket, instanceId: null, firstObjectKey: null };
}

export function chooseBucket(draft: MigrationDraft, bucket: string | null): MigrationDraft {
  return bucket === draft.bucket ? draft : { ...draft, bucket, firstObjectKey: null };
}

/** Without a source server the files come by other means, and their headers say what would have been asked. */
export function chooseFilesOnly(draft: MigrationDraft, filesOnly: boolean): MigrationDraft {
  if (!filesOnly) return { ...draft, backupBy: "app", transport: "shared_folder" };
  const next = chooseTransport(draft, { backupBy: "others", transport: "bucket_watch" });
  return { ...next, sourceConnectionId: null, sourceDatabase: null };
}

/** A picked object decides nothing but where the chain begins; its folder becomes the watched prefix when none was set. */
export function chooseObject(draft: MigrationDraft, key: string | null): MigrationDraft {
  const folder = key?.includes("/") ? key.slice(0, key.lastIndexOf("/") + 1) : "";
  return { ...draft, firstObjectKey: key, prefix: draft.prefix === "" ? folder : draft.prefix };
}

/** Who drops a file on the page has taken the backup, too. */
export function chooseWay(draft: MigrationDraft, transport: MigrationDraft["transport"]): MigrationDraft {
  return chooseTransport(draft, {
    transport,
    backupBy: transport === "browser" ? "others" : draft.backupBy,
  });
}

/** Backups of ours go through a folder, never through a browser. */
export function chooseTaker(draft: MigrationDraft, backupBy: MigrationDraft["backupBy"]): MigrationDraft {
  const byBrowser = backupBy === "app" && draft.transport === "browser";
  return chooseTransport(draft, { transport: byBrowser ? "shared_folder" : draft.transport, backupBy });
}

/** Files that only others bring cannot be taken on a schedule of ours. */
export function chooseTransport(
  draft: MigrationDraft,
  choice: Pick<MigrationDraft, "transport" | "backupBy">,
): MigrationDraft {
  const next = { ...draft, ...choice };
  return next.backupBy === "others" ? { ...next, schedule: { mode: "manual" } } : next;
}

export function chooseMethod(draft: MigrationDraft, method: MigrationDraft["method"]): MigrationDraft {
  return method === "immediate" ? { ...draft, method, schedule: { mode: "manual" } } : { ...draft, method };
}

/** Alibaba says GB; 100 GB is 100 × 10^9 bytes. */
export function isUnderHundredGb(bytes: number): boolean {
  return bytes < 100e9;
}

/** Whether the draft has no source server to ask: backup files are all there is. */
export function isFilesOnly(draft: Pick<MigrationDraft, "backupBy" | "sourceConnectionId">): boolean {
  return draft.backupBy === "others" && draft.sourceConnectionId === null;
}
