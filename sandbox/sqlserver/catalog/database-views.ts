import { SYSTEM_DATABASES } from "../model/database-profiles";
import { SERVER } from "../model/server-identity";
import type { ServerRelease } from "../model/server-release";
import type { DatabaseState } from "../model/server-state";
import { type View, type ViewRow, view } from "./define-view";
import { fileRows } from "./file-rows";
import { stableGuid } from "./stable-guid";
import { wall } from "./wall-time";

const STATES: Record<DatabaseState["state"], number> = { ONLINE: 0, RESTORING: 1, OFFLINE: 6 };
const ACCESS = { MULTI_USER: 0, SINGLE_USER: 1, RESTRICTED_USER: 2 } as const;
const MODELS = { FULL: 1, BULK_LOGGED: 2, SIMPLE: 3 } as const;
/** SHA-1 thumbprint of the certificate that protects the key of an encrypted database. */
const ENCRYPTOR = Uint8Array.from(Buffer.from("1d7f1c5a9a0b4d3e8f6071829304a5b6c7d8e9fa", "hex"));
const SA_SID = Uint8Array.from([1]);
/** The one availability group and this server's replica in it. */
const GROUP = stableGuid("AG-PROD");
const REPLICA = stableGuid("AG-PROD/PROD-SQL-01");

function common(id: number, name: string, { compatibilityLevel }: ServerRelease): ViewRow {
  return {
    name,
    database_id: id,
    owner_sid: SA_SID,
    compatibility_level: compatibilityLevel,
    is_auto_close_on: false,
    is_auto_shrink_on: false,
    is_cleanly_shutdown: false,
    is_supplemental_logging_enabled: false,
    snapshot_isolation_state: 0,
    snapshot_isolation_state_desc: "OFF",
    is_read_committed_snapshot_on: false,
    page_verify_option: 2,
    page_verify_option_desc: "CHECKSUM",
    is_auto_create_stats_on: true,
    is_auto_update_stats_on: true,
    is_auto_update_stats_async_on: false,
    is_fulltext_enabled: false,
    is_trustworthy_on: name === "msdb",
    is_db_chaining_on: false,
    is_parameterization_forced: false,
    is_master_key_encrypted_by_server: false,
    is_query_store_on: false,
    is_published: false,
    is_subscribed: false,
    is_merge_published: false,
    is_distributor: false,
    is_sync_with_backup: false,
    is_cdc_enabled: false,
    is_encrypted: false,
    is_honor_broker_priority_on: false,
    default_language_name: null,
    containment: 0,
    containment_desc: "NONE",
    target_recovery_time_in_seconds: 60,
    delayed_durability: 0,
    delayed_durability_desc: "DISABLED",
    is_memory_optimized_elevate_to_snapshot_on: false,
    is_accelerated_database_recovery_on: false,
  };
}

const databases = view(
  `name sysname, database_id int, source_database_id int, owner_sid varbinary(85), create_date datetime,
   compatibility_level tinyint, collation_name sysname, user_access tinyint, user_access_desc nvarchar(60), is_read_only bit,
   is_auto_close_on bit, is_auto_shrink_on bit, state tinyint, state_desc nvarchar(60), is_in_standby bit,
   is_cleanly_shutdown bit, is_supplemental_logging_enabled bit, snapshot_isolation_state tinyint,
   snapshot_isolation_state_desc nvarchar(60), is_read_committed_snapshot_on bit, recovery_model tinyint,
   recovery_model_desc nvarchar(60), page_verify_option tinyint, page_verify_option_desc nvarchar(60),
   is_auto_create_stats_on bit, is_auto_update_stats_on bit, is_auto_update_stats_async_on bit, is_fulltext_enabled bit,
   is_trustworthy_on bit, is_db_chaining_on bit, is_parameterization_forced bit, is_master_key_encrypted_by_server bit,
   is_query_store_on bit, is_published bit, is_subscribed bit, is_merge_published bit, is_distributor bit,
   is_sync_with_backup bit, service_broker_guid uniqueidentifier, is_broker_enabled bit, log_reuse_wait tinyint,
   log_reuse_wait_desc nvarchar(60), is_cdc_enabled bit, is_encrypted bit, is_honor_broker_priority_on bit,
   replica_id uniqueidentifier, group_database_id uniqueidentifier, resource_pool_id int, default_language_name nvarchar(128),
   containment tinyint, containment_desc nvarchar(60), target_recovery_time_in_seconds int, delayed_durability int,
   delayed_durability_desc nvarchar(60), is_memory_optimized_elevate_to_snapshot_on bit,
   is_accelerated_database_recovery_on bit`,
  ({ model }) => [
    ...SYSTEM_DATABASES.map((d) => ({
      ...common(d.id, d.name, model.release),
      create_date: Date.UTC(2003, 3, 8, 9, 13, 36),
      collation_name: SERVER.collation,
      user_access: 0,
      user_access_desc: "MULTI_USER",
      is_read_only: false,
      state: 0,
      state_desc: "ONLINE",
      is_in_standby: false,
      recovery_model: MODELS[d.recoveryModel],
      recovery_model_desc: d.recoveryModel,
      service_broker_guid: stableGuid(d.name),
      is_broker_enabled: d.name === "msdb" || d.name === "tempdb",
      log_reuse_wait: 0,
      log_reuse_wait_desc: "NOTHING",
    })),
    ...model.state.databases.map((d) => {
      const online = d.state === "ONLINE";
      const waits = d.recoveryModel !== "SIMPLE" && d.logChain !== null;
      return {
        ...common(d.id, d.name, model.release),
        create_date: wall(d.createdMs),
        collation_name: online ? model.profile(d).collation : null,
        user_access: ACCESS[d.userAccess],
        user_access_desc: d.userAccess,
        is_read_only: d.readOnly,
        source_database_id: d.traits?.snapshotOf === undefined ? null : model.databaseId(d.traits.snapshotOf),
        is_encrypted: d.isEncrypted === true,
        is_cdc_enabled: d.isCaptured === true,
        state: d.traits?.isSuspect === true ? 4 : STATES[d.state],
        state_desc: d.traits?.isSuspect === true ? "SUSPECT" : d.state,
        is_in_standby: d.traits?.inStandby === true,
        is_published: d.traits?.published === true,
        is_distributor: d.traits?.distributor === true,
        page_verify_option_desc: d.traits?.pageVerify ?? "CHECKSUM",
        replica_id: d.traits?.availabilityRole === undefined ? null : REPLICA,
        recovery_model: MODELS[d.recoveryModel],
        recovery_model_desc: d.recoveryModel,
        service_broker_guid: d.familyGuid,
        is_broker_enabled: true,
        log_reuse_wait: waits ? 2 : 0,
        log_reuse_wait_desc: d.traits?.logReuseWait ?? (waits ? "LOG_BACKUP" : "NOTHING"),
      };
    }),
  ],
);

