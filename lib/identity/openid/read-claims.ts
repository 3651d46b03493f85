/** A claim by its name, or by its way through objects (`realm_access.roles`); a name with dots in it counts first. */
export function readClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const step of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** Groups of a claim: a list of texts, or one text; null where there is no such claim. */
export function readGroups(claims: Readonly<Record<string, unknown>>, name: string): string[] | null {
  const value = readClaim(claims, name);
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return [];
  return value.filter((group): group is string => typeof group === "string");
}

/** A text of a claim; null where it is none. */
export function readText(claims: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = readClaim(claims, name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
