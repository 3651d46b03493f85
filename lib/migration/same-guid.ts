/** GUIDs in whatever letter case; one that is not known is the same as none. */
export function isSameGuid(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}
