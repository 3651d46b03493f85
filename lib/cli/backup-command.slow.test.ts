import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, expect, test, vi } from "vitest";
import { announceServing } from "@/lib/start/serving-file";
import { backupOpenStore } from "@/lib/store/backup/backup-store";
import { openStore } from "@/lib/store/open-store";
import { runBackupCommand, runRestoreCommand } from "./backup-command";

const folder = mkdtempSync(path.join(tmpdir(), "chainferry-backup-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = (name: string) => ({ CHAINFERRY_DATA: path.join(folder, name) });
const printed: string[] = [];
const run = async (command: Promise<number>) => {
  const code = await command;
  return { code, json: JSON.parse(printed.splice(0).join("")) };
};

test("backup of a store that a dashboard has, restore of it, and what refuses, by exit code and JSON", async () => {
  vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  const file = path.join(folder, "store.backup");
  const data = environment("data").CHAINFERRY_DATA;
  const store = await openStore({ databaseUrl: null, folder: path.join(data, "store") });
  await store.db.connection.create({
    data: { id: "c", kind: "sql_server", name: "Prod", config: {}, secretSealed: "v2.sealed" },
  });
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { origin, authorization } = request.headers;
    asked.push(`${request.method} ${request.url} ${origin} ${authorization}`);
    const about = { version: "1.2.3", createdAt: new Date().toISOString() };
    await pipeline(Readable.from(await backupOpenStore(store.db, about)), response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const unheard = await run(runBackupCommand(environment("data"), file, { json: true }));
  expect(unheard).toMatchObject({ code: 1, json: { ok: false, refused: { reason: "store_locked" } } });

  const takeBack = await announceServing(data, { url, page: url, key: "machine-key" });
  const made = await run(runBackupCommand(environment("data"), file, { json: true }));
  expect(made).toMatchObject({ code: 0, json: { ok: true, file, bytes: readFileSync(file).length } });
  const taken = await run(runBackupCommand(environment("data"), file, { json: true }));
  expect(taken).toMatchObject({ code: 1, json: { refused: { reason: "backup_exists" } } });
  expect(asked).toEqual([`POST /api/store/backup ${url} Bearer machine-key`]);
  await takeBack();
  server.close();
  await store.close();

  const restored = await run(runRestoreCommand(environment("other"), file, { json: true }));
  expect(restored).toMatchObject({
    code: 0,
    json: { ok: true, version: "1.2.3", counts: { Connection: 1 } },
  });
  const again = await run(runRestoreCommand(environment("other"), file, { json: true }));
  expect(again).toMatchObject({ code: 1, json: { refused: { reason: "restore_not_empty" } } });
  const absent = await run(runBackupCommand(environment("nowhere"), `${file}.2`, { json: true }));
  expect(absent).toMatchObject({ code: 1, json: { refused: { reason: "store_absent" } } });
}, 300_000);
