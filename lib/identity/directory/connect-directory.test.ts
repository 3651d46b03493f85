import { afterEach, beforeEach, expect, test } from "vitest";
import { makeCertificate } from "@/sandbox/sqlserver/wire/self-signed-certificate";
import { connectDirectory } from "./connect-directory";
import type { DirectorySettings } from "./directory";
import { type DirectoryEntry, startTestDirectory, type TestDirectory } from "./directory-fixture";

const BASE = "dc=corp,dc=example";
const SERVICE = { dn: `cn=chainferry,${BASE}`, password: "service password" };
const tls = makeCertificate(["localhost"], Date.now());

const person = (name: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({
  dn: `uid=${name},ou=people,${BASE}`,
  password: `password of ${name}`,
  ...more,
  attributes: { objectclass: "person", uid: name, entryuuid: `uuid-${name}`, ...more.attributes },
});
const group = (name: string, members: string[]): DirectoryEntry => ({
  dn: `cn=${name},ou=groups,${BASE}`,
  password: null,
  attributes: { objectclass: "groupOfNames", cn: name, member: members },
});

let there: TestDirectory;

beforeEach(async () => {
  const ann = person("ann");
  const night = group("night", [ann.dn]);
  there = await startTestDirectory(
    [
      { dn: BASE, password: null, attributes: { objectclass: "domain", dc: "corp" } },
      { ...SERVICE, attributes: { objectclass: "account", cn: "chainferry" } },
      ...[ann, person("bob"), person("eve", { attributes: { mail: "ann" } })],
      ...[night, group("dbas", [night.dn])],
    ],
    tls,
  );
});
afterEach(() => there.close());

const settings = (more: Partial<DirectorySettings> = {}): DirectorySettings => ({
  ...{ name: "Corp AD", urls: [`ldaps://localhost:${there.port}`], base: BASE },
  ...{ filter: "(&(objectclass=person)(uid={name}))", service: SERVICE, userDn: null },
  roles: { administrator: [], operator: ["CN=dbas, OU=groups, DC=corp, DC=example"], viewer: [] },
  certificateAuthority: tls.certificate,
  ...more,
});
const identify = (name: string, password: string, more: Partial<DirectorySettings> = {}) =>
  connectDirectory(settings(more)).identify(name, password);
const saying = (reason: string, params: object = {}) => ({
  fields: expect.objectContaining({ reason, params: expect.objectContaining(params) }),
});

test("name and password over TLS; groups in groups give the role", async () => {
  expect(await identify("ann", "password of ann")).toEqual({
    ...{ subject: "entryUUID=uuid-ann", name: "ann", role: "operator" },
  });
  expect(await identify("bob", "password of bob")).toMatchObject({ name: "bob", role: null });
});

test("a wrong password, an unknown name and one that would be a filter are nobody", async () => {
  expect(await identify("ann", "another")).toBeNull();
  expect(await identify("nobody", "another")).toBeNull();
  for (const name of ["*", "a*", "ann)(uid=*", "ann\0", " "]) {
    expect(await identify(name, "password of ann"), name).toBeNull();
  }
});

test("an empty password is never sent: the directory would say yes to it", async () => {
  expect(await identify("ann", "")).toBeNull();
  expect(there.bound).toEqual([]);
});

test("a certificate that nobody vouches for, or of another name, ends it before anything is sent", async () => {
  const code = "DEPTH_ZERO_SELF_SIGNED_CERT";
  await expect(identify("ann", "password of ann", { certificateAuthority: null })).rejects.toMatchObject(
    saying("directory_unreachable", { code }),
  );
  const urls = [`ldaps://127.0.0.1:${there.port}`];
  await expect(identify("ann", "password of ann", { urls })).rejects.toMatchObject(
    saying("directory_unreachable", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }),
  );
  expect(there.bound).toEqual([]);
});

test("the next of several is asked when one is silent, and not when it says no", async () => {
  const urls = ["ldaps://localhost:1", `ldaps://localhost:${there.port}`];
  expect(await identify("ann", "password of ann", { urls })).toMatchObject({ name: "ann" });
  expect(await identify("ann", "another", { urls })).toBeNull();
  const silent = identify("ann", "password of ann", { urls: ["ldaps://localhost:1"] });
  await expect(silent).rejects.toMatchObject(saying("directory_unreachable", { code: "ECONNREFUSED" }));
});

