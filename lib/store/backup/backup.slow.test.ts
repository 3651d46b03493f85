import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkStore } from "@/lib/store/check/check-store";
import { openStore } from "@/lib/store/open-store";
import { openTestStore } from "@/lib/store/open-test-store";
import type { Store } from "@/lib/store/store";
import { readBackup } from "./backup-file";
import { backupClosedStore, backupOpenStore } from "./backup-store";
import { parentsFirst } from "./parents-first";
import { restoreStore } from "./restore-store";
import { backupLines, writeBackupFile } from "./write-backup";

const ABOUT = { version: "1.2.3", createdAt: "2026-05-01T00:00:00.000Z" };
/** As PostgreSQL writes it: of these it escapes none. */
const ODD = '{"a":"\u2028 \u2029 \u0085 \u000b"}';
const folder = mkdtempSync(path.join(tmpdir(), "chainferry-backups-"));
const file = path.join(folder, "store.backup");
/** What the writer was told is committed, and when the backup was asked for. */
const acknowledged: string[] = [];
let before: number;
let store: Store;

const connection = (id: string) => ({
  id,
  kind: "sql_server",
  name: `密码 "${id}" \\ \n zeile`,
  config: { host: "db", big: 9_007_199_254_740_991, nested: [1.5, null, { "=": '{"end":' }] },
  secretSealed: "v2.sealed",
});

beforeAll(async () => {
  store = await openTestStore();
  let goesOn = true;
  const writing = (async () => {
    for (let number = 0; goesOn || number < 20; number += 1) {
      await store.db.connection.create({ data: connection(`c${number}`) });
      acknowledged.push(`c${number}`);
      // PGlite answers within this turn: files are written in others.
      await new Promise(setImmediate);
    }
  })();
  while (acknowledged.length < 10) await new Promise(setImmediate);
  before = acknowledged.length;
  const stream = await backupOpenStore(store.db, ABOUT);
  await writeBackupFile(file, stream, true);
  goesOn = false;
  await writing;
}, 300_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a backup under load: every row that was acknowledged before is there, to the letter, and the store is sound", async () => {
  const place = { databaseUrl: null, folder: path.join(folder, "restored") };
  const { head, counts } = await restoreStore(place, file);
  expect(head.version).toBe("1.2.3");
  expect(counts.Connection).toBeGreaterThanOrEqual(before);
  expect(await checkStore(place)).toMatchObject({ sound: true, migrations: { missing: [], newer: [] } });
  const restored = await openStore(place);
  try {
    const rows = await restored.db.connection.findMany({ orderBy: { createdAt: "asc" } });
    const kept = await store.db.connection.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged.slice(0, before)));
    expect(new Map(rows.map((row) => [row.id, row]))).toEqual(new Map(kept.map((row) => [row.id, row])));
  } finally {
    await restored.close();
  }

  // Of a store that nobody has open the same backup is had again.
  const again = path.join(folder, "again.backup");
  expect((await backupClosedStore(place, again, ABOUT)).counts).toEqual(counts);
  expect(statSync(again).mode & 0o777).toBe(0o600);
}, 300_000);

test("nothing is ever replaced: neither a store nor a file", async () => {
  const place = { databaseUrl: null, folder: path.join(folder, "restored") };
  await expect(restoreStore(place, file)).rejects.toMatchObject({ fields: { reason: "restore_not_empty" } });
  await expect(backupClosedStore(place, file, ABOUT)).rejects.toMatchObject({
    fields: { reason: "backup_exists" },
  });
});

function changed(change: (lines: string[]) => string[]): string {
  const lines = gunzipSync(readFileSync(file)).toString().split("\n");
  const other = path.join(folder, `changed-${randomUUID()}`);
  writeFileSync(other, gzipSync(change(lines).join("\n")));
  return other;
}

