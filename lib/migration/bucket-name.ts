/**
 * Why OSS would refuse this name for a bucket, as a key of `bucket.name.*`; null when it would take it. Source: OSS,
 * "Bucket naming": 3 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends.
 */
export function bucketNameProblem(name: string): "length" | "characters" | "ends" | null {
  if (/[^a-z0-9-]/.test(name)) return "characters";
  if (name.length < 3 || name.length > 63) return "length";
  return name.startsWith("-") || name.endsWith("-") ? "ends" : null;
}
