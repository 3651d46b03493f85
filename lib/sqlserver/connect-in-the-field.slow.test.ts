import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { failureOf } from "@/lib/diagnosis/failure-of";
import { createTranslator } from "@/lib/i18n/translator";
import { startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { CERTIFICATE_FILES, makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { type RunningBrowser, startBrowser } from "@/sandbox/sqlserver/wire/start-browser";
import { connectSourceServer } from "./connect-source-server";
import type { SourceServerConfig } from "./source-server";
import { startStubTdsServer } from "./stub-tds-server";

const PASSWORD = "Pä55'w;ord密";
const folders: string[] = [];
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(names: readonly string[], madeMs: number): { folder: string; certificate: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "field-"));
  folders.push(folder);
  const { key, certificate } = makeCertificate(names, madeMs);
  writeFileSync(path.join(folder, CERTIFICATE_FILES.key), key);
  writeFileSync(path.join(folder, CERTIFICATE_FILES.certificate), certificate);
  return { folder, certificate };
}

const refused = {
  unknown: { number: 18456, state: 5, message: "Login failed for user 'unknown'." },
  typo: { number: 18456, state: 8, message: "Login failed for user 'typo'." },
  noconnect: { number: 18456, state: 12, message: "Login failed for user 'noconnect'." },
  windowsonly: { number: 18456, state: 58, message: "Login failed for user 'windowsonly'." },
  disabled: { number: 18470, message: "Login failed for user 'disabled'. Reason: The account is disabled." },
  locked: { number: 18486, message: "Login failed for user 'locked' because the account is locked out." },
  expired: { number: 18487, message: "Login failed. Reason: The password of the account has expired." },
  mustchange: {
    number: 18488,
    message: "Login failed. Reason: The password of the account must be changed.",
  },
  nodatabase: { number: 4060, message: 'Cannot open database "master" requested by the login.' },
};

async function start(options: { names?: string[]; madeMs?: number; tls?: "current" | "legacy" } = {}) {
  const { folder, certificate } = folderWith(options.names ?? ["localhost"], options.madeMs ?? Date.now());
  const server = await startSqlServer({
    folder,
    timeFactor: 600,
    scenario: "clean",
    user: "sa",
    password: PASSWORD,
    logins: { windows: [{ account: "CORP\\mover", password: PASSWORD }], refused },
    tls: options.tls ?? "current",
  });
  stops.push(() => server.stop());
  return { port: server.port, certificate };
}

type Started = Awaited<ReturnType<typeof start>>;
let modern: Started;
let old: Started;
let elsewhere: Started;
let outdated: Started;
let browser: RunningBrowser;
let silentPort: number;
let closingPort: number;
let closedPort: number;

function listen(onConnection: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address !== null ? address.port : 0 });
    });
  });
}

beforeAll(async () => {
  modern = await start();
  old = await start({ tls: "legacy" });
  elsewhere = await start({ names: ["sql.other.example"] });
  outdated = await start({ madeMs: Date.now() - 11 * 365 * 86_400_000 });
  browser = await startBrowser([
    { name: "SQL2019", port: modern.port },
    { name: "PIPES", port: null },
  ]);
  stops.push(() => browser.stop());
  const sockets = new Set<Socket>();
  const silent = await listen((socket) => sockets.add(socket));
  const closing = await listen((socket) => socket.destroy());
  const gone = await listen(() => undefined);
  silentPort = silent.port;
  closingPort = closing.port;
  closedPort = gone.port;
  await new Promise((resolve) => gone.server.close(resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    silent.server.close();
    closing.server.close();
  });
});

function config(more: Partial<SourceServerConfig> = {}): SourceServerConfig {
  return {
    host: "localhost",
    port: modern.port,
    user: "sa",
    password: PASSWORD,
    encrypt: "on",
    trustServerCertificate: true,
    connectTimeoutMs: 8000,
    ...more,
  };
}

async function identify(more: Partial<SourceServerConfig>) {
  const source = await connectSourceServer(config(more));
  try {
    return await source.identify();
  } finally {
    await source.close();
  }
}

