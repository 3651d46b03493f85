import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backupBytes } from "@/lib/backup/write-backup";
import { isFileSystemError, listFolderCandidates } from "./list-candidates";

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

test("only new or changed regular files are read", async () => {
  const at = 40n * 10n ** 15n + 1n;
  const spec = {
    type: "full" as const,
    databaseName: "S",
    firstLsn: at,
    lastLsn: at + 9n,
    checkpointLsn: at,
  };
  await writeFile(
    join(folder, "a.bak"),
    Buffer.concat([...backupBytes({ sets: [{ ...spec, payloadBytes: 4096 }] })]),
  );
  await writeFile(join(folder, ".hidden"), "x");
  await symlink(join(folder, "nowhere"), join(folder, "dangling.bak"));
  const [found, ...others] = await listFolderCandidates({ folder, prefix: "p/", seen: {} });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ name: "a.bak", objectKey: "p/a.bak", reading: { ok: true } });
  const seen = { [found?.objectKey ?? ""]: found?.version ?? "" };
  expect(await listFolderCandidates({ folder, prefix: "p/", seen })).toEqual([]);
});
