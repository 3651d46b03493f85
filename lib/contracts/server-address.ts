/** Where a SQL Server listens. `port` null: asked of SQL Server Browser by `instanceName`, or 1433 without one. */
export interface ServerAddress {
  host: string;
  port: number | null;
  instanceName: string | null;
}

/** Why an address is not one that can be connected to over TCP. */
export const ADDRESS_PROBLEMS = [
  "port_after_colon",
  "port",
  "not_tcp",
  "localdb",
  "connection_string",
] as const;
export type AddressProblem = (typeof ADDRESS_PROBLEMS)[number];

/** An address, or what is wrong with it and how it is written instead (null where there is no other spelling). */
export type ReadAddress =
  | { ok: true; address: ServerAddress }
  | { ok: false; problem: AddressProblem; instead: string | null };

const THIS_MACHINE = new Set([".", "(local)"]);
/** The default instance under its service's name. */
const DEFAULT_INSTANCE = "MSSQLSERVER";

/**
 * Reads an address as SQL Server's own tools take it: `tcp:host,1433`, `host\INST`, `host\INST,50123` (the port wins: nobody asks
 * the Browser then), `.\INST`, `(local)`, `[::1],1433`, `::1`. Full-width `，` and `＼` count as typed half-width. `host:1433`, named pipes, shared
 * memory, the dedicated administrator connection, LocalDB and whole connection strings are refused.
 * https://learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconnection.connectionstring (Data Source)
 */
export function readServerAddress(text: string): ReadAddress {
  const typed = text.trim().replaceAll("，", ",").replaceAll("＼", "\\").replaceAll("：", ":");
  if (/^[^;]*=[^;]*;|^(data source|server|addr(ess)?)\s*=/i.test(typed)) {
    const [, source = ""] =
      /(?:^|;)\s*(?:data source|server|addr(?:ess)?|network address)\s*=\s*([^;]+)/i.exec(typed) ?? [];
    return { ok: false, problem: "connection_string", instead: source.trim() || null };
  }
  if (/^\\\\|^(np|lpc|admin):/i.test(typed)) return { ok: false, problem: "not_tcp", instead: null };
  const bare = typed.replace(/^tcp:\s*/i, "");
  if (/^\(localdb\)/i.test(bare)) return { ok: false, problem: "localdb", instead: null };
  const [, place = "", after] = /^([^,]*)(?:,(.*))?$/s.exec(bare) ?? [];
  const [, named = "", instance] = /^([^\\]*)(?:\\(.*))?$/s.exec(place) ?? [];
  const host = hostOf(named.trim());
  const instanceName = instanceOf(instance);
  if (after !== undefined) {
    const port = portOf(after);
    return port === null
      ? { ok: false, problem: "port", instead: null }
      : { ok: true, address: { host, port, instanceName: null } };
  }
  const [, before, digits] = /^([^:]+|\[[^\]]+\]):(\d+)$/.exec(named.trim()) ?? [];
  if (before !== undefined) return { ok: false, problem: "port_after_colon", instead: `${before},${digits}` };
  return { ok: true, address: { host, port: null, instanceName } };
}

function hostOf(name: string): string {
  if (THIS_MACHINE.has(name.toLowerCase())) return "localhost";
  return /^\[(.+)\]$/.exec(name)?.[1] ?? name;
}

function instanceOf(name: string | undefined): string | null {
  const trimmed = name?.trim() ?? "";
  return trimmed === "" || trimmed.toUpperCase() === DEFAULT_INSTANCE ? null : trimmed;
}

/** Whole digits only, 1 to 65535: `14e2` is none. */
function portOf(text: string): number | null {
  const digits = text.trim();
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}
