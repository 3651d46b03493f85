/**
 * A GUID that depends on nothing but the given parts, so that writing the same backup twice gives the same bytes.
 * Four 32-bit FNV-1a sums with different seeds; the version nibble says 4 as SQL Server's own GUIDs do.
 */
export function stableGuid(...parts: (string | number | bigint | null)[]): string {
  const text = parts.map(String).join("\u0000");
  const words = [0x811c9dc5, 0x050c5d1f, 0x9e3779b9, 0x85ebca6b].map((seed) => mix(text, seed));
  const hex = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  const version = `${hex.slice(0, 12)}4${hex.slice(13, 16)}8${hex.slice(17)}`.toUpperCase();
  return `${version.slice(0, 8)}-${version.slice(8, 12)}-${version.slice(12, 16)}-${version.slice(16, 20)}-${version.slice(20)}`;
}

/** A number of 32 bits that depends on the text alone. */
export function stableNumber(text: string): number {
  return mix(text, 0x811c9dc5);
}

function mix(text: string, seed: number): number {
  let sum = seed;
  for (let i = 0; i < text.length; i += 1) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  sum ^= sum >>> 16;
  sum = Math.imul(sum, 0x7feb352d);
  sum ^= sum >>> 15;
  return sum >>> 0;
}
