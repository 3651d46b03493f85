const SECRET_KEYS = new Set([
  ...["secret", "password", "accesskeysecret", "securitytoken"],
  ...["currentpassword", "newpassword", "token"],
]);
const MASK = "[redacted]";

/** The strings under secret-sounding keys of a parsed body, longest first, so that a prefix never splits a longer one. */
export function secretsIn(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, child] of Object.entries(node)) {
      if (SECRET_KEYS.has(key.toLowerCase()) && typeof child === "string" && child !== "") found.add(child);
      else visit(child);
    }
  };
  visit(value);
  return [...found].sort((left, right) => right.length - left.length);
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
