import { expect, test } from "vitest";
import { roleOfGroups } from "./role-rules";

const rules = { administrator: ["dba-admins"], operator: ["dbas", "night-shift"], viewer: ["leads"] };

test.each([
  [["leads", "dba-admins"], "administrator"],
  [["night-shift"], "operator"],
  [["leads"], "viewer"],
  [["DBAS"], null],
  [[], null],
] as const)("%j gives %s", (groups, role) => {
  expect(roleOfGroups(groups, rules)).toBe(role);
});

test("a star is whoever can sign in there, and takes nothing from who has more", () => {
  const open = { ...rules, viewer: ["*"] };
  expect(roleOfGroups([], open)).toBe("viewer");
  expect(roleOfGroups(["dbas"], open)).toBe("operator");
});
