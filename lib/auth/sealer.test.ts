import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSealer } from "@/lib/auth/sealer";

let folder: string;
let keyFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "chainferry-key-"));
  keyFile = path.join(folder, "new", "secret.key");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test.each(["", "hunter2", "密码 🔑", "x".repeat(10_000)])(
  "%j comes back, by another sealer of the same key too",
  (plain) => {
    const sealed = createSealer(keyFile).seal(plain);
    expect(createSealer(keyFile).unseal(sealed)).toBe(plain);
  },
);

test("the sealed text shows neither the secret nor that two are equal", () => {
  const sealer = createSealer(keyFile);
  const [first, second] = [sealer.seal("hunter2-hunter2"), sealer.seal("hunter2-hunter2")];
  expect(first).not.toBe(second);
  expect(Buffer.from(first.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain("hunter2");
});

test("the key file is readable by its owner only", () => {
  createSealer(keyFile);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

test("a text sealed with another key is told from a damaged one", () => {
  const sealed = createSealer(keyFile).seal("hunter2");
  const other = createSealer(path.join(folder, "other.key"));
  expect(() => other.unseal(sealed)).toThrow("sealed_by_another_key");
});

test("every changed character is found", () => {
  const sealer = createSealer(keyFile);
  const sealed = sealer.seal("hunter2");
  for (let at = 0; at < sealed.length; at += 1) {
    const swapped = sealed[at] === "A" ? "B" : "A";
    const changed = sealed.slice(0, at) + swapped + sealed.slice(at + 1);
    // The last base64url character may hold unused bits.
    if (Buffer.from(changed, "base64url").equals(Buffer.from(sealed, "base64url"))) continue;
    expect(() => sealer.unseal(changed), changed).toThrow(/sealed_/);
  }
  for (const text of ["", "v1", "v1.x", "hunter2", `${sealed.split(".").slice(0, 2).join(".")}.`]) {
    expect(() => sealer.unseal(text), text).toThrow(/sealed_/);
  }
});

test("a damaged key file is refused and not replaced", () => {
  createSealer(keyFile);
  writeFileSync(keyFile, "AAAA\n");
  expect(() => createSealer(keyFile)).toThrow(/does not hold a key/);
  expect(readFileSync(keyFile, "utf8")).toBe("AAAA\n");
});
