import { expect, test } from "vitest";
import { requireOwner } from "./require-owner";

const FOLDER = "/var/lib/chainferry";

function failing(code: string): (folder: string) => number[] {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

function ownedBy(...uids: number[]): (folder: string) => number[] {
  return () => uids;
}

test("root writes nothing beside a service's data, which could not read it any more", () => {
  expect(() => requireOwner(FOLDER, { uid: 0, ownersIn: ownedBy(0, 998) })).toThrow(/uid 998.*runuser -u/);
});

test.each([
  { what: "root's own", uid: 0, ownersIn: ownedBy(0, 0) },
  { what: "an empty one, whoever lends it", uid: 0, ownersIn: ownedBy() },
  { what: "one that is not there yet", uid: 0, ownersIn: failing("ENOENT") },
  { what: "the account itself", uid: 998, ownersIn: ownedBy(998) },
  { what: "another account, which its rights keep out", uid: 1000, ownersIn: ownedBy(998) },
  { what: "Windows, where rights tell", uid: null, ownersIn: ownedBy(0) },
])("$what is let through", ({ uid, ownersIn }) => {
  expect(() => requireOwner(FOLDER, { uid, ownersIn })).not.toThrow();
});

test("what can't be looked at is told", () => {
  expect(() => requireOwner(FOLDER, { uid: 0, ownersIn: failing("EACCES") })).toThrow("EACCES");
});
