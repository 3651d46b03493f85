import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { only } from "@/lib/context/open-test-ctx";
import { objectBaseName } from "@/lib/migration/object-name";
import type { ObjectEntry, ObjectStore } from "@/lib/oss/object-store";
import { backupBytes } from "@/sandbox/backup-writer/write-backup";
import {
  type BucketWatch,
  isFileSystemError,
  listBucketCandidates,
  listFolderCandidates,
} from "./list-candidates";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chainferry-candidates-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("a folder that is gone is told as an error of the file system", async () => {
  const missing = join(folder, "not-mounted");
  const error = await listFolderCandidates({ folder: missing, prefix: "", seen: {} }).catch(
    (caught: unknown) => caught,
  );
  expect(isFileSystemError(error)).toBe(true);
  expect(isFileSystemError(new Error("a bug"))).toBe(false);
});

const at = 40n * 10n ** 15n + 1n;
const full = { type: "full" as const, databaseName: "S", firstLsn: at, lastLsn: at + 9n, checkpointLsn: at };

async function write(relativePath: string): Promise<void> {
  const path = join(folder, relativePath);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, Buffer.concat([...backupBytes({ sets: [{ ...full, payloadBytes: 4096 }] })]));
}

const lookAtFolder = (seen: Record<string, string> = {}) =>
  listFolderCandidates({ folder, prefix: "p/", seen });

test("only new or changed regular files are read; links are said", async () => {
  await write("a.bak");
  await writeFile(join(folder, ".hidden"), "x");
  // The folder is a drive's root, and somebody has deleted a backup there.
  await write("$RECYCLE.BIN/S-1-5-21/$R7F3A2.bak");
  await symlink(join(folder, "nowhere"), join(folder, "dangling.bak"));
  const { candidates, overlooked } = await lookAtFolder();
  const [found, ...others] = candidates;
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    name: "a.bak",
    identity: "a.bak",
    objectKey: "p/a.bak",
    reading: { ok: true },
    original: null,
  });
  expect(overlooked).toEqual([{ relativePath: "dangling.bak", why: "link" }]);
  const seen = { [found?.identity ?? ""]: found?.version ?? "" };
  expect((await lookAtFolder(seen)).candidates).toEqual([]);
});

test.each([
  ["Ola Hallengren's tree", "SQL01$PROD/Sales/FULL/SQL01$PROD_Sales_FULL_20261129.bak"],
  ["a folder for each database", "Sales/Sales_backup_2026_11_29.bak"],
  ["Chinese names", "备份/销售.bak"],
])("%s is looked through", async (_, relativePath) => {
  await write(relativePath);
  const { candidates, overlooked } = await lookAtFolder();
  expect(overlooked).toEqual([]);
  expect(candidates).toMatchObject([
    { name: basename(relativePath), identity: relativePath, localPath: join(folder, relativePath) },
  ]);
  expect(candidates[0]?.objectKey).toMatch(/^p\/[A-Za-z0-9_.]+\.bak$/);
  // The record keeps where it lay.
  expect(candidates[0]?.original).toMatchObject({ why: "renamed", place: "folder", identity: relativePath });
});

test("one name in two folders is two objects with two last parts, each the same at every look", async () => {
  await write("mon/Sales.bak");
  await write("tue/Sales.bak");
  const keys = (await lookAtFolder()).candidates.map(({ objectKey }) => objectKey);
  expect(new Set(keys.map(objectBaseName)).size).toBe(2);
  expect((await lookAtFolder()).candidates.map(({ objectKey }) => objectKey)).toEqual(keys);
});

test("folders that are linked, hidden or too deep are not walked, and a loop ends", async () => {
  await write("a/real.bak");
  await symlink(folder, join(folder, "a", "loop"));
  await write(".snapshots/old.bak");
  await write(`${"d/".repeat(9)}deep.bak`);
  const { candidates, overlooked } = await lookAtFolder();
  expect(candidates.map(({ identity }) => identity)).toEqual(["a/real.bak"]);
  expect(overlooked).toEqual([
    { relativePath: "a/loop", why: "link" },
    { relativePath: `${"d/".repeat(8)}d`, why: "too_deep" },
  ]);
});

