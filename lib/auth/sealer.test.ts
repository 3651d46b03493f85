import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSealer } from "@/lib/auth/sealer";

const ROW = "Connection/one";
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
    const sealed = createSealer(keyFile).seal(plain, ROW);
    expect(createSealer(keyFile).unseal(sealed, ROW)).toBe(plain);
  },
);

test("the sealed text shows neither the secret nor that two are equal", () => {
  const sealer = createSealer(keyFile);
  const [first, second] = [sealer.seal("hunter2-hunter2", ROW), sealer.seal("hunter2-hunter2", ROW)];
  expect(first).not.toBe(second);
  expect(Buffer.from(first.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain("hunter2");
});

test("the key file is readable by its owner only", () => {
  createSealer(keyFile);
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
});

test("a text sealed with another key is told from a damaged one", () => {
  const sealed = createSealer(keyFile).seal("hunter2", ROW);
  const other = createSealer(path.join(folder, "other.key"));
  expect(() => other.unseal(sealed, ROW)).toThrow("sealed_by_another_key");
});

test("every changed character is found", () => {
  const sealer = createSealer(keyFile);
  const sealed = sealer.seal("hunter2", ROW);
  for (let at = 0; at < sealed.length; at += 1) {
    const swapped = sealed[at] === "A" ? "B" : "A";
    const changed = sealed.slice(0, at) + swapped + sealed.slice(at + 1);
    // The last base64url character may hold unused bits.
    if (Buffer.from(changed, "base64url").equals(Buffer.from(sealed, "base64url"))) continue;
    expect(() => sealer.unseal(changed, ROW), changed).toThrow(/sealed_/);
  }
  for (const text of ["", "v1", "v1.x", "hunter2", `${sealed.split(".").slice(0, 2).join(".")}.`]) {
    expect(() => sealer.unseal(text, ROW), text).toThrow(/sealed_/);
  }
});

test("a sealed text opens in its own row only: a writer of the database can't move it", () => {
  const sealer = createSealer(keyFile);
  const sealed = sealer.seal("hunter2", ROW);
  for (const row of ["Connection/two", "Account/one", ""]) {
    expect(() => sealer.unseal(sealed, row), row).toThrow("sealed_text_broken");
  }
});

test("an older key opens what it sealed, seals nothing, and what it sealed is sealed anew", () => {
  const [old, now] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const before = createSealer({ place: "env", key: old, older: [] }).seal("hunter2", ROW);
  const both = createSealer({ place: "env", key: now, older: [old] });
  expect(both.unseal(before, ROW)).toBe("hunter2");
  const anew = both.reseal(before, ROW) ?? "";
  const alone = createSealer({ place: "env", key: now, older: [] });
  expect(alone.unseal(anew, ROW)).toBe("hunter2");
  expect(() => alone.unseal(before, ROW)).toThrow("sealed_by_another_key");
  expect(both.reseal(anew, ROW)).toBeNull();
  // Not to another row on the way.
  expect(() => both.reseal(before, "Connection/two")).toThrow("sealed_text_broken");
});

/** As releases before sealed: the key's id alone is bound to it. */
function sealedBefore(plain: string): string {
  createSealer(keyFile);
  const key = Buffer.from(readFileSync(keyFile, "utf8").trim(), "base64");
  const keyId = createHash("sha256").update("chainferry key id").update(key).digest("hex").slice(0, 8);
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(`v1.${keyId}`));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `v1.${keyId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
}

test("what an earlier release sealed is bound to its row, once, and opens nowhere unbound", () => {
  const sealer = createSealer(keyFile);
  const old = sealedBefore("hunter2");
  expect(() => sealer.unseal(old, ROW)).toThrow("sealed_text_broken");
  const bound = sealer.bind(old, ROW) ?? "";
  expect(sealer.unseal(bound, ROW)).toBe("hunter2");
  expect(() => sealer.unseal(bound, "Connection/two")).toThrow("sealed_text_broken");
  expect(sealer.bind(bound, "Connection/two")).toBeNull();
});

test("a tag that was cut short is no tag", () => {
  const sealer = createSealer(keyFile);
  const [version, keyId, body = ""] = sealer.seal("", ROW).split(".");
  const short = Buffer.from(body, "base64url").subarray(0, 16).toString("base64url");
  expect(() => sealer.unseal(`${version}.${keyId}.${short}`, ROW)).toThrow("sealed_text_broken");
});

test("a damaged key file is refused and not replaced", () => {
  createSealer(keyFile);
  writeFileSync(keyFile, "AAAA\n");
  expect(() => createSealer(keyFile)).toThrow(/does not hold a key/);
  expect(readFileSync(keyFile, "utf8")).toBe("AAAA\n");
});
