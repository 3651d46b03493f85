import { describe, expect, test } from "vitest";
import type { ConnectionView } from "@/lib/contracts/connection";
import { type ConnectionForm, fieldOf, formOf, readForm } from "./connection-form";

const server: ConnectionForm = {
  ...formOf(null),
  name: " PROD-01 ",
  host: "sql.corp.local",
  user: "chainferry",
  secret: "p@ss",
};
const account: ConnectionForm = { ...formOf(null), name: "hz", accessKeyId: "LTAI", secret: "s" };

const saved: ConnectionView = {
  id: "c1",
  kind: "sql_server",
  name: "PROD-01",
  sandbox: false,
  settings: {
    host: "10.0.0.1",
    port: null,
    instanceName: "SQL2019",
    user: "sa",
    encrypt: "strict",
    trustServerCertificate: false,
  },
  createdAt: "2026-05-17T00:00:00.000Z",
  lastTest: null,
  migrations: 0,
};

describe("readForm", () => {
  test("a server by port: text is trimmed, the port is a number, no instance name", () => {
    expect(readForm("sql_server", server, false)).toEqual({
      ok: true,
      input: {
        kind: "sql_server",
        name: "PROD-01",
        settings: {
          host: "sql.corp.local",
          port: 1433,
          instanceName: null,
          user: "chainferry",
          encrypt: "on",
          trustServerCertificate: false,
        },
        secret: "p@ss",
      },
    });
  });

  test("by instance name the port is not sent", () => {
    const read = readForm("sql_server", { ...server, by: "instance", instanceName: "SQL2019" }, false);
    expect(read).toMatchObject({ ok: true, input: { settings: { port: null, instanceName: "SQL2019" } } });
  });

  test("without encryption there is no certificate to trust", () => {
    const read = readForm("sql_server", { ...server, encrypt: "off", trustServerCertificate: true }, false);
    expect(read).toMatchObject({ ok: true, input: { settings: { trustServerCertificate: false } } });
  });

  test.each(["", "0", "70000", "14e2", "-1", "abc"])("%j is no port", (port) => {
    expect(readForm("sql_server", { ...server, port }, false)).toEqual({
      ok: false,
      errors: { port: "connections.invalid.port" },
    });
  });

  test("every empty field is named", () => {
    const read = readForm("sql_server", { ...formOf(null), by: "instance" }, false);
    expect(read.ok ? [] : Object.keys(read.errors).sort()).toEqual([
      "host",
      "instanceName",
      "name",
      "secret",
      "user",
    ]);
  });

  test("an empty secret is kept only where one is saved", () => {
    expect(readForm("cloud_account", { ...account, secret: "" }, false)).toMatchObject({
      ok: false,
      errors: { secret: "connections.invalid.required" },
    });
    expect(readForm("cloud_account", { ...account, secret: "" }, true)).toMatchObject({
      ok: true,
      input: { secret: "" },
    });
  });

  test("empty endpoints are the region's own, wrong ones are told", () => {
    expect(readForm("cloud_account", account, false)).toMatchObject({
      ok: true,
      input: { settings: { rdsEndpoint: null, ossEndpoint: null } },
    });
    expect(
      readForm("cloud_account", { ...account, regionId: "Hangzhou", ossEndpoint: "oss-cn-hangzhou" }, false),
    ).toEqual({
      ok: false,
      errors: { regionId: "connections.invalid.region", ossEndpoint: "connections.invalid.url" },
    });
  });
});

test.each([
  ["db01\\SQL2019", { host: "db01", port: null, instanceName: "SQL2019" }],
  ["db01,1533", { host: "db01", port: 1533, instanceName: null }],
  ["tcp:db01,1533", { host: "db01", port: 1533, instanceName: null }],
  ["db01\\SQL2019,50123", { host: "db01", port: 50123, instanceName: null }],
  [".\\SQL2019", { host: "localhost", port: null, instanceName: "SQL2019" }],
  ["[::1]", { host: "::1", port: 1433, instanceName: null }],
])("%s as SQL Server's tools write it", (host, expected) => {
  const read = readForm("sql_server", { ...server, host }, false);
  expect(read).toMatchObject({ ok: true, input: { settings: expected } });
});

test("a Windows account has one backslash", () => {
  expect(readForm("sql_server", { ...server, user: "CORP\\mover" }, false).ok).toBe(true);
  expect(readForm("sql_server", { ...server, user: "\\mover" }, false)).toEqual({
    ok: false,
    errors: { user: "connections.invalid.login" },
  });
});

describe("credentials of an account", () => {
  const token = {
    ...account,
    credential: "sts",
    securityToken: "tok",
    expiresAt: "2026-05-04T10:00:00Z",
  } as const;

  test("a token comes with its end", () => {
    expect(readForm("cloud_account", token, false)).toMatchObject({
      ok: true,
      input: {
        securityToken: "tok",
        secret: "s",
        settings: { credential: "sts", expiresAt: "2026-05-04T10:00:00Z" },
      },
    });
    expect(
      readForm("cloud_account", { ...token, securityToken: "", expiresAt: "soon" }, false),
    ).toMatchObject({
      ok: false,
    });
    expect(readForm("cloud_account", { ...token, securityToken: "" }, false)).toEqual({
      ok: false,
      errors: { securityToken: "connections.invalid.required" },
    });
  });

  test("what is kept is not sent", () => {
    const read = readForm("cloud_account", { ...token, secret: "", securityToken: "" }, true);
    expect(read).toMatchObject({ ok: true, input: { secret: "" } });
    expect(JSON.stringify(read)).not.toContain("securityToken");
  });

  test("the machine's own need nothing typed", () => {
    const read = readForm("cloud_account", { ...account, credential: "default_chain", secret: "" }, false);
    expect(read).toMatchObject({ ok: true, input: { secret: "", settings: { accessKeyId: "" } } });
  });
});

test("formOf shows what is saved, and no secret", () => {
  expect(formOf(saved)).toMatchObject({ by: "instance", instanceName: "SQL2019", port: "", secret: "" });
  expect(readForm("sql_server", formOf(saved), true)).toMatchObject({
    ok: true,
    input: { settings: saved.settings },
  });
});

test("fieldOf finds the field of a server's complaint", () => {
  expect(fieldOf(["settings", "host"])).toBe("host");
  expect(fieldOf(["secret"])).toBe("secret");
  expect(fieldOf(["settings"])).toBeNull();
});

test("an address that can't be connected to says how it is written", () => {
  expect(readForm("sql_server", { ...server, host: "db01:1433" }, false)).toEqual({
    ok: false,
    errors: { host: { key: "connections.invalid.address.instead", address: "db01,1433" } },
  });
  expect(readForm("sql_server", { ...server, host: "np:\\\\db01\\pipe" }, false)).toEqual({
    ok: false,
    errors: { host: "connections.invalid.address.not_tcp" },
  });
});

test("an authority is PEM, and comes back", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  for (const [kind, form] of [
    ["sql_server", server],
    ["cloud_account", account],
  ] as const) {
    const read = readForm(kind, { ...form, certificateAuthority: `\n${pem}\n` }, false);
    expect(read).toMatchObject({ ok: true, input: { settings: { certificateAuthority: pem } } });
    expect(readForm(kind, { ...form, certificateAuthority: "MIIB" }, false)).toEqual({
      ok: false,
      errors: { certificateAuthority: "connections.invalid.pem" },
    });
  }
  expect(readForm("cloud_account", { ...account, ossDomain: "backup.example.com" }, false)).toMatchObject({
    ok: false,
    errors: { ossDomain: "connections.invalid.url" },
  });
});
