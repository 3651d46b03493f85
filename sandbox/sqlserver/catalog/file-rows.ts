import { SYSTEM_DATABASES } from "../model/database-profiles";
import { SERVER } from "../model/server-identity";
import type { SqlServerModel } from "../model/sql-server-model";
import type { ViewRow } from "./define-view";
import { stableGuid } from "./stable-guid";

const PAGE = 8192;

function file(database: { id: number; name: string }, log: boolean, bytes: number, prefix: string): ViewRow {
  return {
    database_id: database.id,
    file_id: log ? 2 : 1,
    file_guid: stableGuid(`${database.name}/${log}`),
    type: log ? 1 : 0,
    type_desc: log ? "LOG" : "ROWS",
    data_space_id: log ? 0 : 1,
    name: `${prefix}${log ? "_log" : ""}`,
    physical_name: `${SERVER.dataFolder}${prefix}${log ? "_log.ldf" : ".mdf"}`,
    state: 0,
    state_desc: "ONLINE",
    size: Math.round(bytes / PAGE),
    max_size: log ? 268_435_456 : -1,
    growth: 8192,
    is_media_read_only: false,
    is_read_only: false,
    is_sparse: false,
    is_percent_growth: false,
    is_name_reserved: false,
  };
}

/** Data and log files of every database, or of one by its id. A log grows while its backups stay away. */
export function fileRows(model: SqlServerModel, only: number | null = null): ViewRow[] {
  const isAsked = ({ id }: { id: number }) => only === null || id === only;
  const system = SYSTEM_DATABASES.filter(isAsked).flatMap((d) => {
    const prefix = d.name === "msdb" ? "MSDBData" : d.name === "tempdb" ? "tempdev" : d.name;
    return [file(d, false, 8 * 1024 * 1024, prefix), file(d, true, 8 * 1024 * 1024, prefix)];
  });
  const user = model.state.databases.filter(isAsked).flatMap((d) => {
    const profile = model.profile(d);
    const unsaved = d.logChain === null ? 0 : model.position(d) - d.logChain.position;
    const step = 16 * 1024 * 1024;
    const grown = Math.ceil(Math.max(profile.logBytes, unsaved * 1.2) / step) * step;
    const state = d.state === "RESTORING" ? { state: 1, state_desc: "RESTORING" } : {};
    const base = d.differentialBase;
    const data: ViewRow = {
      ...file(d, false, d.traits?.dataBytes ?? profile.dataBytes, d.name),
      ...state,
      differential_base_lsn: base === null ? null : BigInt(base.lsn),
      differential_base_guid: base?.guid ?? null,
      differential_base_time: base?.timeMs ?? null,
    };
    const log = { ...file(d, true, grown, d.name), ...state };
    if (d.traits?.filestream !== true) return [data, log];
    const container = { type: 2, type_desc: "FILESTREAM", file_id: 65537, size: 0, name: `${d.name}_fs` };
    return [data, log, { ...file(d, false, 0, d.name), ...container, ...state }];
  });
  return [...system, ...user];
}
