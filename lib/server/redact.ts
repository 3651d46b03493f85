const SECRET_KEYS = new Set([
  ...["secret", "password", "accesskeysecret", "securitytoken"],
  ...["currentpassword", "newpassword", "token", "answer"],
]);
const MASK = "[redacted]";

/** Of webhooks and hooks: whoever knows what stands behind the host posts in their name. */
const ADDRESS_KEY = "url";

/**
 * The strings under secret-sounding keys of a parsed body, and what addresses hold beside their host, longest first, so that a prefix
 * never splits a longer one.
 */
export function secretsIn(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      if (SECRET_KEYS.has(key.toLowerCase()) && typeof child === "string" && child !== "") found.add(child);
      else if (key.toLowerCase() === ADDRESS_KEY && typeof child === "string") {
        for (const part of keysOfAddress(child)) found.add(part);
      } else visit(child);
    }
  };
  visit(value);
  return [...found].sort((left, right) => right.length - left.length);
}

/** Path with query, and who signs in: as they are written, since what is replaced is the text. */
function keysOfAddress(url: string): string[] {
  const [, user = "", rest = ""] = /^[a-z+.-]+:\/\/(?:([^/?#@]*)@)?[^/?#]*(.*)$/is.exec(url) ?? [
    null,
    "",
    url,
  ];
  return [user, rest].filter((part) => part !== "" && part !== "/");
}

/** The text without the given secrets, also in their URL-encoded form. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    // Short ones would eat ordinary words; the adapters remove them at the source.
    if (secret.length < 4) continue;
    clean = clean.replaceAll(secret, MASK).replaceAll(encodeURIComponent(secret), MASK);
  }
  return clean;
}
