import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadSeconds } from "../model/log-position";
import type { DatabaseState } from "../model/server-state";
import type { SqlServerModel } from "../model/sql-server-model";
import { matchesLike } from "../tsql/compare-values";
import { int, nvarchar, nvarcharMax } from "../tsql/sql-type";
import { type FunctionView, functionView, type View, view } from "./define-view";
import { fileRows } from "./file-rows";
import { NEVER, wall } from "./wall-time";

const MB = 1024 * 1024;
const EXTENT_PAGES = 8;
const PAGE = 8192;
const VOLUME_BYTES = 500 * 1024 * MB;
const FREE_BYTES = 212 * 1024 * MB;
/** How long the server has been up when the sandbox starts: sys.dm_os_sys_info says the same. */
export const UPTIME_MS = 34 * 86_400_000;

function byId(model: SqlServerModel, id: unknown, current: string): DatabaseState | null {
  const name = id === null || id === 0 ? current : model.databaseNameOf(Number(id));
  return name === null ? null : model.findDatabase(name);
}

/** Bytes of log that the next log backup would hold; with no chain, what the log holds at all. */
export function logSinceBackup(model: SqlServerModel, database: DatabaseState): number {
  const from = database.logChain?.position ?? model.position(database) - 2 * MB;
  return Math.max(0, model.position(database) - from);
}

/** Pages changed since the differential base: they fill up towards a quarter of the database. */
export function changedBytes(model: SqlServerModel, database: DatabaseState): number {
  const base = database.differentialBase;
  const profile = model.profile(database);
  if (base === null) return profile.dataBytes / 2;
  const written = Math.max(0, model.position(database) - base.position);
  const limit = profile.dataBytes / 4;
  return Math.round(limit * (1 - Math.exp(-written / limit)));
}

export const storageViews: Record<string, View> = {
  "sys.dm_db_file_space_usage": view(
    `database_id int, file_id smallint, filegroup_id smallint, total_page_count bigint, allocated_extent_page_count bigint,
     unallocated_extent_page_count bigint, version_store_reserved_page_count bigint, mixed_extent_page_count bigint,
     modified_extent_page_count bigint`,
    ({ model, database }) => {
      const found = model.findDatabase(database);
      if (found === null) return [];
      const profile = model.profile(found);
      const total = Math.round(profile.dataBytes / PAGE);
      const used = Math.round((profile.dataBytes * 0.72) / PAGE);
      const changed = Math.ceil(changedBytes(model, found) / PAGE / EXTENT_PAGES) * EXTENT_PAGES;
      return [
        {
          database_id: found.id,
          file_id: 1,
          filegroup_id: 1,
          total_page_count: total,
          allocated_extent_page_count: used,
          unallocated_extent_page_count: total - used,
          version_store_reserved_page_count: 0,
          mixed_extent_page_count: 0,
          modified_extent_page_count: Math.min(used, changed),
        },
      ];
    },
  ),
  "sys.dm_db_log_space_usage": view(
    `database_id int, total_log_size_in_bytes bigint, used_log_space_in_bytes bigint, used_log_space_in_percent real,
     log_space_in_bytes_since_last_backup bigint`,
    ({ model, database }) => {
      const found = model.findDatabase(database);
      if (found === null) return [];
      const since = logSinceBackup(model, found);
      const total = Math.max(model.profile(found).logBytes, Math.round(since * 1.25));
      const used = since + MB;
      return [
        {
          database_id: found.id,
          total_log_size_in_bytes: total,
          used_log_space_in_bytes: used,
          used_log_space_in_percent: (used * 100) / total,
          log_space_in_bytes_since_last_backup: since,
        },
      ];
    },
  ),
};

