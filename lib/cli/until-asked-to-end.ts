/** Ctrl+C, and what a supervisor sends; the service of Windows sends the first. */
const ENDINGS: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM"];
/**
 * On Windows also the end of the console and Ctrl+Break, after which some seconds are left. Elsewhere a hang-up is `nohup`'s to ignore.
 * https://nodejs.org/docs/latest-v20.x/api/process.html#signal-events
 */
const ENDINGS_OF_WINDOWS: readonly NodeJS.Signals[] = ["SIGHUP", "SIGBREAK"];

/** Resolves when somebody asks this process to end. A second time ends it at once. */
export function untilAskedToEnd(platform: NodeJS.Platform = process.platform): Promise<void> {
  const signals = platform === "win32" ? [...ENDINGS, ...ENDINGS_OF_WINDOWS] : ENDINGS;
  return new Promise((settle) => {
    for (const signal of signals) process.once(signal, () => settle());
  });
}