describe("ways in", () => {
  const encrypted = (more: Partial<SourceServerConfig>) => identify(more).then((who) => who.encrypted);

  test("a Windows account proves its password by NTLMv2", async () => {
    const source = await connectSourceServer(config({ user: "corp\\Mover" }));
    expect(await source.listDatabases()).not.toHaveLength(0);
    await source.close();
  });

  test("a named instance by SQL Server Browser, whatever its case", async () => {
    expect(await encrypted({ port: null, instanceName: "sql2019", browserPort: browser.port })).toBe(true);
  });

  test("TLS with a certificate that is checked", async () => {
    const checked = { trustServerCertificate: false, certificateAuthority: modern.certificate };
    expect(await encrypted(checked)).toBe(true);
    expect(await encrypted({ ...checked, encrypt: "strict" })).toBe(true);
  });

  test("old TLS only where it is chosen", async () => {
    expect(await encrypted({ port: old.port, encrypt: "legacy" })).toBe(true);
    expect(await encrypted({ encrypt: "legacy" })).toBe(true);
    await expect(identify({ port: old.port, encrypt: "on" })).rejects.toThrow();
  });

  test("optional: TLS where the server has it, clear where it has none", async () => {
    expect(await encrypted({ encrypt: "optional" })).toBe(true);
    const plain = await startStubTdsServer({
      encryption: 2,
      answer: (_request, reply) => {
        reply.rows(["encrypt_option"], [["FALSE"]]);
        reply.end();
      },
    });
    const source = await connectSourceServer(config({ port: plain.port, encrypt: "optional" }));
    await source.close();
    await plain.stop();
  });
});

describe("a server, or whoever stands before it, that answers that it has no encryption", () => {
  const LOGIN7 = 16;

  test.each([
    ["on", 2],
    ["on", 0],
    ["legacy", 2],
    ["legacy", 0],
    ["strict", 2],
    ["strict", 0],
  ] as const)(
    "%s, answer %d: no login is sent, for SQL Server and for Windows",
    async (encrypt, encryption) => {
      const attacker = await startStubTdsServer({ encryption });
      for (const user of ["sa", "CORP\\mover"])
        await expect(
          connectSourceServer(config({ port: attacker.port, encrypt, user, connectTimeoutMs: 500 })),
        ).rejects.toThrow();
      expect(attacker.types).not.toContain(LOGIN7);
      await attacker.stop();
    },
  );

  test.each(["off", "optional"] as const)("%s: the login is sent as chosen", async (encrypt) => {
    const plain = await startStubTdsServer({ encryption: 2 });
    const source = await connectSourceServer(config({ port: plain.port, encrypt }));
    await source.close();
    expect(plain.types).toContain(LOGIN7);
    await plain.stop();
  });
});