export const storageFunctions: Record<string, FunctionView> = {
  "sys.dm_db_log_stats": functionView(
    [int],
    `database_id int, recovery_model nvarchar(60), log_min_lsn nvarchar(24), log_end_lsn nvarchar(24), current_vlf_sequence_number bigint,
     current_vlf_size_mb float, total_vlf_count bigint, total_log_size_mb float, active_vlf_count bigint,
     active_log_size_mb float, log_truncation_holdup_reason nvarchar(60), log_backup_time datetime,
     log_backup_lsn nvarchar(24), log_since_last_log_backup_mb float, log_checkpoint_lsn nvarchar(24),
     log_since_last_checkpoint_mb float, log_recovery_lsn nvarchar(24), log_recovery_size_mb float,
     recovery_vlf_count bigint`,
    ({ model, database }, [id]) => {
      const found = byId(model, id, database);
      if (found === null || found.state !== "ONLINE") return [];
      const since = logSinceBackup(model, found);
      const total = Math.max(model.profile(found).logBytes, Math.round(since * 1.25));
      return [
        {
          database_id: found.id,
          recovery_model: found.recoveryModel,
          log_end_lsn: lsnText(model.lsn(found, model.position(found))),
          current_vlf_size_mb: 4,
          total_vlf_count: Math.round(total / (4 * MB)),
          total_log_size_mb: total / MB,
          active_vlf_count: Math.max(1, Math.round(since / (4 * MB))),
          active_log_size_mb: since / MB,
          log_truncation_holdup_reason: found.logChain === null ? "NOTHING" : "LOG_BACKUP",
          log_backup_time: found.lastLogBackupMs === null ? NEVER : wall(found.lastLogBackupMs),
          log_backup_lsn: found.logChain === null ? null : lsnText(BigInt(found.logChain.firstLsn)),
          log_since_last_log_backup_mb: since / MB,
          log_since_last_checkpoint_mb: Math.min(since, 0.4 * MB) / MB,
          log_recovery_size_mb: 0.2,
          recovery_vlf_count: 1,
        },
      ];
    },
  ),
  "sys.dm_io_virtual_file_stats": functionView(
    [int, int],
    `database_id smallint, file_id smallint, sample_ms bigint, num_of_reads bigint, num_of_bytes_read bigint, io_stall_read_ms bigint,
     num_of_writes bigint, num_of_bytes_written bigint, io_stall_write_ms bigint, io_stall bigint,
     size_on_disk_bytes bigint, file_handle varbinary(8)`,
    ({ model }, [databaseId, fileId]) =>
      fileRows(model, databaseId === null ? null : Number(databaseId))
        .filter((f) => fileId === null || f.file_id === fileId)
        .map((f) => {
          const found = model.findDatabase(model.databaseNameOf(Number(f.database_id)) ?? "");
          const seconds = found === null ? 0 : loadSeconds(found, model.clock.now(), model.clock.timeFactor);
          const perMinute = found?.traits?.logBytesPerMinute;
          const logged =
            perMinute === undefined
              ? found === null
                ? 0
                : model.position(found)
              : (perMinute * (model.clock.now() - model.startedMs + UPTIME_MS)) / 60_000;
          const written = f.type === 1 ? logged : Math.round(logged * 1.6);
          return {
            database_id: f.database_id,
            file_id: f.file_id,
            sample_ms: model.clock.now() - model.startedMs,
            num_of_reads: Math.round(seconds * 2),
            num_of_bytes_read: Math.round(seconds * 16_384),
            io_stall_read_ms: Math.round(seconds),
            num_of_writes: Math.round(written / 8192),
            num_of_bytes_written: written,
            io_stall_write_ms: Math.round(seconds),
            io_stall: Math.round(seconds * 2),
            size_on_disk_bytes: Number(f.size) * PAGE,
          };
        }),
  ),
  "sys.dm_os_volume_stats": functionView(
    [int, int],
    `database_id int, file_id int, volume_mount_point nvarchar(512), volume_id nvarchar(512),
     logical_volume_name nvarchar(512), file_system_type nvarchar(512), total_bytes bigint, available_bytes bigint`,
    (_context, [databaseId, fileId]) => [
      {
        database_id: databaseId,
        file_id: fileId,
        volume_mount_point: "C:\\",
        volume_id: "\\\\?\\Volume{5f0c3c9e-0000-0000-0000-501f00000000}\\",
        logical_volume_name: "System",
        file_system_type: "NTFS",
        total_bytes: VOLUME_BYTES,
        available_bytes: FREE_BYTES,
      },
    ],
  ),
  "sys.dm_os_file_exists": functionView(
    [nvarchar(4000)],
    "file_exists int, file_is_a_directory int, parent_directory_exists int",
    ({ model }, [path]) => {
      const found = probePath(model, typeof path === "string" ? path : "");
      return [
        {
          file_exists: found.file ? 1 : 0,
          file_is_a_directory: found.directory ? 1 : 0,
          parent_directory_exists: found.parent ? 1 : 0,
        },
      ];
    },
  ),
  "sys.dm_os_enumerate_filesystem": functionView(
    [nvarchar(4000), nvarchar(260)],
    `full_filesystem_path nvarchar(512), parent_directory nvarchar(512), file_or_directory_name nvarchar(512), level int,
     is_directory bit, is_read_only bit, creation_time datetime2(7), last_access_time datetime2(7),
     last_write_time datetime2(7), size_in_bytes bigint`,
    ({ model }, [path, mask]) => {
      const folder = typeof path === "string" ? path.replace(/\\?$/, "\\") : "";
      const pattern = (typeof mask === "string" ? mask : "*")
        .replace(/[[%_]/g, "[$&]")
        .replace(/\*/g, "%")
        .replace(/\?/g, "_");
      const resolved = model.folders.resolve(folder);
      if (!resolved.ok || !resolved.isDirectory) return [];
      return readdirSync(resolved.local)
        .filter((name) => matchesLike(name, pattern, null, nvarcharMax))
        .map((name) => {
          const stats = statSync(join(resolved.local, name));
          return {
            full_filesystem_path: folder + name,
            parent_directory: folder,
            file_or_directory_name: name,
            level: 0,
            is_directory: stats.isDirectory(),
            is_read_only: false,
            creation_time: wall(stats.birthtimeMs),
            last_access_time: wall(stats.atimeMs),
            last_write_time: wall(stats.mtimeMs),
            size_in_bytes: stats.isDirectory() ? 0 : stats.size,
          };
        });
    },
  ),
};

/** What xp_fileexist and sys.dm_os_file_exists tell about a path. */
export function probePath(
  model: SqlServerModel,
  path: string,
): { file: boolean; directory: boolean; parent: boolean } {
  const resolved = model.folders.resolve(path);
  if (!resolved.ok) return { file: false, directory: /^[CDE]:\\?$/i.test(path), parent: false };
  return {
    file: resolved.exists && !resolved.isDirectory,
    directory: resolved.exists && resolved.isDirectory,
    parent: existsSync(dirname(resolved.local)),
  };
}

/** `000010a1:00000b2c:0001`, as the log views write an LSN. */
function lsnText(lsn: bigint): string {
  const part = (value: bigint, digits: number) => value.toString(16).padStart(digits, "0");
  const vlf = lsn / 10n ** 15n;
  const block = (lsn / 10n ** 5n) % 10n ** 10n;
  return `${part(vlf, 8)}:${part(block, 8)}:${part(lsn % 10n ** 5n, 4)}`;
}
