import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BackupSetSpec } from "@/sandbox/backup-writer/backup-spec";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import { runChainCommand } from "./chain-command";
import { runHeaderCommand } from "./header-command";

let folder = "";
let output = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-cli-"));
  output = "";
  const collect = (text: string | Uint8Array): boolean => {
    output += text.toString();
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(collect);
  vi.spyOn(process.stderr, "write").mockImplementation(collect);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function writeBackup(name: string, ...sets: Partial<BackupSetSpec>[]): Promise<string> {
  const path = join(folder, name);
  const given = sets.map((set) => ({
    type: "full" as const,
    databaseName: "Sales",
    firstLsn: 100_00001n,
    lastLsn: 150_00001n,
    checkpointLsn: 100_00001n,
    payloadBytes: 5_000,
    ...set,
  }));
  await writeFile(path, Buffer.concat([...backupBytes({ sets: given })]));
  return path;
}

const log = (first: bigint, last: bigint) => ({ type: "log" as const, firstLsn: first, lastLsn: last });

describe("chainferry header", () => {
  it("prints one array, unreadable files in their place, and fails for them", async () => {
    const good = await writeBackup("a.bak", {});
    const bad = join(folder, "b.bak");
    await writeFile(bad, "not a backup at all");
    expect(await runHeaderCommand([good, bad, join(folder, "none")], { json: true })).toBe(1);
    expect(JSON.parse(output)).toMatchObject([
      {
        file: good,
        container: "MTF",
        complete: true,
        reads: 1,
        sets: [
          { type: "full", databaseName: "Sales", lastLsn: "15000001", family: { sequence: 1, count: 1 } },
        ],
      },
      { file: bad, error: { code: "not_a_backup" } },
      { file: join(folder, "none"), error: { code: "not_found" } },
    ]);
    output = "";
    expect(await runHeaderCommand([good], { json: true })).toBe(0);
  });

  it("says what to do about what is no file", async () => {
    expect(await runHeaderCommand([folder, join(folder, "none", "a.bak")], { json: true })).toBe(1);
    expect(JSON.parse(output)).toEqual([
      { file: folder, error: { code: "not_a_file", message: expect.stringMatching(/folder.*Name the/) } },
      { file: join(folder, "none", "a.bak"), error: { code: "not_found", message: expect.any(String) } },
    ]);
  });

  it("lists the sets of an encrypted file, and of them only that they are there", async () => {
    const path = join(folder, "sealed.bak");
    const set = { ...log(1n, 2n), databaseName: "Sales", checkpointLsn: 1n, payloadBytes: 100 };
    const spec = { compressed: true, encrypted: true, sets: [set, set] };
    await writeFile(path, Buffer.concat([...backupBytes(spec)]));
    expect(await runHeaderCommand([path], { json: true })).toBe(0);
    const sealed = {
      type: null,
      databaseName: null,
      lastLsn: null,
      encrypted: true,
      compressed: true,
      files: [],
    };
    expect(JSON.parse(output)).toMatchObject([
      {
        file: path,
        container: "MSSQLBAK",
        complete: true,
        sets: [
          { ...sealed, position: 1 },
          { ...sealed, position: 2 },
        ],
        reads: 1,
      },
    ]);
  });

  it("prints a table for people", async () => {
    expect(await runHeaderCommand([await writeBackup("a.bak", {}, log(1n, 2n))], { json: false })).toBe(0);
    expect(output).toMatch(/Database.*First LSN/);
    expect(output).toMatch(/a\.bak +1 +full +Sales/);
    expect(output).toMatch(/2 +log +Sales/);
  });
});

describe("chainferry chain", () => {
  it("assesses files by their headers", async () => {
    const files = [await writeBackup("1.trn", log(120_00001n, 200_00001n)), await writeBackup("2.bak", {})];
    expect(await runChainCommand({ files, json: true })).toBe(0);
    expect(JSON.parse(output)).toEqual([
      { id: "files", ok: true, order: files.toReversed(), reachedLsn: "20000001", problems: [] },
    ]);
  });

  it("says a gap in words, and fails", async () => {
    const files = [await writeBackup("f.bak", {}), await writeBackup("l.trn", log(200_00001n, 300_00001n))];
    expect(await runChainCommand({ files, json: false })).toBe(1);
    expect(output).toMatch(/does not hold, to LSN 15000001/);
    expect(output).toMatch(/gap: A log backup.*is missing: it must cover LSN 15000001 to 20000001/);
  });

  it("assesses cases, in the documented form", async () => {
    const casesFile = join(folder, "cases.json");
    const files = [
      { name: "f", type: "full" },
      { name: "l", type: "log", firstLsn: "200", lastLsn: "300", complete: true },
    ];
    const cases = [
      { id: "target", from: { lsn: "200" }, files },
      { id: 2, database: "Sales", files: [{ name: "x" }] },
    ];
    await writeFile(casesFile, JSON.stringify(cases));
    expect(await runChainCommand({ files: [], casesFile, json: true })).toBe(0);
    const message = expect.any(String);
    expect(JSON.parse(output)).toEqual([
      {
        id: "target",
        ok: false,
        order: ["l"],
        reachedLsn: "300",
        problems: [{ kind: "unreadable", file: "f", message }],
      },
      {
        id: 2,
        ok: false,
        order: [],
        reachedLsn: null,
        problems: [
          { kind: "no-full", message },
          { kind: "unreadable", file: "x", message },
        ],
      },
    ]);
  });

  it("says what is wrong with a file of cases", async () => {
    const casesFile = join(folder, "cases.json");
    await writeFile(casesFile, JSON.stringify([{ id: 1, files: [], from: { lsn: "x" } }]));
    expect(await runChainCommand({ files: [], casesFile, json: true })).toBe(2);
    expect(output).toMatch(/case 1, from: lsn must be digits/);
  });
});