test("a name that is no UTF-8 is said", async () => {
  const raw = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xcf, 0xfa]), Buffer.from(".bak")]);
  await writeFile(raw, "x");
  expect(await lookAtFolder()).toEqual({
    candidates: [],
    overlooked: [{ relativePath: expect.stringMatching(/\.bak$/), why: "undecodable" }],
  });
});

test.skipIf(process.getuid?.() === 0)("what may not be read is said", async () => {
  await write("closed/in.bak");
  await write("closed.bak");
  await chmod(join(folder, "closed"), 0o000);
  await chmod(join(folder, "closed.bak"), 0o000);
  const { candidates, overlooked } = await lookAtFolder();
  await chmod(join(folder, "closed"), 0o700);
  expect(candidates).toEqual([]);
  expect(overlooked).toEqual([
    { relativePath: "closed", why: "unreadable" },
    { relativePath: "closed.bak", why: "unreadable" },
  ]);
});

describe("a bucket", () => {
  const asked: string[] = [];
  let objects: ObjectEntry[] = [];
  const store = only<ObjectStore>({
    listObjects: async ({ startAfter = "", limit = 1000, continuationToken }) => {
      const after = continuationToken ?? startAfter;
      asked.push(after);
      const rest = objects.filter(({ key }) => key > after);
      const page = rest.slice(0, limit);
      const more = rest.length > limit ? (page.at(-1)?.key ?? null) : null;
      return { objects: page, nextContinuationToken: more };
    },
    readRange: async ({ key }) => (key.includes("growing") ? GROWING : new Uint8Array(8)),
  });
  const at = 40n * 10n ** 15n + 1n;
  const set = { type: "log" as const, databaseName: "S", firstLsn: at, lastLsn: at + 9n, checkpointLsn: at };
  const GROWING = Buffer.concat([...backupBytes({ sets: [{ ...set, payloadBytes: 100_000 }] })]).subarray(
    0,
    50_000,
  );
  const entry = (key: string, etag = "1"): ObjectEntry => ({
    key,
    sizeBytes: key.includes("growing") ? GROWING.length : 8,
    lastModifiedAt: "2026-11-22T00:00:00Z",
    etag,
    storageClass: "Standard",
  });
  const look = (watch: BucketWatch | null, nowMs: number, seen: Record<string, string> = {}) => {
    asked.length = 0;
    return listBucketCandidates({ store, bucket: "b", prefix: "", seen, watch, nowMs });
  };

  test("that fits one page is listed whole each time: there is no marker to trust", async () => {
    objects = [entry("b1"), entry("b2")];
    const { candidates, watch } = await look(null, 0);
    expect(candidates.map(({ identity }) => identity)).toEqual(["b1", "b2"]);
    expect(watch).toBeNull();
    const again = await look(watch, 1, { b1: "1", b2: "0" });
    expect(again.candidates.map(({ identity }) => identity)).toEqual(["b2"]);
  });

  test("of many objects is listed behind the marker, and whole once a minute", async () => {
    objects = Array.from({ length: 2_500 }, (_, i) => entry(`k${String(i).padStart(5, "0")}`));
    const seen = Object.fromEntries(objects.map(({ key, etag }) => [key, etag]));
    const first = await look(null, 1_000, seen);
    expect(asked).toHaveLength(3);
    expect(first.watch).toEqual({ startAfter: "k02499", sweptAtMs: 1_000 });

    objects = [entry("a-early"), ...objects, entry("z-late")];
    const second = await look(first.watch, 2_000, seen);
    expect(asked).toEqual(["k02499"]);
    expect(second.candidates.map(({ identity }) => identity)).toEqual(["z-late"]);
    const swept = await look(second.watch, 61_000, { ...seen, "z-late": "1" });
    expect(swept.candidates.map(({ identity }) => identity)).toEqual(["a-early"]);
  });

  test("with an object that is not whole: the marker stays before it", async () => {
    objects = [
      ...Array.from({ length: 1_000 }, (_, i) => entry(`a${String(i).padStart(5, "0")}`)),
      entry("b-growing.trn"),
      entry("c"),
    ];
    const seen = Object.fromEntries(objects.map(({ key, etag }) => [key, etag]));
    const { watch } = await look(null, 0, { ...seen, "b-growing.trn": "0" });
    expect(watch?.startAfter).toBe("a00999");
  });
});
