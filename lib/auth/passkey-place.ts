import { isIP } from "node:net";

/** Where passkeys are made and used. */
export interface PasskeyPlace {
  /** WebAuthn's RP ID. */
  host: string;
  /** `https://chainferry.corp.example:8443` */
  origin: string;
}

/**
 * What passkeys of an address belong to: the name of a server over TLS, or `localhost`. Null where browsers make none: at an address in
 * digits (as the link of a first start has it), or over plain HTTP.
 * https://www.w3.org/TR/webauthn-3/#relying-party-identifier
 */
export function passkeyPlace(origin: string): PasskeyPlace | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, hostname, origin: plain } = new URL(origin);
  if (isIP(hostname.replace(/^\[|\]$/g, "")) !== 0) return null;
  const isSafe = protocol === "https:" || (protocol === "http:" && hostname === "localhost");
  return isSafe ? { host: hostname, origin: plain } : null;
}
