import { SERVER } from "../model/server-identity";
import { int, type SqlValue } from "../tsql/sql-type";
import { type View, view } from "./define-view";
import { UPTIME_MS } from "./storage-views";
import { wall } from "./wall-time";

const variant = (value: number): SqlValue => ({ variantType: int, value });

const OPTIONS: readonly [number, string, number, number, number, boolean, boolean][] = [
  [101, "recovery interval (min)", 0, 0, 32767, true, true],
  [109, "fill factor (%)", 0, 0, 100, false, true],
  [115, "nested triggers", 1, 0, 1, true, false],
  [503, "max worker threads", 0, 128, 65535, true, true],
  [518, "show advanced options", 1, 0, 1, true, false],
  [1539, "max degree of parallelism", 4, 0, 32767, true, true],
  [1543, "min server memory (MB)", 0, 0, 2147483647, true, true],
  [1544, "max server memory (MB)", 24576, 128, 2147483647, true, true],
  [1579, "backup compression default", 1, 0, 1, true, false],
  [1580, "filestream access level", 0, 0, 2, true, false],
  [1584, "backup checksum default", 0, 0, 1, true, false],
  [16384, "Agent XPs", 1, 0, 1, true, true],
  [16390, "xp_cmdshell", 0, 0, 1, true, true],
  [16391, "Ad Hoc Distributed Queries", 0, 0, 1, true, true],
  [16393, "contained database authentication", 0, 0, 1, true, false],
  [16397, "allow filesystem enumeration", 1, 0, 1, true, true],
];

export const serverViews: Record<string, View> = {
  "sys.configurations": view(
    `configuration_id int, name nvarchar(35), value sql_variant, minimum sql_variant, maximum sql_variant,
     value_in_use sql_variant, description nvarchar(255), is_dynamic bit, is_advanced bit`,
    () =>
      OPTIONS.map(([id, name, value, minimum, maximum, dynamic, advanced]) => ({
        configuration_id: id,
        name,
        value: variant(value),
        minimum: variant(minimum),
        maximum: variant(maximum),
        value_in_use: variant(value),
        description: name,
        is_dynamic: dynamic,
        is_advanced: advanced,
      })),
  ),
  "sys.servers": view(
    `server_id int, name sysname, product sysname, provider sysname, data_source nvarchar(4000), is_linked bit,
     is_remote_login_enabled bit, is_rpc_out_enabled bit, is_data_access_enabled bit`,
    () => [
      {
        server_id: 0,
        name: SERVER.serverName,
        product: "SQL Server",
        provider: "SQLNCLI",
        data_source: SERVER.serverName,
        is_linked: false,
        is_remote_login_enabled: true,
        is_rpc_out_enabled: true,
        is_data_access_enabled: false,
      },
    ],
  ),
  "sys.dm_os_sys_info": view(
    `cpu_count int, hyperthread_ratio int, physical_memory_kb bigint, committed_kb bigint, sqlserver_start_time datetime,
     ms_ticks bigint, virtual_machine_type_desc nvarchar(60)`,
    ({ model }) => [
      {
        cpu_count: 8,
        hyperthread_ratio: 8,
        physical_memory_kb: 33_554_432,
        committed_kb: 25_165_824,
        sqlserver_start_time: wall(model.startedMs - UPTIME_MS),
        ms_ticks: model.clock.now() - model.startedMs + UPTIME_MS,
        virtual_machine_type_desc: "HYPERVISOR",
      },
    ],
  ),
  "sys.dm_os_host_info": view(
    `host_platform nvarchar(256), host_distribution nvarchar(256), host_release nvarchar(256),
     host_service_pack_level nvarchar(256), host_sku int, os_language_version int`,
    () => [
      {
        host_platform: "Windows",
        host_distribution: "Windows Server 2019 Datacenter",
        host_release: "10.0",
        host_service_pack_level: "",
        host_sku: 8,
        os_language_version: 1033,
      },
    ],
  ),
  "sys.dm_server_services": view(
    `servicename nvarchar(256), startup_type int, startup_type_desc nvarchar(256), status int, status_desc nvarchar(256),
     process_id int, service_account nvarchar(256), is_clustered nvarchar(1)`,
    () => [
      {
        servicename: "SQL Server (MSSQLSERVER)",
        startup_type: 2,
        startup_type_desc: "Automatic",
        status: 4,
        status_desc: "Running",
        process_id: 3820,
        service_account: SERVER.serviceAccount,
        is_clustered: "N",
      },
      {
        servicename: "SQL Server Agent (MSSQLSERVER)",
        startup_type: 2,
        startup_type_desc: "Automatic",
        status: 4,
        status_desc: "Running",
        process_id: 4412,
        service_account: "NT SERVICE\\SQLSERVERAGENT",
        is_clustered: "N",
      },
    ],
  ),
  "sys.dm_os_performance_counters": view(
    "object_name nchar(128), counter_name nchar(128), instance_name nchar(128), cntr_value bigint, cntr_type int",
    ({ model }) =>
      model.state.databases.map((d) => ({
        object_name: "SQLServer:Databases".padEnd(128),
        counter_name: "Log Bytes Flushed/sec".padEnd(128),
        instance_name: d.name.padEnd(128),
        cntr_value: model.position(d),
        cntr_type: 272696576,
      })),
  ),
  "sys.dm_os_windows_info": view(
    "windows_release nvarchar(256), windows_service_pack_level nvarchar(256), windows_sku int, os_language_version int",
    () => [
      { windows_release: "10.0", windows_service_pack_level: "", windows_sku: 8, os_language_version: 1033 },
    ],
  ),
  "sys.traces": view("id int, status int, path nvarchar(260), is_default bit", () => []),
};
