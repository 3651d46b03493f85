import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ByteSource } from "@/lib/backup/header";
import { MemoryUploadStore } from "./memory-upload-store-fixture";
import { type UploadFileInput, uploadFile } from "./upload-file";

const KIB = 1024;
const limits = { partSize: 10 * KIB, firstDelayMs: 1, longestDelayMs: 2, attempts: 3 };
const content = Buffer.from(Uint8Array.from({ length: 73 * KIB }, (_, index) => (index * 37) & 255));

let folder: string;
let localPath: string;
let store: MemoryUploadStore;
let secret: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upload-"));
  localPath = join(folder, "sales.bak");
  writeFileSync(localPath, content);
  store = new MemoryUploadStore();
  secret = join(folder, "secret");
  writeFileSync(secret, "nobody's backup");
});

test("a link is not followed to what it leads to", async () => {
  rmSync(localPath);
  symlinkSync(secret, localPath);
  await expect(upload()).rejects.toMatchObject({ fields: { reason: "upload_file_link" } });
  expect(store.started).toBe(0);
  expect(store.objects.size).toBe(0);
});

test("nor one among the folders, where it leads out of the one that is allowed", async () => {
  const [inside, elsewhere] = [join(folder, "inside"), join(folder, "inside-not")];
  mkdirSync(inside);
  mkdirSync(elsewhere);
  writeFileSync(join(elsewhere, "a.bak"), content);
  symlinkSync(elsewhere, join(inside, "out"));
  const out = { localPath: join(inside, "out", "a.bak"), within: inside };
  await expect(upload(out)).rejects.toMatchObject({ fields: { reason: "upload_file_outside" } });
  expect(store.started).toBe(0);
  // The folder itself may be one.
  symlinkSync(inside, join(folder, "mount"));
  writeFileSync(join(inside, "b.bak"), content);
  await upload({ localPath: join(folder, "mount", "b.bak"), within: inside });
  expect(store.objects.size).toBe(1);
});

test.each(["link", "file"])("a %s put there meanwhile gives no object", async (kind) => {
  const { atime, mtime } = statSync(localPath);
  store.after = (call, number) => {
    if (call !== "part" || number !== 8) return;
    renameSync(localPath, join(folder, "away"));
    if (kind === "link") symlinkSync(secret, localPath);
    else writeFileSync(localPath, Buffer.alloc(content.length));
    if (kind === "file") utimesSync(localPath, atime, mtime);
  };
  await expect(upload()).rejects.toMatchObject({ fields: { reason: "upload_file_swapped" } });
  expect(store.objects.size).toBe(0);
});

test("a file that was only moved away is the one that was sent", async () => {
  store.after = (call, number) => {
    if (call === "part" && number === 8) renameSync(localPath, join(folder, "away"));
  };
  await upload();
  expect(Buffer.compare(store.objects.get("k.bak") ?? Buffer.alloc(0), content)).toBe(0);
});

test("it is judged on the open file, before anything is sent", async () => {
  const refusal = new Error("not this one");
  const seen: Uint8Array[] = [];
  const judge = async (bytes: ByteSource) => {
    // Whoever looks at the path now finds another.
    rmSync(localPath);
    symlinkSync(secret, localPath);
    seen.push(await bytes.read(0, content.length));
    throw refusal;
  };
  await expect(upload({ judge })).rejects.toBe(refusal);
  expect(Buffer.compare(Buffer.concat(seen), content)).toBe(0);
  expect(store.started).toBe(0);
});

afterEach(() => rmSync(folder, { recursive: true }));

function upload(more: Partial<UploadFileInput> = {}) {
  return uploadFile({
    store,
    bucket: "b",
    key: "k.bak",
    localPath,
    checkpoint: null,
    onCheckpoint: () => undefined,
    limits,
    ...more,
  });
}