const recoveryStatus = view(
  `database_id int, database_guid uniqueidentifier, family_guid uniqueidentifier, last_log_backup_lsn numeric(25,0),
   recovery_fork_guid uniqueidentifier, first_recovery_fork_guid uniqueidentifier, fork_point_lsn numeric(25,0)`,
  ({ model }) =>
    model.state.databases.map((d) => ({
      database_id: d.id,
      database_guid: d.state === "OFFLINE" ? null : d.databaseGuid,
      family_guid: d.familyGuid,
      last_log_backup_lsn: d.logChain === null ? null : BigInt(d.logChain.firstLsn),
      recovery_fork_guid: d.forkGuid,
      first_recovery_fork_guid: d.nextLogForkGuid === d.forkGuid ? null : d.nextLogForkGuid,
      fork_point_lsn: d.forkPointLsn === null ? null : BigInt(d.forkPointLsn),
    })),
);

/** No database has it. */
const NO_DATABASE = -1;

const FILE_COLUMNS = `file_id int, file_guid uniqueidentifier, type tinyint, type_desc nvarchar(60), data_space_id int, name sysname,
   physical_name nvarchar(260), state tinyint, state_desc nvarchar(60), size int, max_size int, growth int,
   is_media_read_only bit, is_read_only bit, is_sparse bit, is_percent_growth bit, is_name_reserved bit,
   create_lsn numeric(25,0), drop_lsn numeric(25,0), read_only_lsn numeric(25,0), read_write_lsn numeric(25,0),
   differential_base_lsn numeric(25,0), differential_base_guid uniqueidentifier, differential_base_time datetime,
   redo_start_lsn numeric(25,0), redo_start_fork_guid uniqueidentifier, redo_target_lsn numeric(25,0),
   redo_target_fork_guid uniqueidentifier, backup_lsn numeric(25,0)`;

const masterFiles = view(`database_id int, ${FILE_COLUMNS}, credential_id int`, ({ model }) =>
  fileRows(model),
);

const databaseFiles = view(FILE_COLUMNS, ({ model, database }) =>
  fileRows(model, model.databaseId(database) ?? NO_DATABASE),
);

const mirroring = view(
  `database_id int, mirroring_guid uniqueidentifier, mirroring_state tinyint, mirroring_state_desc nvarchar(60),
   mirroring_role tinyint, mirroring_role_desc nvarchar(60), mirroring_partner_name nvarchar(128)`,
  ({ model }) => [
    ...SYSTEM_DATABASES.map((d) => ({ database_id: d.id })),
    ...model.state.databases.map((d) => {
      const role = d.traits?.mirroringRole;
      if (role === undefined) return { database_id: d.id };
      return {
        database_id: d.id,
        mirroring_guid: stableGuid(`${d.name}/mirroring`),
        mirroring_state: 4,
        mirroring_state_desc: "SYNCHRONIZED",
        mirroring_role: role === "PRINCIPAL" ? 1 : 2,
        mirroring_role_desc: role,
        mirroring_partner_name: "TCP://PROD-SQL-02:5022",
      };
    }),
  ],
);

