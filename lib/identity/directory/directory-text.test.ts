import { expect, test } from "vitest";
import { dnKey, filled, inDn, inFilter, isSameDn } from "./directory-text";

test.each([
  ["ann", "ann"],
  ["*)(uid=*", "\\2a\\29\\28uid=\\2a"],
  ["back\\slash\0", "back\\5cslash\\00"],
  ["李伟", "李伟"],
])("%j stands in a filter as %j", (typed, written) => {
  expect(inFilter(typed)).toBe(written);
});

test.each([
  ["ann", "ann"],
  ["ann,ou=admins", "ann\\2cou\\3dadmins"],
  ["# ann ", "\\23 ann\\20"],
  ['a+b"c<d>e;f\\g', "a\\2bb\\22c\\3cd\\3ee\\3bf\\5cg"],
])("%j stands in a distinguished name as %j", (typed, written) => {
  expect(inDn(typed)).toBe(written);
});

test("what a name has is no pattern of what it is put into", () => {
  expect(filled("uid={name},ou=people", "$&{name}")).toBe("uid=$&{name},ou=people");
});

test("distinguished names are compared without case and white space, and not cut at a comma of a name", () => {
  expect(isSameDn("CN=DBA Admins, OU=Groups,DC=corp", "cn=dba  admins,ou = groups,dc=CORP")).toBe(true);
  expect(isSameDn("cn=a,dc=corp", "cn=a,dc=corp,dc=example")).toBe(false);
  expect(dnKey("CN=Li\\, Wei,DC=corp")).toBe("cn=li\\, wei,dc=corp");
});