test("a referral leads nowhere: no password goes to another server", async () => {
  const elsewhere = await startTestDirectory(there.entries, tls);
  there.refersTo = `ldaps://localhost:${elsewhere.port}/${BASE}`;
  expect(await identify("ann", "password of ann")).toBeNull();
  expect(elsewhere.bound).toEqual([]);
  await elsewhere.close();
});

test("two who are found by one name, and an account of ours that is wrong, are said as that", async () => {
  const filter = "(|(uid={name})(mail={name}))";
  await expect(identify("ann", "password of ann", { filter })).rejects.toMatchObject(
    saying("directory_ambiguous"),
  );
  const service = { ...SERVICE, password: "changed since" };
  await expect(identify("ann", "password of ann", { service })).rejects.toMatchObject(
    saying("directory_service_account"),
  );
});

test("who has typed the right password is told that it has expired; who is shut out there is nobody", async () => {
  there.entries.push(
    person("old", {
      diagnosis: "80090308: LdapErr: DSID-0C09, comment: AcceptSecurityContext error, data 532, v4563",
    }),
    person("gone", { attributes: { useraccountcontrol: "514" } }),
  );
  await expect(identify("old", "password of old")).rejects.toMatchObject(
    saying("directory_password_expired"),
  );
  expect(await identify("gone", "password of gone")).toBeNull();
});

test("without an account of ours whoever signs in looks for themselves, and only for themselves", async () => {
  const own = { service: null, userDn: `uid={name},ou=people,${BASE}` };
  expect(await identify("ann", "password of ann", own)).toMatchObject({ name: "ann", role: "operator" });
  expect(await identify("ann", "another", own)).toBeNull();
  expect(await identify("ann,ou=people", "password of ann", own)).toBeNull();
  // Bob's name is found at Eve's entry, which his password does not open.
  there.entries.push(person("mal", { attributes: { uid: "bob2", mail: "bob" } }));
  const filter = "(&(objectclass=person)(mail={name}))";
  expect(await identify("bob", "password of bob", { ...own, filter })).toBeNull();
  expect(await connectDirectory(settings(own)).lookAgain("entryUUID=uuid-ann")).toBeUndefined();
});

test("looked for again, somebody has what their groups give now, or is gone", async () => {
  const directory = connectDirectory(settings());
  expect(await directory.lookAgain("entryUUID=uuid-ann")).toMatchObject({ name: "ann", role: "operator" });
  there.entries = there.entries.filter(({ dn }) => !dn.startsWith("cn=night"));
  expect(await directory.lookAgain("entryUUID=uuid-ann")).toMatchObject({ role: null });
  there.entries = there.entries.filter(({ dn }) => !dn.startsWith("uid=ann"));
  expect(await directory.lookAgain("entryUUID=uuid-ann")).toBeNull();
  expect(await directory.lookAgain(`dn=uid=ann,ou=people,${BASE}`)).toBeNull();
  expect(await directory.lookAgain(`dn=uid=bob,ou=people,${BASE}`)).toMatchObject({ name: "bob" });
});

test("tried out, account, base and groups are looked for, and nobody's password is asked", async () => {
  const tryOut = (more: Partial<DirectorySettings> = {}) => connectDirectory(settings(more)).tryOut();
  const host = `localhost:${there.port}`;
  expect(await tryOut()).toEqual({ host, missingGroups: [] });
  expect(there.bound).toHaveLength(1);
  const gone = `cn=gone,ou=groups,${BASE}`;
  expect(await tryOut({ roles: { administrator: [gone], operator: [], viewer: ["*"] } })).toEqual({
    ...{ host, missingGroups: [gone] },
  });
  await expect(tryOut({ service: { ...SERVICE, password: "another" } })).rejects.toMatchObject(
    saying("directory_service_account", { host }),
  );
  await expect(tryOut({ base: "dc=elsewhere" })).rejects.toMatchObject(saying("directory_no_base", { host }));
  await expect(tryOut({ certificateAuthority: null })).rejects.toMatchObject(saying("directory_unreachable"));
});
