export type ProbeStep = "source" | "backup" | "import";

/**
 * What each step of the wizard looks at. Texts `probe.<id>.title`, `.pass`, `.warn`, `.block`, `.remedy`; the comment names
 * the params, which are the same for every verdict. A probe that is `unknown` has a failure instead of params.
 */
export const PROBE_IDS = {
  source: [
    "source.reachable", // server, user
    "source.version", // version, edition
    "source.state", // database, state, userAccess
    "source.recovery_model", // database, model
    "source.full_backup", // database, takenBy (app | others | none)
  ],
  backup: [
    "folder.mapping", // sourceFolder, localFolder, cause (ok | missing | not_seen | denied | unchecked)
    "bucket.reachable", // bucket
    "bucket.region", // bucket, bucketRegion, region
    "bucket.storage_class", // bucket, storageClass
    "bucket.encryption", // bucket, encryption
  ],
  import: [
    "instance.running", // instanceId, status, lockMode
    "instance.version", // instanceId, engineVersion, sourceVersion
    "instance.space", // instanceId, freeBytes, neededBytes
    "instance.name_free", // instanceId, database
    "instance.database_count", // instanceId, used, limit
    "role.import", // state
    "budget.imports", // used, limit
  ],
} as const satisfies Record<ProbeStep, readonly string[]>;

export type ProbeId = (typeof PROBE_IDS)[ProbeStep][number];