test.each([
  ["cut short", "backup_damaged", (lines: string[]) => lines.slice(0, -3)],
  ["a row left out", "backup_damaged", (lines: string[]) => lines.filter((line) => !line.includes('"c3"'))],
  [
    "a value changed",
    "backup_damaged",
    (lines: string[]) => lines.map((line) => line.replace("v2.sealed", "v2.other")),
  ],
  ["no backup at all", "backup_damaged", () => ["hello"]],
  ["of a newer program", "backup_newer", null],
] as const)(
  "%s: %s, and nothing is made",
  async (_name, reason, change) => {
    const bad = change === null ? ofNewerProgram() : changed(change);
    const place = { databaseUrl: null, folder: path.join(folder, "never") };
    await expect(restoreStore(place, bad)).rejects.toMatchObject({ fields: { reason } });
    await expect(checkStore(place)).rejects.toMatchObject({ fields: { reason: "store_absent" } });
  },
  60_000,
);

test("a backup of which one byte is another is refused with words, whichever byte it is", async () => {
  const whole = readFileSync(file);
  const bad = path.join(folder, "one-byte");
  for (const at of [0, 1, 2, whole.length >> 2, whole.length >> 1, whole.length - 5, whole.length - 1]) {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
    writeFileSync(bad, bytes);
    const read = async () => {
      for await (const part of readBackup(bad)) expect(part.kind).toBeTruthy();
    };
    await expect(read()).rejects.toMatchObject({ fields: { reason: "backup_damaged" } });
  }
});

test("nothing but a line feed ends a line, whatever else Node takes for the end of one", async () => {
  const lines = (about: { createdAt: string; version: string }) => {
    const counts = {};
    const ask = (sql: string): Promise<unknown[]> => {
      if (sql.includes("_prisma_migrations\n")) return Promise.resolve([{ name: "0001", checksum: "x" }]);
      if (sql.includes("pg_attribute"))
        return Promise.resolve([{ name: "T", quoted: '"T"', columns: '["a"]' }]);
      if (!sql.startsWith("FETCH") || asked) return Promise.resolve([]);
      asked = true;
      return Promise.resolve([{ line: `=${ODD}` }]);
    };
    let asked = false;
    return backupLines(ask, about, counts);
  };
  const odd = path.join(folder, "odd");
  await writeBackupFile(odd, lines(ABOUT), false);
  const rows = [];
  for await (const part of readBackup(odd)) if (part.kind === "row") rows.push(part.json);
  expect(rows).toEqual([ODD]);
});

test("on a share that knows no second names a backup appears whole too, and replaces nothing", async () => {
  const noLinks = () => Promise.reject(Object.assign(new Error("link"), { code: "EPERM" }));
  const shared = path.join(folder, "shared.backup");
  const lines = () => Readable.from(["a\n"]);
  await writeBackupFile(shared, lines(), false, noLinks);
  expect(gunzipSync(readFileSync(shared)).toString()).toBe("a\n");
  expect(statSync(shared).mode & 0o777).toBe(0o600);
  const meanwhile = path.join(folder, "meanwhile.backup");
  const made = () => {
    writeFileSync(meanwhile, "somebody's");
    return noLinks();
  };
  await expect(writeBackupFile(meanwhile, lines(), false, made)).rejects.toMatchObject({
    fields: { reason: "backup_exists" },
  });
  expect(readFileSync(meanwhile, "utf8")).toBe("somebody's");
  await expect(writeBackupFile(path.join(folder, "none", "x"), lines(), false)).rejects.toThrow(
    /x can't be written: ENOENT.*There is no backup/,
  );
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
});

/** Whole, and with a migration that this program does not have. */
function ofNewerProgram(): string {
  return changed((lines) => {
    const body = lines.slice(0, -2).map((line, at) => {
      return at === 0
        ? line.replace('"migrations":[', '"migrations":[{"name":"9999_newer","checksum":"x"},')
        : line;
    });
    const hash = createHash("sha256");
    for (const line of body) hash.update(`${line}\n`);
    const end = JSON.parse(lines.at(-2) ?? "{}");
    return [...body, JSON.stringify({ ...end, sha256: hash.digest("hex") }), ""];
  });
}

test("parents come before those that refer to them", () => {
  const references = [
    { child: "Step", parent: "Migration" },
    { child: "Migration", parent: "Connection" },
  ];
  expect(parentsFirst(["Step", "Event", "Migration", "Connection"], references)).toEqual([
    ["Event", "Connection"],
    ["Migration"],
    ["Step"],
  ]);
  expect(() =>
    parentsFirst(
      ["a", "b"],
      [
        { child: "a", parent: "b" },
        { child: "b", parent: "a" },
      ],
    ),
  ).toThrow("a, b");
});