describe("what is wrong is said, in both languages", () => {
  const texts = { en: createTranslator("en"), zh: createTranslator("zh-CN") };

  async function failureOfConnecting(more: Partial<SourceServerConfig>) {
    const outcome = await connectSourceServer(config(more)).then(
      async (source) => {
        await source.close();
        return null;
      },
      (error: unknown) => error,
    );
    return failureOf(outcome);
  }

  const checked = () => ({ trustServerCertificate: false, certificateAuthority: modern.certificate });
  const cases: [string, string, () => Partial<SourceServerConfig>, string, string][] = [
    ["host", "sql_host_not_found", () => ({ host: "no-such-host.invalid" }), "DNS", "DNS"],
    ["port that refuses", "sql_port_refused", () => ({ port: closedPort }), "port", "端口"],
    [
      "port that is silent",
      "sql_timeout",
      () => ({ port: silentPort, connectTimeoutMs: 400 }),
      "firewall",
      "防火墙",
    ],
    ["port of something else", "sql_hung_up", () => ({ port: closingPort }), "closed", "关闭"],
    [
      "Browser",
      "sql_browser_silent",
      () => ({ port: null, instanceName: "NOPE", browserPort: browser.port, connectTimeoutMs: 600 }),
      "UDP 1434",
      "UDP 1434",
    ],
    [
      "instance without TCP",
      "sql_instance_no_tcp",
      () => ({ port: null, instanceName: "PIPES", browserPort: browser.port }),
      "TCP",
      "TCP",
    ],
    ["authority", "sql_tls_untrusted", () => ({ trustServerCertificate: false }), "trust", "信任"],
    [
      "name in the certificate",
      "sql_tls_name",
      () => ({
        port: elsewhere.port,
        trustServerCertificate: false,
        certificateAuthority: elsewhere.certificate,
      }),
      "another name",
      "名称",
    ],
    [
      "certificate that ended",
      "sql_tls_expired",
      () => ({
        port: outdated.port,
        trustServerCertificate: false,
        certificateAuthority: outdated.certificate,
      }),
      "expired",
      "过期",
    ],
    ["TLS version", "sql_tls_too_old", () => ({ port: old.port }), "1.0", "1.0"],
    [
      "TLS version, strict",
      "sql_tls_too_old",
      () => ({ ...checked(), port: old.port, encrypt: "strict" }),
      "1.0",
      "1.0",
    ],
    ["login, state 5", "sql_login_unknown", () => ({ user: "unknown" }), "no such login", "没有该登录名"],
    ["password, state 8", "sql_login_password", () => ({ user: "typo" }), "password", "密码"],
    [
      "right to connect, state 12",
      "sql_login_no_access",
      () => ({ user: "noconnect" }),
      "CONNECT SQL",
      "CONNECT SQL",
    ],
    [
      "authentication mode, state 58",
      "sql_login_windows_only",
      () => ({ user: "windowsonly" }),
      "Windows",
      "Windows",
    ],
    ["login, state not told", "sql_login_failed", () => ({ password: "wrong" }), "password", "密码"],
    ["disabled login", "sql_login_disabled", () => ({ user: "disabled" }), "ENABLE", "ENABLE"],
    ["locked login", "sql_login_locked", () => ({ user: "locked" }), "UNLOCK", "UNLOCK"],
    ["password that ended", "sql_password_expired", () => ({ user: "expired" }), "expired", "过期"],
    [
      "password to change",
      "sql_password_must_change",
      () => ({ user: "mustchange" }),
      "MUST_CHANGE",
      "MUST_CHANGE",
    ],
    ["domain", "sql_untrusted_domain", () => ({ user: "OTHER\\mover" }), "domain", "域"],
    [
      "Windows password",
      "sql_login_failed",
      () => ({ user: "CORP\\mover", password: "no" }),
      "password",
      "密码",
    ],
    ["database", "sql_database_not_found", () => ({ user: "nodatabase" }), "database", "数据库"],
  ];

  test.each(cases)("%s: %s", async (_name, reason, more, english, chinese) => {
    const failure = await failureOfConnecting(more());
    expect(failure.reason).toBe(reason);
    expect(JSON.stringify(failure)).not.toContain(PASSWORD);
    for (const [{ tx }, word] of [
      [texts.en, english],
      [texts.zh, chinese],
    ] as const) {
      const shown = `${tx(`error.${reason}`, failure.params, "")} ${tx(`error.${reason}.do`, failure.params, "")}`;
      expect(shown.toLowerCase()).toContain(word.toLowerCase());
    }
  });

  test("a server without TLS where TLS is demanded", async () => {
    const plain = await startStubTdsServer({
      encryption: 2,
      answer: (_request, reply) => {
        reply.rows(["encrypt_option"], [["FALSE"]]);
        reply.end();
      },
    });
    expect((await failureOfConnecting({ port: plain.port })).reason).toBe("sql_not_encrypted");
    await plain.stop();
  });

  test("a server that demands TLS where there is none", async () => {
    const demanding = await startStubTdsServer({ encryption: 3 });
    const failure = await failureOfConnecting({ port: demanding.port, encrypt: "off" });
    expect(failure.reason).toBe("sql_tls_required");
    await demanding.stop();
  });

  test.each([
    [
      300,
      "VIEW SERVER STATE permission was denied on object 'server', database 'master'.",
      "VIEW SERVER STATE",
    ],
    [300, "拒绝了对对象 'server' (数据库 'master') 的 VIEW SERVER STATE 权限。", "VIEW SERVER STATE"],
    [
      229,
      "The SELECT permission was denied on the object 'backupset', database 'msdb', schema 'dbo'.",
      "SELECT",
    ],
    [229, "拒绝了对对象 'xp_dirtree' (数据库 'mssqlsystemresource'，架构 'sys')的 EXECUTE 权限。", "EXECUTE"],
    [262, "BACKUP DATABASE permission denied in database 'shop'.", "BACKUP DATABASE"],
    [262, "在数据库 'shop' 中拒绝了 CREATE DATABASE 权限。", "CREATE DATABASE"],
  ])("the right that is missing, %d: %s", async (number, message, permission) => {
    const server = await startStubTdsServer({
      answer: (request, reply) => {
        if (request.includes("backupset")) reply.error(number, message);
        reply.end();
      },
    });
    const source = await connectSourceServer(config({ port: server.port, encrypt: "off" }));
    const failure = failureOf(
      await source.listBackups({ database: "shop", limit: 1 }).catch((error: unknown) => error),
    );
    expect(failure).toMatchObject({ reason: "sql_permission", params: { permission } });
    expect(texts.en.tx("error.sql_permission", failure.params, "")).toContain(permission);
    expect(texts.zh.tx("error.sql_permission.do", failure.params, "")).toContain(permission);
    await source.close();
    await server.stop();
  });
});
