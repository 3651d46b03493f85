/** A typed name in a filter, as what it is: RFC 4515, section 3. */
export function inFilter(text: string): string {
  return text.replace(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** A typed name in a distinguished name: RFC 4514, section 2.4. */
export function inDn(text: string): string {
  return text
    .replace(/[\\"+,;<>=\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(/^[ #]| $/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** `{name}` of a template. */
export function filled(template: string, name: string): string {
  return template.replaceAll("{name}", () => name);
}

/** Distinguished names are the same in any case, and with white space around their signs. */
export function isSameDn(left: string, right: string): boolean {
  return dnKey(left) === dnKey(right);
}

/** How distinguished names are compared. */
export function dnKey(dn: string): string {
  return dn
    .split(/(?<!\\),/)
    .map((part) =>
      part
        .trim()
        .replace(/\s*=\s*/, "=")
        .replace(/\s+/g, " "),
    )
    .join(",")
    .normalize("NFKC")
    .toLowerCase();
}
