import { expect, test } from "vitest";
import { isShutOut, nameOf, subjectOf } from "./read-entry";

const NOW = new Date("2026-05-04T10:00:00Z");
const dn = "cn=ann,dc=corp";

test("an entry is known by the directory's own id before its name", () => {
  const guid = Buffer.from("00112233445566778899aabbccddeeff", "hex");
  expect(subjectOf({ dn, objectGUID: guid, entryUUID: "u-1" })).toBe(`objectGUID=${guid.toString("hex")}`);
  expect(subjectOf({ dn, objectGUID: [], entryUUID: "u-1" })).toBe("entryUUID=u-1");
  expect(subjectOf({ dn, entryUUID: [] })).toBe("dn=cn=ann,dc=corp");
  expect(nameOf({ dn, SAMACCOUNTNAME: "ann", cn: "Ann Li" })).toBe("ann");
  expect(nameOf({ dn })).toBe(dn);
});

test.each([
  ["disabled in Active Directory", { userAccountControl: "514" }, true],
  ["a normal account", { userAccountControl: "512", accountExpires: "9223372036854775807" }, false],
  ["without such attributes", { userAccountControl: [], accountExpires: [] }, false],
  ["past its day", { accountExpires: "133000000000000000" }, true],
  ["before its day", { accountExpires: "144000000000000000" }, false],
  ["locked in 389 Directory Server", { nsAccountLock: "TRUE" }, true],
  ["locked for good in OpenLDAP", { pwdAccountLockedTime: "000001010000Z" }, true],
  ["locked for a while", { pwdAccountLockedTime: "20260504095900Z" }, false],
] as const)("an account %s", (_, attributes, shutOut) => {
  const entry = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, [value].flat()]));
  expect(isShutOut({ dn, ...entry }, NOW)).toBe(shutOut);
});
