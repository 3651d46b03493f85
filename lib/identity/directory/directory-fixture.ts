import ldap from "ldapjs";

export interface DirectoryEntry {
  dn: string;
  attributes: Readonly<Record<string, string | readonly string[]>>;
  /** Null: nobody binds as it. */
  password: string | null;
  /** Said on a refused bind, as Active Directory does. */
  diagnosis?: string;
}

export interface TestDirectory {
  port: number;
  entries: DirectoryEntry[];
  /** Distinguished names that have bound, as they were given. */
  bound: string[];
  /** Every search is answered with a referral to here. */
  refersTo: string | null;
  close(): Promise<void>;
}

/** What a handler of ldapjs is given, of which its types say nothing. */
interface Asked {
  dn: object;
  credentials: string;
  scope: string;
  filter: { matches(attributes: object, isCaseStrict: boolean): boolean };
}
interface Answer {
  /** Those that it leaves in; it knows them in lower case only. */
  attributes: string[];
  diagnosticMessage: string;
  send(message: object): void;
  createSearchReference(uris: string[]): object;
  end(status?: number): void;
}
type Next = () => void;

/** RFC 4511, section 4.1.9 */
const INVALID_CREDENTIALS = 49;

/** For tests: a directory of some entries, on loopback; over TLS where it has a certificate. It is a library's, not ours. */
export async function startTestDirectory(
  entries: DirectoryEntry[],
  tls: { certificate: string; key: string } | null = null,
): Promise<TestDirectory> {
  const server = ldap.createServer(tls ?? {});
  const directory: TestDirectory = {
    ...{ port: 0, entries, bound: [], refersTo: null },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  const key = (dn: string) => dn.toLowerCase().replace(/\s*,\s*/g, ",");

  server.bind("", (request: Asked, response: Answer, next: Next) => {
    const dn = String(request.dn);
    const { credentials } = request;
    directory.bound.push(dn);
    // As directories do: no password is an anonymous bind, and succeeds.
    if (credentials === "") {
      response.end();
      return next();
    }
    const entry = directory.entries.find((each) => key(each.dn) === key(dn));
    const isRight = entry !== undefined && entry.password !== null && entry.password === credentials;
    if (!isRight || entry.diagnosis !== undefined) {
      response.diagnosticMessage = (isRight ? entry.diagnosis : undefined) ?? "80090308: data 52e";
      response.end(INVALID_CREDENTIALS);
      return next();
    }
    response.end();
    return next();
  });

  server.search("", (request: Asked, response: Answer, next: Next) => {
    if (directory.refersTo !== null) {
      response.send(response.createSearchReference([directory.refersTo]));
      response.end();
      return next();
    }
    const base = key(String(request.dn));
    response.attributes = [];
    for (const { dn, attributes } of directory.entries) {
      const isBelow = key(dn) === base || (request.scope !== "base" && key(dn).endsWith(`,${base}`));
      if (isBelow && request.filter.matches(attributes, false))
        response.send({ dn, attributes: { ...attributes } });
    }
    response.end();
    return next();
  });

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", () => listening()));
  directory.port = Number(new URL(server.url).port);
  return directory;
}
