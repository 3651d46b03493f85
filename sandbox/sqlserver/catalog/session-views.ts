import type { ServerSession } from "../model/sessions";
import type { SqlServerModel } from "../model/sql-server-model";
import { nvarchar, varbinary } from "../tsql/sql-type";
import { type FunctionView, functionView, type View, type ViewRow, view } from "./define-view";
import { wall } from "./wall-time";

const all = (model: SqlServerModel): ServerSession[] => [
  ...model.sessions.all(model.state.databases),
  ...foreignWork(model),
];

/** Sessions of other backup software, where a database has one at work. */
function foreignWork(model: SqlServerModel): ServerSession[] {
  return model.state.databases.flatMap((database): ServerSession[] => {
    const running = database.traits?.running;
    if (running === undefined) return [];
    const startedMs = model.clock.now() - 600_000;
    return [
      {
        id: 40 + database.id,
        database: "master",
        login: running.login,
        transactions: 0,
        noCount: false,
        lastError: 0,
        rowCount: 0,
        language: "us_english",
        host: "BACKUP-01",
        program: running.program,
        library: "ODBC",
        loginMs: startedMs,
        clientAddress: "10.20.9.4",
        encrypted: false,
        connected: false,
        lastRequestStartMs: startedMs,
        lastRequestEndMs: startedMs,
        lastText: "",
        request: {
          command: running.command,
          database: database.name,
          startedMs,
          sqlText: "",
          percent: running.percent,
          endsMs: null,
          waitType: null,
        },
        temporary: new Map(),
        disconnect: () => undefined,
      },
    ];
  });
}

/** The session id stands in for a hash of the text; it leads back to what the session runs. */
function handleOf(session: ServerSession): Uint8Array {
  const bytes = new Uint8Array(20);
  bytes[0] = 2;
  bytes[2] = session.id >> 8;
  bytes[3] = session.id & 0xff;
  return bytes;
}

const sessions = view(
  `session_id smallint, login_time datetime, host_name nvarchar(128), program_name nvarchar(128), host_process_id int,
   client_version int, client_interface_name nvarchar(32), security_id varbinary(85), login_name nvarchar(128),
   nt_domain nvarchar(128), nt_user_name nvarchar(128), status nvarchar(30), cpu_time int, memory_usage int,
   total_scheduled_time int, total_elapsed_time int, endpoint_id int, last_request_start_time datetime,
   last_request_end_time datetime, reads bigint, writes bigint, logical_reads bigint, is_user_process bit, text_size int,
   language nvarchar(128), date_format nvarchar(3), transaction_isolation_level smallint, lock_timeout int,
   row_count bigint, prev_error int, original_login_name nvarchar(128), database_id smallint, authenticating_database_id int,
   open_transaction_count int`,
  ({ model }) =>
    all(model).map((s) => ({
      session_id: s.id,
      login_time: wall(s.loginMs),
      host_name: s.host,
      program_name: s.program,
      host_process_id: 4000 + s.id,
      client_version: 7,
      client_interface_name: s.library.slice(0, 32),
      security_id: Uint8Array.from([1]),
      login_name: s.login,
      nt_domain: "",
      nt_user_name: "",
      status: s.request === null ? "sleeping" : "running",
      cpu_time: 0,
      memory_usage: 4,
      total_scheduled_time: 0,
      total_elapsed_time: 0,
      endpoint_id: 4,
      last_request_start_time: wall(s.lastRequestStartMs),
      last_request_end_time: wall(s.lastRequestEndMs),
      reads: 0,
      writes: 0,
      logical_reads: 0,
      is_user_process: true,
      text_size: 2147483647,
      language: s.language,
      date_format: "mdy",
      transaction_isolation_level: 2,
      lock_timeout: -1,
      row_count: s.rowCount,
      prev_error: s.lastError,
      original_login_name: s.login,
      database_id: model.databaseId(s.database),
      authenticating_database_id: 1,
      open_transaction_count: s.transactions,
    })),
);

const requests = view(
  `session_id smallint, request_id int, start_time datetime, status nvarchar(30), command nvarchar(32), sql_handle varbinary(64),
   statement_start_offset int, statement_end_offset int, plan_handle varbinary(64), database_id smallint, user_id int,
   connection_id uniqueidentifier, blocking_session_id smallint, wait_type nvarchar(60), wait_time int,
   last_wait_type nvarchar(60), wait_resource nvarchar(256), open_transaction_count int, transaction_id bigint,
   percent_complete real, estimated_completion_time bigint, cpu_time int, total_elapsed_time int, reads bigint,
   writes bigint, logical_reads bigint, row_count bigint`,
  ({ model }) =>
    all(model).flatMap((s): ViewRow[] => {
      const { request } = s;
      if (request === null) return [];
      const now = model.clock.now();
      const elapsed = now - request.startedMs;
      const remaining = request.endsMs === null ? 0 : Math.max(0, Math.round(request.endsMs - now));
      return [
        {
          session_id: s.id,
          request_id: 0,
          start_time: wall(request.startedMs),
          status: request.waitType === null ? "running" : "suspended",
          command: request.command,
          sql_handle: handleOf(s),
          statement_start_offset: 0,
          statement_end_offset: -1,
          database_id: model.databaseId(request.database),
          user_id: 1,
          blocking_session_id: 0,
          wait_type: request.waitType,
          wait_time: request.waitType === null ? 0 : elapsed,
          last_wait_type: request.waitType ?? "MISCELLANEOUS",
          wait_resource: "",
          open_transaction_count: s.transactions,
          transaction_id: 1000 + s.id,
          percent_complete: request.percent,
          estimated_completion_time: remaining,
          cpu_time: Math.round(elapsed / 4),
          total_elapsed_time: elapsed,
          reads: 0,
          writes: 0,
          logical_reads: 0,
          row_count: 0,
        },
      ];
    }),
);

