import { expect, test } from "vitest";
import { ownCommand } from "./own-command";

test.each([
  [undefined, "linux", "npm run -s chainferry -- recover"],
  ["/opt/chainferry-1", "linux", "/opt/chainferry-1/chainferry recover"],
  ["/home/a b/c", "linux", '"/home/a b/c/chainferry" recover'],
  [
    String.raw`C:\Program Files\chainferry-1`,
    "win32",
    String.raw`"C:\Program Files\chainferry-1\chainferry.cmd" recover`,
  ],
])("in %s on %s it is %s", (CHAINFERRY_RELEASE, platform, line) => {
  expect(ownCommand("recover", { env: { CHAINFERRY_RELEASE }, platform })).toBe(line);
});
