import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/**
 * Where the store lies when nobody says: beside the sources, or, started from an unpacked release (`CHAINFERRY_RELEASE`), where
 * programs of one user keep their data, so that the next release finds it (XDG Base Directory Specification 0.8;
 * %LOCALAPPDATA% on Windows).
 */
export function defaultDataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment.CHAINFERRY_RELEASE === undefined) return ".data";
  if (platform === "win32") return win32.join(environment.LOCALAPPDATA || home, "Chainferry");
  return posix.join(environment.XDG_DATA_HOME || posix.join(home, ".local/share"), "chainferry");
}
