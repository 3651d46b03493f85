import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { givenPath, givenPaths } from "./given-path";

afterEach(() => vi.unstubAllEnvs());

test("a path is the user's, wherever npm or a release started the command", () => {
  const elsewhere = resolve("/somewhere/else");
  vi.stubEnv("INIT_CWD", elsewhere);
  expect(givenPath("a.bak")).toBe(resolve(elsewhere, "a.bak"));
  expect(givenPath(resolve("/x/a.bak"))).toBe(resolve("/x/a.bak"));
  expect(
    ["b.bak", "c.trn"].reduce<string[] | undefined>((before, typed) => givenPaths(typed, before), undefined),
  ).toEqual([resolve(elsewhere, "b.bak"), resolve(elsewhere, "c.trn")]);
});

test("in Chainferry's own folder, and without npm, it stays as it was typed", () => {
  vi.stubEnv("INIT_CWD", process.cwd());
  expect(givenPath("backups/a.bak")).toBe("backups/a.bak");
  vi.stubEnv("INIT_CWD", undefined);
  expect(givenPath("backups/a.bak")).toBe("backups/a.bak");
});

test("on Windows no shell replaces *.trn: it is the files of its folder, and elsewhere a name like others", () => {
  const folder = mkdtempSync(join(tmpdir(), "chainferry-given-"));
  try {
    for (const name of ["b.TRN", "a.trn", "a.trn.old", "aXtrn", "full (1).bak"])
      writeFileSync(join(folder, name), "");
    mkdirSync(join(folder, "folder.trn"));
    const files = (typed: string, platform: NodeJS.Platform) =>
      givenPaths(join(folder, typed), ["z"], platform);
    expect(files("*.trn", "win32")).toEqual(["z", join(folder, "a.trn"), join(folder, "b.TRN")]);
    expect(files("full (?).bak", "win32")).toEqual(["z", join(folder, "full (1).bak")]);
    expect(files("*.diff", "win32")).toEqual(["z", join(folder, "*.diff")]);
    expect(files("none/*.trn", "win32")).toEqual(["z", join(folder, "none/*.trn")]);
    expect(files("*.trn", "linux")).toEqual(["z", join(folder, "*.trn")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
