import { readFileSync } from "node:fs";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";

const contexts = new Map<string, SecureContext>();

/**
 * Certificates that are trusted besides the usual authorities, as one TLS context. An own list replaces Node's, so Node's
 * authorities and those of `extraFile` (NODE_EXTRA_CA_CERTS) are named again. `pem` is one certificate or several; throws when it is none.
 * https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions
 */
export function contextTrusting(pem: string, extraFile: string | undefined): SecureContext {
  const known = contexts.get(pem);
  if (known) return known;
  const made = createSecureContext({ ca: [...rootCertificates, ...extraCertificates(extraFile), pem] });
  contexts.set(pem, made);
  return made;
}

/** A file that Node could not read at its start it has warned of itself. */
function extraCertificates(path: string | undefined): string[] {
  if (!path) return [];
  try {
    return [readFileSync(path, "utf8")];
  } catch {
    return [];
  }
}
