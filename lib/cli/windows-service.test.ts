import { expect, test } from "vitest";
import { CHOSEN } from "./service-options-fixture";
import { planWindowsService } from "./windows-service";

const release = String.raw`C:\Program Files\chainferry-1`;
const dataFolder = String.raw`D:\Data & more`;
const settings = String.raw`D:\Data & more\chainferry.env`;
const wrapper = String.raw`C:\Program Files\chainferry-1\chainferry-service.exe`;
const plan = planWindowsService({ ...CHOSEN, release, dataFolder, settings, port: 3000 });
const { files } = plan;

test("the wrapper's settings: Node, arguments in quotes where they have blanks, folder, restart", () => {
  const xml = files[0]?.text ?? "";
  expect(files[0]?.path).toBe(String.raw`C:\Program Files\chainferry-1\chainferry-service.xml`);
  expect(xml).toContain(String.raw`<executable>C:\Program Files\chainferry-1\node.exe</executable>`);
  expect(xml).toContain(
    String.raw`<argument>&quot;C:\Program Files\chainferry-1\app\launch.mjs&quot;</argument>`,
  );
  expect(xml).toContain("<argument>--no-sandbox</argument>");
  expect(xml).toContain(String.raw`<env name="CHAINFERRY_DATA" value="D:\Data &amp; more"/>`);
  expect(xml).toContain(
    String.raw`<env name="CHAINFERRY_CONFIG" value="D:\Data &amp; more\chainferry.env"/>`,
  );
  expect(xml.split("\r\n").length).toBeGreaterThan(10);
});

// The wrapper writes its own log before it makes the folder of the others: without it the service never starts.
test("the folder of the log is there before the first start", () => {
  expect(plan.folders).toEqual([String.raw`D:\Data & more\logs`]);
  expect(files[0]?.text).toContain(String.raw`<logpath>D:\Data &amp; more\logs</logpath>`);
});

test("data are closed to others, and what LocalSystem runs can't be changed by them", () => {
  const [system, administrators] = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"];
  expect(plan.prepare).toEqual([
    ["icacls", dataFolder, "/inheritance:r", "/grant:r", system, administrators],
    [
      ...["icacls", release, "/inheritance:r", "/grant:r", system, administrators],
      "*S-1-5-32-545:(OI)(CI)RX",
    ],
  ]);
});

test("an upgrade ends the service and points it to the new release: the account that somebody gave it stays", () => {
  expect(plan.register).toEqual([[wrapper, "install"]]);
  expect(plan.end).toEqual(["net", "stop", "chainferry"]);
  expect(plan.registerAgain).toEqual([["sc", "config", "chainferry", "binPath=", `"${wrapper}"`]]);
  expect(plan.uninstall).toEqual([["sc", "delete", "chainferry"]]);
});

test("a command on the service's data, for either console", () => {
  expect(plan.lines("recover")).toEqual([
    {
      shell: "cmd.exe",
      text: String.raw`set "CHAINFERRY_DATA=D:\Data & more" && set "CHAINFERRY_CONFIG=D:\Data & more\chainferry.env" && "C:\Program Files\chainferry-1\chainferry.cmd" recover`,
    },
    {
      shell: "PowerShell",
      text: String.raw`$env:CHAINFERRY_DATA='D:\Data & more'; $env:CHAINFERRY_CONFIG='D:\Data & more\chainferry.env'; & 'C:\Program Files\chainferry-1\chainferry.cmd' recover`,
    },
  ]);
});

test("settings are lines with CRLF, kept by an upgrade", () => {
  expect(files[1]).toMatchObject({ path: settings, keep: true });
  expect(files[1]?.text).toContain("\r\n# CHAINFERRY_SIGN_IN=required\r\n");
});
