/** SQL Server's `ProductVersion`, `major.minor.build.revision`: 10.50 = 2008 R2, 13 = 2016, 17 = 2025. */
export interface ServerVersion {
  major: number;
  minor: number;
  build: number;
}

/** Throws RangeError on a text that does not begin with a version. */
export function parseServerVersion(text: string): ServerVersion {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) throw new RangeError(`Not a product version: ${JSON.stringify(text)}`);
  return { major: Number(match[1]), minor: Number(match[2]), build: Number(match[3] ?? 0) };
}

/** The first number of a `ProductVersion`; 0 when it does not begin with one. */
export function majorOf(productVersion: string): number {
  return Number.parseInt(productVersion, 10) || 0;
}
