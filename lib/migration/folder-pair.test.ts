import { expect, test } from "vitest";
import { coversFolders, foldersOf } from "./folder-pair";

const ALLOWED = { source: "D:\\Backup\\", local: "/mnt/backup" };

test.each([
  ["the pair itself", { source: "D:\\Backup", local: "/mnt/backup/" }, true],
  ["as Windows also reads it", { source: "d:/backup//SALES", local: "/mnt/backup/./sales" }, true],
  ["only its reading", { source: null, local: "/mnt/backup/sales" }, true],
  ["another folder of the server", { source: "D:\\Data", local: "/mnt/backup" }, false],
  ["one whose name begins alike", { source: "D:\\Backup2", local: "/mnt/backup" }, false],
  ["a share", { source: "\\\\attacker\\Backup", local: "/mnt/backup" }, false],
  ["a share by device", { source: "\\\\?\\UNC\\attacker\\share", local: "/mnt/backup" }, false],
  ["a step up on the server", { source: "D:\\Backup\\..\\Data", local: "/mnt/backup" }, false],
  ["a step up here", { source: "D:\\Backup", local: "/mnt/backup/../../etc" }, false],
  ["another folder here", { source: "D:\\Backup", local: "/etc" }, false],
  ["another case here", { source: "D:\\Backup", local: "/mnt/Backup" }, false],
  ["a relative one", { source: "D:\\Backup", local: "mnt/backup" }, false],
  ["none here", { source: "D:\\Backup", local: "" }, false],
])("%s: %j", (_name, wanted, expected) => {
  expect(coversFolders(ALLOWED, wanted)).toBe(expected);
});

test("a share that is allowed is, on its host only; what was allowed to be read is not written to", () => {
  const share = { source: "\\\\nas01\\sql", local: "/mnt/nas" };
  expect(coversFolders(share, { source: "\\\\NAS01\\sql\\Sales\\", local: "/mnt/nas" })).toBe(true);
  expect(coversFolders(share, { source: "//nas01/sql", local: "/mnt/nas" })).toBe(true);
  expect(coversFolders(share, { source: "\\\\nas02\\sql", local: "/mnt/nas" })).toBe(false);
  expect(coversFolders({ source: null, local: "/mnt/nas" }, share)).toBe(false);
});

test("nothing is all: neither an empty entry nor a drive without a letter allows anything", () => {
  for (const allowed of [
    { source: "", local: "" },
    { source: "/", local: "/" },
    { source: "\\\\", local: "//" },
  ])
    expect(coversFolders(allowed, { source: "D:\\Backup", local: "/mnt/backup" })).toBe(false);
});

test("a draft uses folders where we take the backups, or watch for them", () => {
  const wishes = { sourceFolder: " D:\\b ", localFolder: " /b " };
  const pair = (backupBy: "app" | "others", transport: string) =>
    foldersOf({ ...wishes, backupBy, transport });
  expect(pair("app", "browser_upload")).toEqual({ source: "D:\\b", local: "/b" });
  expect(pair("others", "shared_folder")).toEqual({ source: null, local: "/b" });
  expect(pair("others", "bucket_watch")).toBeNull();
  expect(foldersOf({ backupBy: "app", transport: "x", sourceFolder: "", localFolder: " " })).toBeNull();
});