const connections = view(
  `session_id int, most_recent_session_id int, connect_time datetime, net_transport nvarchar(40), protocol_type nvarchar(40),
   protocol_version int, endpoint_id int, encrypt_option nvarchar(40), auth_scheme nvarchar(40), node_affinity smallint,
   num_reads int, num_writes int, last_read datetime, last_write datetime, net_packet_size int,
   client_net_address varchar(48), client_tcp_port int, local_net_address varchar(48), local_tcp_port int,
   connection_id uniqueidentifier`,
  ({ model }) =>
    all(model).map((s) => ({
      session_id: s.id,
      most_recent_session_id: s.id,
      connect_time: wall(s.loginMs),
      net_transport: "TCP",
      protocol_type: "TSQL",
      protocol_version: 1946157060,
      endpoint_id: 4,
      encrypt_option: s.encrypted ? "TRUE" : "FALSE",
      auth_scheme: "SQL",
      node_affinity: 0,
      last_read: wall(s.lastRequestStartMs),
      last_write: wall(s.lastRequestEndMs),
      net_packet_size: 4096,
      client_net_address: s.clientAddress,
    })),
);

const sysprocesses = view(
  `spid smallint, kpid smallint, blocked smallint, waittype binary(2), waittime bigint, lastwaittype nchar(32),
   waitresource nchar(256), dbid smallint, uid smallint, cpu int, physical_io bigint, memusage int, login_time datetime,
   last_batch datetime, ecid smallint, open_tran smallint, status nchar(30), hostname nchar(128), program_name nchar(128),
   hostprocess nchar(10), cmd nchar(26), nt_username nchar(128), loginame nchar(128)`,
  ({ model }) =>
    all(model).map((s) => ({
      spid: s.id,
      kpid: 0,
      blocked: 0,
      waittime: 0,
      lastwaittype: "MISCELLANEOUS".padEnd(32),
      waitresource: "".padEnd(256),
      dbid: model.databaseId(s.database),
      uid: 1,
      cpu: 0,
      physical_io: 0,
      memusage: 4,
      login_time: wall(s.loginMs),
      last_batch: wall(s.lastRequestStartMs),
      ecid: 0,
      open_tran: s.transactions,
      status: (s.request === null ? "sleeping" : "runnable").padEnd(30),
      hostname: s.host.padEnd(128),
      program_name: s.program.padEnd(128),
      hostprocess: String(4000 + s.id).padEnd(10),
      cmd: (s.request?.command ?? "AWAITING COMMAND").padEnd(26),
      nt_username: "".padEnd(128),
      loginame: s.login.padEnd(128),
    })),
);

const locks = view(
  `resource_type nvarchar(60), resource_subtype nvarchar(60), resource_database_id int, resource_description nvarchar(256),
   request_mode nvarchar(60), request_type nvarchar(60), request_status nvarchar(60), request_session_id int`,
  ({ model }) =>
    all(model)
      .filter((s) => (model.databaseId(s.database) ?? 0) > 2)
      .map((s) => ({
        resource_type: "DATABASE",
        resource_subtype: "",
        resource_database_id: model.databaseId(s.database),
        resource_description: "",
        request_mode: "S",
        request_type: "LOCK",
        request_status: "GRANT",
        request_session_id: s.id,
      })),
);

const none = (columns: string): View => view(columns, () => []);

export const sessionViews: Record<string, View> = {
  "sys.dm_exec_sessions": sessions,
  "sys.dm_exec_requests": requests,
  "sys.dm_exec_connections": connections,
  "sys.sysprocesses": sysprocesses,
  "sys.dm_tran_locks": locks,
  "sys.dm_tran_database_transactions": none(
    `transaction_id bigint, database_id int, database_transaction_begin_time datetime, database_transaction_type int,
     database_transaction_state int, database_transaction_log_record_count bigint,
     database_transaction_log_bytes_used bigint`,
  ),
  "sys.dm_tran_active_transactions": none(
    "transaction_id bigint, name nvarchar(32), transaction_begin_time datetime, transaction_type int, transaction_state int",
  ),
  "sys.dm_tran_session_transactions": none(
    "session_id int, transaction_id bigint, is_user_transaction bit, is_local bit, open_transaction_count int",
  ),
};

export const sessionFunctions: Record<string, FunctionView> = {
  "sys.dm_exec_sql_text": functionView(
    [varbinary(64)],
    "dbid smallint, objectid int, number smallint, encrypted bit, text nvarchar(max)",
    ({ model }, [handle]) => {
      if (!(handle instanceof Uint8Array)) return [];
      const id = ((handle[2] ?? 0) << 8) | (handle[3] ?? 0);
      const session = all(model).find((s) => s.id === id);
      if (session === undefined) return [];
      return [
        {
          dbid: model.databaseId(session.database),
          encrypted: false,
          text: session.request?.sqlText ?? session.lastText,
        },
      ];
    },
  ),
  "sys.dm_exec_input_buffer": functionView(
    [nvarchar(20), nvarchar(20)],
    "event_type nvarchar(256), parameters smallint, event_info nvarchar(max)",
    ({ model }, [id]) => {
      const session = all(model).find((s) => String(s.id) === id);
      return session === undefined
        ? []
        : [{ event_type: "Language Event", parameters: 0, event_info: session.lastText }];
    },
  ),
};
