import { readFileSync, unwatchFile, watchFile } from "node:fs";
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

/**
 * An HTTPS server with a certificate of files in PEM, which are read again when they change: a renewed one counts without a restart, and one
 * that can't be used leaves the one before in use, said on stderr. Throws Error for files that can't be used at the start.
 */
export function createTlsServer(
  files: CertificateFiles,
  { lookMs = LOOK_MS, ...options }: ServerOptions & { lookMs?: number },
): Server {
  const server = createServer({ ...options, ...read(files), minVersion: OLDEST });
  const again = () => {
    try {
      server.setSecureContext({ ...read(files), minVersion: OLDEST });
    } catch (error) {
      process.stderr.write(
        `chainferry: the changed certificate is not used: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  };
  const watched = [files.certFile, files.keyFile];
  for (const file of watched) watchFile(file, { interval: lookMs, persistent: false }, again);
  server.once("close", () => {
    for (const file of watched) unwatchFile(file, again);
  });
  return server;
}

function read({ certFile, keyFile }: CertificateFiles): { cert: string; key: string } {
  try {
    const pair = { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
    // A key of another certificate is told here.
    createSecureContext(pair);
    return pair;
  } catch (error) {
    throw new Error(
      `The certificate of ${certFile} with the key of ${keyFile} can't be used: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
