import { describe, expect, test } from "vitest";
import { readServerAddress } from "./server-address";

const at = (host: string, port: number | null = null, instanceName: string | null = null) => ({
  ok: true,
  address: { host, port, instanceName },
});

describe("readServerAddress", () => {
  test.each([
    ["sql.corp.local", at("sql.corp.local")],
    ["  sql.corp.local  ", at("sql.corp.local")],
    ["sql.corp.local,1433", at("sql.corp.local", 1433)],
    ["sql.corp.local , 50123", at("sql.corp.local", 50123)],
    ["tcp:sql.corp.local,1433", at("sql.corp.local", 1433)],
    ["TCP:sql.corp.local", at("sql.corp.local")],
    ["tcp: 10.0.0.1\\SQL2019", at("10.0.0.1", null, "SQL2019")],
    ["host\\INST", at("host", null, "INST")],
    ["host\\INST,50123", at("host", 50123)],
    ["host\\MSSQLSERVER", at("host")],
    ["host\\mssqlserver,1500", at("host", 1500)],
    [".", at("localhost")],
    [".\\INST", at("localhost", null, "INST")],
    ["(local)", at("localhost")],
    ["(LOCAL)\\INST", at("localhost", null, "INST")],
    [".,1433", at("localhost", 1433)],
    ["[::1],1433", at("::1", 1433)],
    ["[fe80::1]", at("fe80::1")],
    ["::1", at("::1")],
    ["fe80::1\\INST", at("fe80::1", null, "INST")],
    ["2001:db8::1,1433", at("2001:db8::1", 1433)],
    ["服务器，1433", at("服务器", 1433)],
    ["host＼INST", at("host", null, "INST")],
    ["ag-listener.corp", at("ag-listener.corp")],
    ["host\\SQL$2019", at("host", null, "SQL$2019")],
  ])("%s", (text, expected) => {
    expect(readServerAddress(text)).toEqual(expected);
  });

  test.each([
    ["host:1433", "port_after_colon", "host,1433"],
    ["tcp:host:1433", "port_after_colon", "host,1433"],
    ["[::1]:1433", "port_after_colon", "[::1],1433"],
    ["host：1433", "port_after_colon", "host,1433"],
    ["host,", "port", null],
    ["host,0", "port", null],
    ["host,65536", "port", null],
    ["host,14e2", "port", null],
    ["host,1433,2", "port", null],
    ["host\\INST,x", "port", null],
    ["\\\\host\\pipe\\sql\\query", "not_tcp", null],
    ["np:\\\\host\\pipe\\sql\\query", "not_tcp", null],
    ["lpc:host", "not_tcp", null],
    ["admin:host", "not_tcp", null],
    ["(localdb)\\MSSQLLocalDB", "localdb", null],
    ["Server=tcp:host,1433;Database=x;User Id=sa", "connection_string", "tcp:host,1433"],
    ["Data Source=host\\INST", "connection_string", "host\\INST"],
    ["Initial Catalog=x;Encrypt=yes", "connection_string", null],
  ])("%s is refused", (text, problem, instead) => {
    expect(readServerAddress(text)).toEqual({ ok: false, problem, instead });
  });
});
