import { readFileSync } from "node:fs";
import { createServer, type Server, type ServerOptions } from "node:https";
import { createSecureContext } from "node:tls";

/** How often its files are looked at: renewals lie days before an end. */
const LOOK_MS = 60_000;

/** TLS 1.0 and 1.1 are not spoken any more. RFC 8996 */
const OLDEST = "TLSv1.2";

export interface CertificateFiles {
  /** The server's own first, then those between it and a root. */
  certFile: string;
  keyFile: string;
}

interface Pair {
  cert: string;
  key: string;
}

/**
 * An HTTPS server with a certificate of files in PEM, which are read again every `lookMs`: a renewed one counts without a restart, and one
 * that can't be used leaves the one before in use, said once on stderr. What the files hold is compared, not their times: nothing that is
 * written between the start and the first look is missed. Throws Error for files that can't be used at the start.
 */
export function createTlsServer(
  files: CertificateFiles,
  { lookMs = LOOK_MS, ...options }: ServerOptions & { lookMs?: number },
): Server {
  let tried = read(files);
  const server = createServer({ ...options, ...usable(files, tried), minVersion: OLDEST });
  let said = "";
  const look = () => {
    try {
      const found = read(files);
      if (found.cert === tried.cert && found.key === tried.key) return;
      tried = found;
      server.setSecureContext({ ...usable(files, found), minVersion: OLDEST });
      said = "";
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (why !== said) process.stderr.write(`chainferry: the changed certificate is not used: ${why}\n`);
      said = why;
    }
  };
  const timer = setInterval(look, lookMs).unref();
  server.once("close", () => clearInterval(timer));
  return server;
}

function read(files: CertificateFiles): Pair {
  try {
    return { cert: readFileSync(files.certFile, "utf8"), key: readFileSync(files.keyFile, "utf8") };
  } catch (error) {
    throw unusable(files, error);
  }
}

function usable(files: CertificateFiles, pair: Pair): Pair {
  try {
    // A key of another certificate is told here.
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw unusable(files, error);
  }
}

function unusable({ certFile, keyFile }: CertificateFiles, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Error(`The certificate of ${certFile} with the key of ${keyFile} can't be used: ${why}`, {
    cause,
  });
}
