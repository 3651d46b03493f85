import { isIP, type LookupFunction } from "node:net";
import { createTransport } from "nodemailer";
import type { OutAnswer } from "./call-out";

/** One message to people, by a server that a person typed. */
export interface OutMail {
  /** `smtps:` speaks TLS from the start, `smtp:` begins it where the server offers to. The user, if any, stands in it. */
  server: URL;
  password: string;
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  /** Of the message; the same whenever it is sent again. */
  id: string;
  signal: AbortSignal;
}

/** Sends once; never throws for what the other side does. Throws AppError `forbidden` for a server that may not be asked. */
export type MailOut = (mail: OutMail) => Promise<OutAnswer>;

interface Guard {
  require(endpoint: string | null): Promise<void>;
  lookupFor(endpoint: string | null): LookupFunction | undefined;
}

const TIMEOUT_MS = 10_000;
const LONGEST_SAID = 300;

/**
 * Sends e-mail by servers that people type in, judged as other addresses of theirs are: nothing of this machine or its network
 * unless an administrator allows it. A password leaves over TLS only, and certificates are checked.
 */
export function createMailOut(guard: Guard): MailOut {
  return async ({ server, password, from, to, subject, text, id, signal }) => {
    const host = server.hostname.replace(/^\[|\]$/g, "");
    // Ports of mail are not those of the web: the address alone is judged.
    const judged = `https://${server.hostname}`;
    await guard.require(judged);
    const secure = server.protocol === "smtps:";
    const user = decodeURIComponent(server.username);
    const address = await addressOf(host, guard.lookupFor(judged)).catch(() => null);
    if (address === null) return { status: null, said: "ENOTFOUND" };
    const transport = createTransport({
      host: address,
      port: server.port === "" ? (secure ? 465 : 587) : Number(server.port),
      secure,
      requireTLS: !secure && password !== "",
      ...(user === "" ? {} : { auth: { user, pass: password } }),
      tls: { servername: host, minVersion: "TLSv1.2" },
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const end = () => transport.close();
    signal.addEventListener("abort", end);
    try {
      const messageId = `<${id}@chainferry>`;
      const { response } = await transport.sendMail({ from, to: [...to], subject, text, messageId });
      return { status: 250, said: response.slice(0, LONGEST_SAID) };
    } catch (error) {
      return refusalOf(error);
    } finally {
      signal.removeEventListener("abort", end);
      transport.close();
    }
  };
}

/** What the server answered, or the code of what went wrong before it did: never what we sent. */
function refusalOf(error: unknown): OutAnswer {
  if (!(error instanceof Error)) return { status: null, said: "no answer" };
  const [code, status, response] = ["code", "responseCode", "response"].map((name) =>
    Reflect.get(error, name),
  );
  return {
    status: typeof status === "number" ? status : null,
    said: (typeof response === "string" ? response : typeof code === "string" ? code : "no answer").slice(
      0,
      LONGEST_SAID,
    ),
  };
}

/** What was judged is what is connected to. */
function addressOf(host: string, lookup: LookupFunction | undefined): Promise<string> {
  if (isIP(host) !== 0 || lookup === undefined) return Promise.resolve(host);
  return new Promise((resolve, reject) => {
    lookup(host, {}, (error, found) => {
      if (error) return reject(error);
      resolve(typeof found === "string" ? found : (found[0]?.address ?? host));
    });
  });
}
