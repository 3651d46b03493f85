import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { syncOpened, syncPath } from "./sync-to-disk";

test("on Windows a file is flushed by who may write to it, and no folder is opened", async () => {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-sync-"));
  try {
    const file = join(folder, "a");
    writeFileSync(file, "1");
    for (const platform of ["win32", "linux"] as const) await syncPath(file, "file", platform);
    await syncPath(folder, "folder", "linux");
    await syncPath(join(folder, "none"), "folder", "win32");
    await expect(syncPath(join(folder, "none"), "folder", "linux")).rejects.toThrow("ENOENT");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["win32", "EPERM", false],
  ["win32", "EIO", true],
  ["linux", "EPERM", true],
] as const)("on %s a flush that ends with %s throws: %s", (platform, code, throws) => {
  const flush = () =>
    syncOpened(3, platform, () => {
      throw Object.assign(new Error(code), { code });
    });
  if (throws) expect(flush).toThrow(code);
  else expect(flush).not.toThrow();
});
