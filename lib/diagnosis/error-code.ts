/** The `code` of an error: the operating system's (`ENOENT`), or a driver's (an SQLSTATE). Null where it has none. */
export function errorCode(error: unknown): string | null {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : null;
  return typeof code === "string" ? code : null;
}
