import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openStore } from "@/lib/store/open-store";

let root: string;
let sound: string;
let migrationsTable: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "chainferry-damaged-"));
  sound = path.join(root, "sound");
  const store = await openStore({ databaseUrl: null, folder: sound });
  await store.db.setting.create({ data: { key: "kept", value: 1 } });
  const { rows } = await store.executeSql(`SELECT pg_relation_filepath('_prisma_migrations') AS file`);
  migrationsTable = z.tuple([z.object({ file: z.string() })]).parse(rows)[0].file;
  await store.close();
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function firstWal(files: string): Promise<string> {
  const [name] = (await readdir(path.join(files, "pg_wal"))).filter((entry) => entry.length === 24);
  return path.join(files, "pg_wal", name ?? "");
}

/** Of each file: which one it is, its size, and when it was last written, to the nanosecond. */
async function stampsOf(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        const { ino, size, mtimeNs } = await stat(file, { bigint: true });
        return [path.relative(folder, file), `${ino} ${size} ${mtimeNs}`] as const;
      }),
    ),
  );
}

let whole: Map<string, string> | null = null;

/** As the sound one again: what the test before damaged or made is put back or gone; a thousand files need no second copy. */
async function heal(folder: string): Promise<void> {
  if (whole === null) {
    await cp(sound, folder, { recursive: true });
  } else {
    const now = await stampsOf(folder);
    for (const [name, stamp] of whole) {
      if (now.get(name) !== stamp) await cp(path.join(sound, name), path.join(folder, name));
    }
    for (const name of now.keys()) if (!whole.has(name)) await rm(path.join(folder, name));
  }
  whole = await stampsOf(folder);
}

const control = (files: string) => path.join(files, "global/pg_control");

/** What somebody did to the files, what the error says, and whether it was seen before PostgreSQL started. */
const DAMAGES: [string, (files: string) => Promise<void>, RegExp, "read" | "started"][] = [
  [
    "pg_control zeroed",
    (f) => writeFile(control(f), Buffer.alloc(8192)),
    /pg_control holds nothing but/,
    "read",
  ],
  ["pg_control cut", (f) => truncate(control(f), 100), /global\/pg_control holds 100 of 8192 bytes/, "read"],
  ["pg_control empty", (f) => truncate(control(f), 0), /pg_control holds 0 of 8192 bytes/, "read"],
  ["pg_control gone", (f) => rm(control(f)), /global\/pg_control is missing/, "read"],
  [
    "pg_control with a changed byte",
    async (f) => {
      const bytes = await readFile(control(f));
      bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
      await writeFile(control(f), bytes);
    },
    /pg_control does not match its own checksum/,
    "read",
  ],
  ["log gone", async (f) => rm(await firstWal(f)), /pg_wal\/0{7}1\w{16} is missing/, "read"],
  ["log empty", async (f) => truncate(await firstWal(f), 0), /pg_wal\/\w{24} holds 0 of 16777216/, "read"],
  [
    "log zeroed",
    async (f) => writeFile(await firstWal(f), Buffer.alloc(2 ** 24)),
    /begins with zeros/,
    "read",
  ],
  ["log folder gone", (f) => rm(path.join(f, "pg_wal"), { recursive: true }), /pg_wal is missing/, "read"],
  ["PG_VERSION gone", (f) => rm(path.join(f, "PG_VERSION")), /PG_VERSION is missing/, "read"],
  ["PG_VERSION empty", (f) => truncate(path.join(f, "PG_VERSION"), 0), /PG_VERSION is empty/, "read"],
  ["of another version", (f) => writeFile(path.join(f, "PG_VERSION"), "17\n"), /PG_VERSION says 17/, "read"],
  ["tables gone", (f) => rm(path.join(f, "base"), { recursive: true }), /base is missing/, "read"],
  [
    "an empty file of the catalogue",
    (f) => truncate(path.join(f, "global/pg_filenode.map"), 0),
    /can't start on it: could not read file "global\/pg_filenode.map": read 0 of 524/,
    "started",
  ],
  [
    "the list of what was migrated gone",
    (f) => rm(path.join(f, migrationsTable)),
    /could not open file "base\/5\/\d+": No such file/,
    "started",
  ],
  [
    "transaction states gone",
    async (f) => {
      await rm(path.join(f, "pg_xact/0000"));
      await writeFile(path.join(f, "pg_xact/x"), "");
    },
    /can't start on it: could not access status of transaction/,
    "started",
  ],
];

test.each(DAMAGES)(
  "%s: said what is damaged and what to do, and left as it is",
  async (_, damage, says, seen) => {
    const folder = path.join(root, "hurt");
    const files = path.join(folder, "postgresql");
    await heal(folder);
    await damage(files);
    const before = await stampsOf(folder);
    const failure = await openStore({ databaseUrl: null, folder }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: "AppError",
      message: expect.stringMatching(/is damaged: .*\nNothing was made anew(?:.*\n)*.*check-store/),
      fields: {
        code: "precondition_failed",
        reason: "store_damaged",
        params: { folder: files, damage: expect.stringMatching(says) },
      },
    });
    const after = await stampsOf(folder);
    // PostgreSQL throws its caches away at every start.
    const kept = [...before.keys()].filter((file) => !file.endsWith("pg_internal.init"));
    expect([...after.keys()]).toEqual(expect.arrayContaining(kept));
    if (seen === "read") expect(after).toEqual(before);
  },
);

test("a segment missing between two of the log is seen, though recovery would end before it in silence", async () => {
  const folder = path.join(root, "hole");
  await cp(sound, folder, { recursive: true });
  const wal = await firstWal(path.join(folder, "postgresql"));
  await cp(wal, wal.replace(/1$/, "3"));
  await expect(openStore({ databaseUrl: null, folder })).rejects.toThrow(/pg_wal\/\w+2 is missing/);
});

test("the copy put back opens with what it holds", async () => {
  const folder = path.join(root, "put-back");
  await cp(sound, folder, { recursive: true });
  const store = await openStore({ databaseUrl: null, folder });
  expect(await store.db.setting.findUnique({ where: { key: "kept" } })).toEqual({ key: "kept", value: 1 });
  await store.close();
});

/** What a kill between PostgreSQL's open, write and sync leaves, and a power cut after them. */
test.each([
  ["empty", ""],
  ["zeros", "\0".repeat(40)],
  ["half a line", "4"],
  ["of a process that lives", `${process.pid}\n/data\n`],
])(
  "PostgreSQL's own lock file, left %s by a kill, keeps nobody out: the folder's lock says who has it",
  async (_, text) => {
    const folder = path.join(root, "locked");
    await cp(sound, folder, { recursive: true });
    await writeFile(path.join(folder, "postgresql/postmaster.pid"), text);
    const store = await openStore({ databaseUrl: null, folder });
    expect(await store.db.setting.findUnique({ where: { key: "kept" } })).toEqual({ key: "kept", value: 1 });
    await store.close();
    await rm(folder, { recursive: true });
  },
);
