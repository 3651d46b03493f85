import { expect, test } from "vitest";
import { requireOwner } from "./require-owner";

const FOLDER = "/var/lib/chainferry";

function failing(code: string): (folder: string) => number {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

function ownedBy(uid: number): (folder: string) => number {
  return () => uid;
}

test("root writes nothing into a service's data, which could not read it any more", () => {
  expect(() => requireOwner(FOLDER, { uid: 0, ownerOf: ownedBy(998) })).toThrow(/uid 998.*runuser -u/);
});

test.each([
  { what: "root's own", uid: 0, ownerOf: ownedBy(0) },
  { what: "one that is not there yet", uid: 0, ownerOf: failing("ENOENT") },
  { what: "the account itself", uid: 998, ownerOf: ownedBy(998) },
  { what: "another account, which its rights keep out", uid: 1000, ownerOf: ownedBy(998) },
  { what: "Windows, where rights tell", uid: null, ownerOf: ownedBy(0) },
])("$what is let through", ({ uid, ownerOf }) => {
  expect(() => requireOwner(FOLDER, { uid, ownerOf })).not.toThrow();
});

test("what can't be looked at is told", () => {
  expect(() => requireOwner(FOLDER, { uid: 0, ownerOf: failing("EACCES") })).toThrow("EACCES");
});
