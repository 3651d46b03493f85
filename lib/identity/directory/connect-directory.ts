import { isIP } from "node:net";
import { rootCertificates } from "node:tls";
import {
  Client,
  type Entry,
  EqualityFilter,
  InvalidCredentialsError,
  OrFilter,
  ResultCodeError,
} from "ldapts";
import { AppError, isAppError } from "@/lib/diagnosis/app-error";
import type { KnownPerson } from "../known-person";
import { roleOfGroups } from "../role-rules";
import type { Directory, DirectorySettings } from "./directory";
import { dnKey, filled, inDn, inFilter, isSameDn } from "./directory-text";
import { BINARY_ATTRIBUTES, isShutOut, nameOf, PERSON_ATTRIBUTES, subjectOf, textsOf } from "./read-entry";

const CONNECT_MS = 5_000;
const OPERATION_MS = 10_000;
/** How deep groups in groups are followed, and how many are asked about at a time. */
const DEEPEST = 10;
const AT_A_TIME = 50;
/** Right password, but it has expired or must be changed first: Active Directory says so to nobody else. */
const PASSWORD_EXPIRED = /\bdata (?:532|773)\b/;
/** An account that may not bind now, as others than Active Directory say it: inappropriateAuthentication, unwillingToPerform. */
const MAY_NOT_BIND = new Set([48, 53]);
/** noSuchObject; invalidDNSyntax, of a name that could be nobody's. RFC 4511, A.1 */
const NOT_THERE = new Set([32, 34]);

/**
 * A directory over LDAPS. An account of our own looks for who signs in, and the password is tried by binding as the one entry that was
 * found; without such an account whoever signs in looks for themselves. Groups in groups count. Certificates are checked, referrals
 * not followed, and an empty password is never sent: a directory takes it for no sign-in at all and says yes.
 * RFC 4511, RFC 4513 section 5.1.2
 */
