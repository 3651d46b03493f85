import { existsSync } from "node:fs";
import { join } from "node:path";

/** There is no browser that could print. */
export class NoBrowserError extends Error {
  override name = "NoBrowserError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where browsers of the Chromium family lie: the first that is there prints. Windows brings Edge along. */
function usualPlaces(platform: NodeJS.Platform, environment: Environment): string[] {
  if (platform === "win32") {
    const roots = [environment["ProgramFiles(x86)"], environment.ProgramFiles, environment.LOCALAPPDATA];
    return roots.flatMap((root) =>
      root === undefined
        ? []
        : [
            join(root, "Microsoft", "Edge", "Application", "msedge.exe"),
            join(root, "Google", "Chrome", "Application", "chrome.exe"),
          ],
    );
  }
  if (platform === "darwin") {
    return ["Google Chrome", "Microsoft Edge", "Chromium"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  const names = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
  ];
  const folders = (environment.PATH ?? "").split(":").filter((folder) => folder !== "");
  return [...folders, "/usr/bin", "/snap/bin"].flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * The browser that prints: CHROMIUM_PATH, or one of the Chromium family in its usual place. Throws `NoBrowserError` where the
 * variable names nothing, or nothing is found: none is ever downloaded.
 */
export function findBrowser(
  environment: Environment,
  platform: NodeJS.Platform,
  isThere: (path: string) => boolean = existsSync,
): string {
  const named = environment.CHROMIUM_PATH;
  if (named !== undefined && named !== "") {
    if (isThere(named)) return named;
    throw new NoBrowserError(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  }
  const found = usualPlaces(platform, environment).find(isThere);
  if (found !== undefined) return found;
  throw new NoBrowserError(
    "No Chromium, Chrome or Edge was found to print with. Name one in CHROMIUM_PATH, or open the record's page in any browser and print it.",
  );
}
