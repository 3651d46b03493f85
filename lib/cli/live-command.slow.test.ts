import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readOnlyStatements } from "@/lib/sqlserver/run-read-only";
import { type RunningSqlServer, startSqlServer } from "@/sandbox/sqlserver/start-sqlserver";
import { runLiveCommand } from "./live-command";

let folder: string;
let server: RunningSqlServer;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "live-"));
  server = await startSqlServer({
    folder,
    timeFactor: 600,
    scenario: "clean",
    user: "sa",
    password: "Live-1",
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function run(environment: Record<string, string>): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.err += String(text);
    return true;
  });
  try {
    return { code: await runLiveCommand(environment, { json: true }), ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

const environment = () => ({
  CHAINFERRY_LIVE_SERVER: `127.0.0.1,${server.port}`,
  CHAINFERRY_LIVE_USER: "sa",
  CHAINFERRY_LIVE_PASSWORD: "Live-1",
  CHAINFERRY_LIVE_TRUST: "1",
});

test("without a server it is skipped, and says so", async () => {
  expect(await run({})).toMatchObject({ code: 0, out: '{"status":"skipped"}\n' });
});

test("every read-only statement runs, and leaves no trace in the server's history", async () => {
  const before = JSON.stringify(server.model.state.databases);
  const { code, out } = await run(environment());
  const answer = JSON.parse(out);
  const failed = answer.statements.filter(
    (one: { outcome: { kind: string } }) => one.outcome.kind === "failed",
  );
  expect(failed).toEqual([]);
  expect(answer).toMatchObject({ status: "passed" });
  expect(answer.statements.map(({ name }: { name: string }) => name)).toEqual(readOnlyStatements);
  expect(code).toBe(0);
  const names = (text: string) => JSON.parse(text).map((one: { name: string }) => one.name);
  expect(names(JSON.stringify(server.model.state.databases))).toEqual(names(before));
});

test("a server that refuses is told in one line, without the password", async () => {
  const { code, err } = await run({ ...environment(), CHAINFERRY_LIVE_PASSWORD: "wrong-secret" });
  expect(code).toBe(2);
  expect(err).toContain("sql_login_failed");
  expect(err).not.toContain("wrong-secret");
});