const sysdatabases = view(
  `name sysname, dbid smallint, sid varbinary(85), mode smallint, status int, crdate datetime, cmptlevel tinyint,
   filename nvarchar(260), version smallint`,
  ({ model }) =>
    [...SYSTEM_DATABASES, ...model.state.databases].map((d) => ({
      name: d.name,
      dbid: d.id,
      sid: SA_SID,
      mode: 0,
      status: 65536,
      cmptlevel: model.release.compatibilityLevel,
      filename: `${SERVER.dataFolder}${d.name}.mdf`,
      version: model.release.databaseVersion,
    })),
);

const empty = (columns: string): View => view(columns, () => []);

export const databaseViews: Record<string, View> = {
  "sys.databases": databases,
  "sys.sysdatabases": sysdatabases,
  "sys.database_recovery_status": recoveryStatus,
  "sys.master_files": masterFiles,
  "sys.database_files": databaseFiles,
  "sys.database_mirroring": mirroring,
  "sys.availability_groups": view(
    "group_id uniqueidentifier, name sysname, resource_id nvarchar(40), is_distributed bit",
    ({ model }) =>
      model.state.databases.some((d) => d.traits?.availabilityRole !== undefined)
        ? [{ group_id: GROUP, name: "AG-PROD", is_distributed: false }]
        : [],
  ),
  "sys.availability_replicas": view(
    "replica_id uniqueidentifier, group_id uniqueidentifier, replica_server_name nvarchar(256)",
    ({ model }) =>
      model.state.databases.some((d) => d.traits?.availabilityRole !== undefined)
        ? [
            { replica_id: REPLICA, group_id: GROUP, replica_server_name: "PROD-SQL-01" },
            {
              replica_id: stableGuid("AG-PROD/PROD-SQL-02"),
              group_id: GROUP,
              replica_server_name: "PROD-SQL-02",
            },
          ]
        : [],
  ),
  "sys.dm_hadr_availability_replica_states": view(
    `replica_id uniqueidentifier, group_id uniqueidentifier, is_local bit, role tinyint, role_desc nvarchar(60),
     operational_state_desc nvarchar(60), connected_state_desc nvarchar(60), synchronization_health_desc nvarchar(60)`,
    ({ model }) => {
      const role = model.state.databases.find((d) => d.traits?.availabilityRole)?.traits?.availabilityRole;
      if (role === undefined) return [];
      return [
        {
          replica_id: REPLICA,
          group_id: GROUP,
          is_local: true,
          role: role === "PRIMARY" ? 1 : 2,
          role_desc: role,
          operational_state_desc: "ONLINE",
          connected_state_desc: "CONNECTED",
          synchronization_health_desc: "HEALTHY",
        },
      ];
    },
  ),
  "sys.dm_hadr_database_replica_states": empty(
    `database_id int, group_id uniqueidentifier, replica_id uniqueidentifier, is_local bit, is_primary_replica bit,
     synchronization_state_desc nvarchar(60)`,
  ),
  "sys.dm_hadr_cluster": empty("cluster_name nvarchar(128), quorum_type_desc nvarchar(60)"),
  "sys.dm_database_encryption_keys": view(
    `database_id int, encryption_state int, create_date datetime, key_algorithm nvarchar(32), key_length int,
     encryptor_thumbprint varbinary(20), encryptor_type nvarchar(32), percent_complete real,
     encryption_state_desc nvarchar(32), encryption_scan_state int, encryption_scan_state_desc nvarchar(32)`,
    ({ model }) =>
      model.state.databases
        .filter((d) => d.isEncrypted === true)
        .map((d) => ({
          database_id: d.id,
          encryption_state: 3,
          create_date: wall(d.createdMs),
          key_algorithm: "AES",
          key_length: 256,
          encryptor_thumbprint: ENCRYPTOR,
          encryptor_type: "CERTIFICATE",
          percent_complete: 0,
          encryption_state_desc: "ENCRYPTED",
          encryption_scan_state: 4,
          encryption_scan_state_desc: "COMPLETE",
        })),
  ),
  "sys.certificates": empty(
    "name sysname, certificate_id int, thumbprint varbinary(32), expiry_date datetime",
  ),
  "sys.dm_db_persisted_sku_features": view("feature_name sysname, feature_id int", ({ model, database }) => {
    const state = model.findDatabase(database);
    return [
      ...(state?.isCaptured === true ? [{ feature_name: "ChangeCapture", feature_id: 100 }] : []),
      ...(state?.isEncrypted === true
        ? [{ feature_name: "TransparentDataEncryption", feature_id: 600 }]
        : []),
      ...(state?.traits?.editionFeatures ?? []).map((feature_name, i) => ({
        feature_name,
        feature_id: 700 + i,
      })),
    ];
  }),
};
