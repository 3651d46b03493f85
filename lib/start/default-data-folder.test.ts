import { expect, test } from "vitest";
import { defaultDataFolder } from "./default-data-folder";

test.each([
  ["beside the sources", {}, "linux", ".data"],
  ["a release", { CHAINFERRY_RELEASE: "/opt/c" }, "linux", "/home/ann/.local/share/chainferry"],
  [
    "a release, XDG",
    { CHAINFERRY_RELEASE: "/opt/c", XDG_DATA_HOME: "/srv/ann" },
    "linux",
    "/srv/ann/chainferry",
  ],
  [
    "a release on Windows",
    { CHAINFERRY_RELEASE: "C:\\c", LOCALAPPDATA: "C:\\Users\\ann\\AppData\\Local" },
    "win32",
    "C:\\Users\\ann\\AppData\\Local\\Chainferry",
  ],
] as const)("%s", (_, environment, platform, folder) => {
  expect(defaultDataFolder(environment, platform, "/home/ann")).toBe(folder);
});
