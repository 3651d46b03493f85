import { expect, test } from "vitest";
import { findBrowser, NoBrowserError } from "./find-browser";

const only = (path: string) => (candidate: string) => candidate === path;

test("the browser that is named, and no other one instead", () => {
  const environment = { CHROMIUM_PATH: "/opt/chrome", PATH: "/usr/bin" };
  expect(findBrowser(environment, "linux", only("/opt/chrome"))).toBe("/opt/chrome");
  expect(() => findBrowser(environment, "linux", only("/usr/bin/chromium"))).toThrow(NoBrowserError);
});

test("one that lies in the path, or where its system puts it", () => {
  const there = only("/opt/tools/google-chrome");
  expect(findBrowser({ PATH: "/bin:/opt/tools" }, "linux", there)).toBe("/opt/tools/google-chrome");
  const edge = (path: string) => path.includes("Edge");
  expect(findBrowser({ "ProgramFiles(x86)": "C:\\Programs" }, "win32", edge)).toContain("msedge.exe");
  expect(findBrowser({}, "darwin", edge)).toContain("Microsoft Edge.app");
});

test("none: said with what to do", () => {
  expect(() => findBrowser({ PATH: "/bin" }, "linux", () => false)).toThrow(/CHROMIUM_PATH/);
});
