/**
 * How this installation's command line is called, to be copied into a terminal: the program of an unpacked release, whose launcher
 * names its folder in `CHAINFERRY_RELEASE`, or npm in a checkout. `words`: what follows, `recover` for example.
 */
export function ownCommand(
  words: string,
  { env, platform }: { env: Readonly<Record<string, string | undefined>>; platform: string },
): string {
  const release = env.CHAINFERRY_RELEASE;
  if (release === undefined) return `npm run -s chainferry -- ${words}`;
  const program = platform === "win32" ? `${release}\\chainferry.cmd` : `${release}/chainferry`;
  return `${/^[\w@%+=:,./\\-]+$/.test(program) ? program : `"${program}"`} ${words}`;
}
