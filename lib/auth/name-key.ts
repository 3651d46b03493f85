/** How names are compared: letters of any width and case are the same, and so is any white space. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
