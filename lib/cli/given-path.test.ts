import { resolve } from "node:path";
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