export function connectDirectory(
  settings: DirectorySettings,
  now: () => Date = () => new Date(),
): Omit<Directory, "settings"> {
  const { name, base, urls, service } = settings;

  /** With the first that answers. What a directory says is said: only silence leads to the next. */
  async function withDirectory<T>(work: (client: Client, host: string) => Promise<T>): Promise<T> {
    let silence: AppError | null = null;
    for (const url of urls) {
      const { host, hostname } = new URL(url);
      const client = new Client({
        ...{ url, connectTimeout: CONNECT_MS, timeout: OPERATION_MS, strictDN: false },
        ...(url.startsWith("ldaps:")
          ? { tlsOptions: trusting(settings.certificateAuthority, hostname) }
          : {}),
      });
      try {
        return await work(client, host);
      } catch (error) {
        const told = faultOf(error, host);
        if (told.fields.reason !== "directory_unreachable") throw told;
        silence = told;
      } finally {
        await client.unbind().catch(() => undefined);
      }
    }
    throw silence ?? new AppError("external_failure", "directory_unreachable", { host: "", code: "" });
  }

  async function bindAsService(client: Client, host: string): Promise<void> {
    if (service === null) return;
    await client.bind(service.dn, service.password).catch((error: unknown) => {
      if (error instanceof InvalidCredentialsError)
        throw new AppError("external_failure", "directory_service_account", { host });
      throw error;
    });
  }

  async function find(client: Client, filter: string | EqualityFilter): Promise<Entry | null> {
    const { searchEntries } = await client.search(base, {
      ...{ scope: "sub", derefAliases: "never", filter },
      ...{ attributes: [...PERSON_ATTRIBUTES], explicitBufferAttributes: [...BINARY_ATTRIBUTES] },
      timeLimit: OPERATION_MS / 1000,
    });
    const [entry, another] = searchEntries;
    // Two who are called the same: which one has typed the password is anybody's guess.
    if (another !== undefined) throw new AppError("precondition_failed", "directory_ambiguous", { name });
    return entry ?? null;
  }

  /** The groups that somebody is in, with those that these are in: by their members, and by what the entry itself says. */
  async function groupsOf(client: Client, entry: Entry): Promise<string[]> {
    const groups = new Map<string, string>();
    let asked = [entry.dn, ...textsOf(entry, "memberOf")];
    for (const dn of asked.slice(1)) groups.set(dnKey(dn), dn);
    for (let depth = 0; depth < DEEPEST && asked.length > 0; depth += 1) {
      const found: string[] = [];
      for (let at = 0; at < asked.length; at += AT_A_TIME) {
        const filters = asked
          .slice(at, at + AT_A_TIME)
          .flatMap((value) =>
            ["member", "uniqueMember"].map((attribute) => new EqualityFilter({ attribute, value })),
          );
        const { searchEntries } = await client.search(base, {
          ...{ scope: "sub", derefAliases: "never", filter: new OrFilter({ filters }) },
          ...{ attributes: ["cn"], timeLimit: OPERATION_MS / 1000 },
        });
        for (const { dn } of searchEntries) {
          if (groups.has(dnKey(dn))) continue;
          groups.set(dnKey(dn), dn);
          found.push(dn);
        }
      }
      asked = found;
    }
    return [...groups.values()];
  }

  async function known(client: Client, entry: Entry): Promise<KnownPerson> {
    const role = roleOfGroups(await groupsOf(client, entry), settings.roles, isSameDn);
    return { subject: subjectOf(entry), name: nameOf(entry), role };
  }

  return {
    name,
    issuer: dnKey(base),
    tryOut: () =>
      withDirectory(async (client, host) => {
        await bindAsService(client, host);
        // Its root tells anybody what it is. RFC 4512, 5.1
        if (service === null) {
          await client.search("", { scope: "base", attributes: ["namingContexts"] });
          return { host, missingGroups: [] };
        }
        if (!(await isThere(client, base)))
          throw new AppError("external_failure", "directory_no_base", { host });
        const named = Object.values(settings.roles).flat();
        const missingGroups: string[] = [];
        for (const group of named)
          if (group !== "*" && !(await isThere(client, group))) missingGroups.push(group);
        return { host, missingGroups };
      }),
    async identify(typed, password) {
      const person = typed.trim();
      if (person === "" || password === "" || hasControl(person)) return null;
      return withDirectory(async (client, host) => {
        await bindAsService(client, host);
        if (service === null) {
          const dn = filled(settings.userDn ?? "{name}", inDn(person));
          if (!(await isTheirs(client, dn, password))) return null;
        }
        const entry = await find(client, filled(settings.filter, inFilter(person)));
        if (entry === null || isShutOut(entry, now())) return null;
        // Also of who has looked for themselves: the name may have found somebody else's entry.
        if (!(await isTheirs(client, entry.dn, password))) return null;
        await bindAsService(client, host);
        return known(client, entry);
      });
    },
    async lookAgain(subject) {
      if (service === null) return undefined;
      return withDirectory(async (client, host) => {
        await bindAsService(client, host);
        const entry = await findAgain(client, subject);
        return entry === null || isShutOut(entry, now()) ? null : known(client, entry);
      });
    },
  };

  async function isThere(client: Client, dn: string): Promise<boolean> {
    return (await readEntry(client, dn, ["objectClass"])) !== null;
  }

  async function readEntry(client: Client, dn: string, attributes: string[]): Promise<Entry | null> {
    const { searchEntries } = await client
      .search(dn, { scope: "base", derefAliases: "never", attributes })
      .catch((error: unknown) => {
        if (error instanceof ResultCodeError && NOT_THERE.has(error.code)) return { searchEntries: [] };
        throw error;
      });
    return searchEntries[0] ?? null;
  }

  async function findAgain(client: Client, subject: string): Promise<Entry | null> {
    const at = subject.indexOf("=");
    const [attribute, value] = [subject.slice(0, at), subject.slice(at + 1)];
    if (attribute !== "dn") {
      const id = attribute === "objectGUID" ? Buffer.from(value, "hex") : value;
      return find(client, new EqualityFilter({ attribute, value: id }));
    }
    return readEntry(client, value, [...PERSON_ATTRIBUTES]);
  }
}

/** Whether a password opens an entry. Throws `directory_password_expired` to who has typed the right one. */
async function isTheirs(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof InvalidCredentialsError) {
      if (PASSWORD_EXPIRED.test(error.message))
        throw new AppError("unauthorized", "directory_password_expired");
      return false;
    }
    if (error instanceof ResultCodeError && MAY_NOT_BIND.has(error.code)) return false;
    throw error;
  }
}

/** An own list replaces Node's: its authorities are named again. */
function trusting(certificateAuthority: string | null, hostname: string) {
  return {
    minVersion: "TLSv1.2" as const,
    ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
    ...(certificateAuthority === null ? {} : { ca: [...rootCertificates, certificateAuthority] }),
  };
}

/** What a directory says is in no text of ours but its number. */
function faultOf(error: unknown, host: string): AppError {
  if (isAppError(error)) return error;
  if (error instanceof ResultCodeError)
    return new AppError("external_failure", "directory_refused", { host, code: error.code });
  const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return new AppError("external_failure", "directory_unreachable", {
    host,
    code: typeof code === "string" ? code : "timeout",
  });
}

/** No name has one, and not all directories end a name where we would. */
function hasControl(text: string): boolean {
  return [...text].some((sign) => sign < " ");
}
