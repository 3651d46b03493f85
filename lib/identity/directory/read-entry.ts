import type { Entry } from "ldapts";

/** What is asked of somebody's entry. Directories leave out what they do not have. */
export const PERSON_ATTRIBUTES = [
  ...["objectGUID", "entryUUID", "nsUniqueId", "sAMAccountName", "uid", "cn", "memberOf"],
  ...["userAccountControl", "accountExpires", "nsAccountLock", "pwdAccountLockedTime"],
] as const;
/** Sixteen bytes, no text. */
export const BINARY_ATTRIBUTES = ["objectGUID"] as const;

/** Of `userAccountControl`. https://learn.microsoft.com/windows/win32/adschema/a-useraccountcontrol */
const ACCOUNT_DISABLED = 0x2;
/** Written by OpenLDAP's password policy for an account that an administrator has locked. */
const LOCKED_FOR_GOOD = "000001010000Z";
/** Ticks of 100 ns from 1601 to 1970. */
const EPOCH_TICKS = 116_444_736_000_000_000n;
const NEVER = new Set(["0", "9223372036854775807"]);

/** Texts of an attribute, in any case of its name. */
export function textsOf(entry: Entry, attribute: string): string[] {
  const key = Object.keys(entry).find((each) => each.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  return [value ?? []].flat().filter((each): each is string => typeof each === "string" && each !== "");
}

/**
 * By what an entry is known for good: the directory's own id, with the name of its attribute. A distinguished name, where there is no
 * such id, may be given to somebody else one day.
 */
export function subjectOf(entry: Entry): string {
  const guid = [entry.objectGUID ?? []].flat().find((each) => Buffer.isBuffer(each) && each.length === 16);
  if (Buffer.isBuffer(guid)) return `objectGUID=${guid.toString("hex")}`;
  for (const attribute of ["entryUUID", "nsUniqueId"]) {
    const [id] = textsOf(entry, attribute);
    if (id !== undefined) return `${attribute}=${id}`;
  }
  return `dn=${entry.dn}`;
}

/** What somebody is called: their login, else the entry's name. */
export function nameOf(entry: Entry): string {
  const names = ["sAMAccountName", "uid", "cn"].flatMap((attribute) => textsOf(entry, attribute));
  return (names[0] ?? entry.dn).slice(0, 100);
}

/** Whether the directory itself lets nobody in by this entry any more, at `now`. */
export function isShutOut(entry: Entry, now: Date): boolean {
  const [control = "0"] = textsOf(entry, "userAccountControl");
  if ((Number(control) & ACCOUNT_DISABLED) !== 0) return true;
  if (textsOf(entry, "nsAccountLock").some((value) => value.toLowerCase() === "true")) return true;
  if (textsOf(entry, "pwdAccountLockedTime").includes(LOCKED_FOR_GOOD)) return true;
  const [expires = "0"] = textsOf(entry, "accountExpires");
  if (NEVER.has(expires) || !/^\d+$/.test(expires)) return false;
  return Number((BigInt(expires) - EPOCH_TICKS) / 10_000n) <= now.getTime();
}
