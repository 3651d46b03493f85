import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { protectFolder } from "./protect-folder";

const folder = mkdtempSync(join(tmpdir(), "chainferry-data-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

test("what earlier releases left open to everybody is closed at the start; what is not ours stays", async () => {
  const store = join(folder, "store", "postgresql");
  mkdirSync(store, { recursive: true });
  mkdirSync(join(folder, "sandbox"));
  for (const path of [join(folder, "store", "lock.json"), join(store, "row"), join(folder, "secret.key")]) {
    writeFileSync(path, "x");
    chmodSync(path, 0o644);
  }
  const elsewhere = mkdtempSync(join(tmpdir(), "chainferry-elsewhere-"));
  for (const path of [folder, store, join(folder, "sandbox"), elsewhere]) chmodSync(path, 0o755);
  symlinkSync(elsewhere, join(folder, "uploads"));

  await protectFolder(folder);

  for (const path of [folder, join(folder, "store"), store]) expect(modeOf(path)).toBe(0o700);
  for (const path of [join(folder, "store", "lock.json"), join(store, "row"), join(folder, "secret.key")]) {
    expect(modeOf(path)).toBe(0o600);
  }
  expect(modeOf(join(folder, "sandbox"))).toBe(0o755);
  expect(modeOf(elsewhere)).toBe(0o755);
  rmSync(elsewhere, { recursive: true });
});

test("a folder that is missing is made for its owner alone", async () => {
  await protectFolder(join(folder, "new", "data"));
  expect(modeOf(join(folder, "new", "data"))).toBe(0o700);
});
