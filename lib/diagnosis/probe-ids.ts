/** The wizard's steps that a probe, or a blocker of the draft, belongs to, in order; also the groups of the preflight's page. */
export const PROBE_STEPS = ["source", "backup", "import"] as const;
export type ProbeStep = (typeof PROBE_STEPS)[number];

/**
 * What each step of the wizard looks at. Texts `probe.<id>.title`, `.pass`, `.warn`, `.block`, `.remedy`; the comment names
 * the params, which are the same for every verdict. A probe that is `unknown` has a failure instead of params.
 */
export const PROBE_IDS = {
  source: [
    "source.reachable", // server, user
    "source.version", // version, edition
    "source.service", // service (own | sql_database | managed_instance)
    "source.clock", // seconds, side (ahead | behind)
    "source.state", // database, state, userAccess
    "source.writable", // database, cause (ok | snapshot | standby | read_only), of
    "source.size", // database, dataBytes, usedBytes, files
    "source.page_verify", // database, mode
    "source.log_reuse", // database, wait
    "source.recovery_model", // database, model
    "source.log_chain", // database, cause (ok | first_full | not_needed | simple | pseudo_simple | hidden)
    "source.full_backup", // database, takenBy (app | others | none)
    "source.log_rate", // database, minuteBytes, peakBytes, roundBytes, limitBytes
    "source.checkdb", // database, days, at, cause (ok | old | never | errors)
    "source.backup_jobs", // database, count, jobs, effect (log | full | both | none), takenBy
    "source.foreign_backups", // database, owners, effect, last, virtual, takenBy
    "source.backup_running", // database, command, login, program
    "source.backup_encryption", // database, count, takenBy
    "source.edition_features", // database, features, refused, engineVersion
    "source.tde", // database, state, certificate
    "source.filestream", // database, groups, tables
    "source.memory_optimized", // database, groups
    "source.cdc", // database
    "source.replication", // database, role (published | distributor | none)
    "source.availability", // database, group, role
    "source.mirroring", // database, role
    "right.backup", // database, login, right
    "right.server_state",
    "right.definitions",
    "right.msdb",
    "right.restore_headers",
    "right.alter",
    "right.checkdb",
  ],
  backup: [
    "folder.mapping", // sourceFolder, localFolder, on (share | here), cause (ok | missing | not_seen | denied | unchecked | not_approved)
    "folder.space", // sourceFolder, localFolder, freeBytes, neededBytes, cause (not_approved)
    "backup.compression", // edition
    "bucket.reachable", // bucket
    "bucket.region", // bucket, bucketRegion, region
    "bucket.account", // bucket, ownerId, accountId
    "bucket.storage_class", // bucket, storageClass
    "bucket.encryption", // bucket, encryption
    "bucket.lifecycle", // bucket, place, days, effect (deletes | moves | none)
    "bucket.endpoint", // bucket, way (ok | internal | domain | accelerate | none), host
    "bucket.write", // bucket, place, cause (ok | put | get | delete)
  ],
  import: [
    "instance.running", // instanceId, status, lockMode
    "instance.version", // instanceId, engineVersion, sourceVersion
    "instance.generation", // instanceId, engineVersion, disks (cloud | local | unknown), method
    "instance.edition", // instanceId, engineVersion, edition (enterprise | cluster | standard | web | other)
    "instance.file_list", // instanceId, engineVersion
    "instance.space", // instanceId, freeBytes, neededBytes, from (source | backup | backup_size | none), beside, besideBytes
    "instance.database_count", // instanceId, used, limit
    "instance.window", // instanceId, what (maintenance | backup | none), time, minutes
    "instance.name_free", // instanceId, database, cause (free | taken | reserved | format | digit | letters | signs)
    "instance.leftover_files", // instanceId, database, at
    "import.file_size", // instanceId, database, fileBytes, limitBytes
    "budget.imports", // instanceId, database, used, limit, instanceUsed, instanceLimit, kept
    "role.import", // state
    "role.rights", // allowed, denied, untold
  ],
} as const satisfies Record<ProbeStep, readonly string[]>;

export type ProbeId = (typeof PROBE_IDS)[ProbeStep][number];

const GROUPS: ReadonlyMap<string, ProbeStep> = new Map(
  PROBE_STEPS.flatMap((step) => PROBE_IDS[step].map((id) => [id, step] as const)),
);

/** Where each probe stands in a list of all of them. */
export const PROBE_ORDER: ReadonlyMap<string, number> = new Map(
  [...GROUPS.keys()].map((id, index) => [id, index]),
);

export function isProbeId(id: string): id is ProbeId {
  return GROUPS.has(id);
}

/** The step of the wizard, and the group of the page, that a probe belongs to. */
export function groupOfProbe(id: ProbeId): ProbeStep {
  return GROUPS.get(id) ?? "import";
}
