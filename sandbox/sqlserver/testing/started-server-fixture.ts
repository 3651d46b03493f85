import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mssql from "mssql";
import { type RunningSqlServer, type SqlServerOptions, startSqlServer } from "../start-sqlserver";
import { CERTIFICATE_FILES, makeCertificate } from "../wire/self-signed-certificate";

export const PASSWORD = "Pä55'w;ord密";

export interface TestSqlServer extends RunningSqlServer {
  folder: string;
  connect(more?: Partial<mssql.config>): Promise<mssql.ConnectionPool>;
  /** Stops the server and removes its folder. */
  close(): Promise<void>;
}

// Making a key takes longer than most tests: all servers of a test file share one.
const { key, certificate } = makeCertificate(["localhost", "127.0.0.1"], Date.now());

/** A started server in a folder of its own, ten times as fast as the default. */
export async function startForTest(options: Partial<SqlServerOptions> = {}): Promise<TestSqlServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "sandbox-tds-"));
  if (!existsSync(join(folder, CERTIFICATE_FILES.key))) {
    writeFileSync(join(folder, CERTIFICATE_FILES.key), key);
    writeFileSync(join(folder, CERTIFICATE_FILES.certificate), certificate);
  }
  const server = await startSqlServer({
    timeFactor: 600,
    scenario: "clean",
    user: "sa",
    password: PASSWORD,
    ...options,
    folder,
  });
  return {
    ...server,
    folder,
    connect: (more = {}) =>
      new mssql.ConnectionPool({
        server: "localhost",
        port: server.port,
        user: "sa",
        password: PASSWORD,
        pool: { min: 0, max: 1 },
        ...more,
        options: { encrypt: false, trustServerCertificate: true, ...more.options },
      }).connect(),
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
