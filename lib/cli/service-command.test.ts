import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runServiceCommand, type ServiceMachine } from "./service-command";
import { planService } from "./service-files";

let out: string;
let err: string;
let home: string;
let ran: string[];
beforeEach(() => {
  out = "";
  err = "";
  ran = [];
  home = mkdtempSync(path.join(tmpdir(), "chainferry-service-"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(home, { recursive: true, force: true });
});

const OPTIONS = { port: 3000, user: true, sandbox: false };

function machine(more: Partial<ServiceMachine> = {}): ServiceMachine {
  return {
    platform: "linux",
    release: "/opt/chainferry-1",
    home,
    programData: String.raw`C:\ProgramData`,
    run: (command) => {
      ran.push(command.join(" "));
      return 0;
    },
    ...more,
  };
}

describe("on Linux", () => {
  const unitFile = () => path.join(home, ".config/systemd/user/chainferry.service");
  const settingsFile = () => path.join(home, ".config/chainferry.env");

  test("a user's service: unit, settings and what starts it", () => {
    expect(runServiceCommand("install", OPTIONS, machine())).toBe(0);
    const unit = readFileSync(unitFile(), "utf8");
    expect(unit).toContain("ExecStart=/opt/chainferry-1/chainferry serve --port 3000 --no-sandbox\n");
    expect(unit).toContain(`Environment=CHAINFERRY_DATA=${home}/.local/share/chainferry\n`);
    expect(unit).toContain(`EnvironmentFile=-${settingsFile()}\n`);
    expect(unit).not.toContain("User=");
    expect(statSync(settingsFile()).mode & 0o777).toBe(0o600);
    expect(ran).toEqual([
      "systemctl --user daemon-reload",
      "systemctl --user enable chainferry.service",
      "systemctl --user restart chainferry.service",
    ]);
  });

  test("an upgrade points to the new release and leaves the settings alone; uninstalling keeps them", () => {
    runServiceCommand("install", OPTIONS, machine());
    writeFileSync(settingsFile(), "CHAINFERRY_SIGN_IN=required\n");
    expect(runServiceCommand("install", OPTIONS, machine({ release: "/opt/chainferry-2" }))).toBe(0);
    expect(readFileSync(unitFile(), "utf8")).toContain("ExecStart=/opt/chainferry-2/chainferry ");
    expect(runServiceCommand("uninstall", OPTIONS, machine())).toBe(0);
    expect(existsSync(unitFile())).toBe(false);
    expect(readFileSync(settingsFile(), "utf8")).toBe("CHAINFERRY_SIGN_IN=required\n");
    expect(out).toContain(settingsFile());
  });

  test("the machine's service has an account of its own, and its data are for that account only", () => {
    const { files, install, line } = planService({
      platform: "linux",
      release: "/opt/chainferry-1",
      dataFolder: "/var/lib/chainferry",
      port: 443,
      scope: "machine",
      home,
      sandbox: false,
    });
    const unit = files[0]?.text ?? "";
    expect(files[0]?.path).toBe("/etc/systemd/system/chainferry.service");
    for (const line of ["User=chainferry", "NoNewPrivileges=yes", "UMask=0077"])
      expect(unit).toContain(`${line}\n`);
    expect(install.map((command) => command.slice(0, 2).join(" "))).toEqual([
      "sh -c",
      "install -d",
      "chgrp chainferry",
      "sh -c",
      "systemctl daemon-reload",
      "systemctl enable",
      "systemctl restart",
    ]);
    expect(line("recover")).toBe(
      "runuser -u chainferry -- env CHAINFERRY_DATA=/var/lib/chainferry CHAINFERRY_CONFIG=/etc/chainferry/chainferry.env /opt/chainferry-1/chainferry recover",
    );
  });

  test("whoever installed it is told how to sign in: by a command on its data, not on their own", () => {
    expect(runServiceCommand("install", OPTIONS, machine())).toBe(0);
    expect(out).toContain(
      `env CHAINFERRY_DATA=${home}/.local/share/chainferry CHAINFERRY_CONFIG=${settingsFile()} /opt/chainferry-1/chainferry recover\n`,
    );
  });

  test("blanks, quotes, % and $ of a folder are its own", () => {
    const release = '/opt/100% $HOME "a"';
    expect(runServiceCommand("install", OPTIONS, machine({ release }))).toBe(0);
    expect(readFileSync(unitFile(), "utf8")).toContain(
      String.raw`ExecStart="/opt/100%% $$HOME \"a\"/chainferry" serve --port 3000`,
    );
  });

  test("show changes nothing", () => {
    expect(runServiceCommand("show", OPTIONS, machine())).toBe(0);
    expect(existsSync(unitFile())).toBe(false);
    expect(ran).toEqual([]);
    expect(out).toContain("[Service]");
    expect(out).toContain("systemctl --user daemon-reload");
  });

  test("a command that fails is named, and nothing after it is run", () => {
    const failing = machine({ run: () => 5 });
    expect(runServiceCommand("install", OPTIONS, failing)).toBe(1);
    expect(err).toContain("systemctl --user daemon-reload ended with 5");
  });
});

describe("on Windows", () => {
  const release = String.raw`C:\Program Files\chainferry-1`;
  const { files, before, install, uninstall, line } = planService({
    platform: "win32",
    release,
    dataFolder: String.raw`D:\Data & more`,
    port: 3000,
    scope: "machine",
    home: "",
    sandbox: false,
  });

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

  test("data closed to others, then installed, started, stopped and uninstalled by the wrapper", () => {
    const wrapper = String.raw`C:\Program Files\chainferry-1\chainferry-service.exe`;
    expect(install).toEqual([
      [
        ...["icacls", String.raw`D:\Data & more`, "/inheritance:r", "/grant:r"],
        ...["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"],
      ],
      [wrapper, "install"],
      [wrapper, "start"],
    ]);
    expect(uninstall).toEqual([
      ["net", "stop", "chainferry"],
      [wrapper, "uninstall"],
    ]);
  });

  test("an upgrade ends the service of the release before, which the wrapper would not replace", () => {
    expect(before).toEqual(uninstall);
  });

  test("a command on the service's data, for the console", () => {
    expect(line("recover")).toBe(
      String.raw`set "CHAINFERRY_DATA=D:\Data & more" && set "CHAINFERRY_CONFIG=D:\Data & more\chainferry.env" && "C:\Program Files\chainferry-1\chainferry.cmd" recover`,
    );
  });

  test("settings are lines with CRLF, kept by an upgrade", () => {
    expect(files[1]).toMatchObject({ path: String.raw`D:\Data & more\chainferry.env`, keep: true });
    expect(files[1]?.text).toContain("\r\n# CHAINFERRY_SIGN_IN=required\r\n");
  });
});

test.each([
  ["outside a release", { release: null }, "not an unpacked release"],
  ["on another platform", { platform: "darwin" as const }, "no service on darwin"],
  ["a user's on Windows", { platform: "win32" as const }, "--user is for Linux"],
])("refused %s", (_, more, words) => {
  expect(runServiceCommand("install", OPTIONS, machine(more))).toBe(1);
  expect(err).toContain(words);
  expect(ran).toEqual([]);
});
