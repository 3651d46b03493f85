import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runServiceCommand, type ServiceMachine } from "./service-command";
import { CHOSEN } from "./service-options-fixture";
import { planWindowsService, wrapperSettingsOf } from "./windows-service";

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
    output: () => "",
    isUp: async () => ran.some((command) => /restart|net start/.test(command)),
    wait: async () => {
      ran.push("(waits)");
    },
    ...more,
  };
}

/** A machine on which these end otherwise than with 0, the first time or always. */
const failing = (ends: (command: string, times: number) => number): Partial<ServiceMachine> => {
  const times = new Map<string, number>();
  return {
    run: (command) => {
      const line = command.join(" ");
      ran.push(line);
      times.set(line, (times.get(line) ?? 0) + 1);
      return ends(line, times.get(line) ?? 0);
    },
  };
};

describe("on Linux", () => {
  const unitFile = () => path.join(home, ".config/systemd/user/chainferry.service");
  const settingsFile = () => path.join(home, ".config/chainferry.env");

  test("a user's service: unit, settings and what starts it, also when nobody is signed in", async () => {
    expect(await runServiceCommand("install", OPTIONS, machine())).toBe(0);
    const unit = readFileSync(unitFile(), "utf8");
    expect(unit).toContain("ExecStart=/opt/chainferry-1/chainferry serve --port 3000 --no-sandbox\n");
    expect(unit).toContain(`Environment=CHAINFERRY_DATA=${home}/.local/share/chainferry\n`);
    expect(unit).not.toContain("User=");
    expect(statSync(settingsFile()).mode & 0o777).toBe(0o600);
    expect(ran).toEqual([
      "systemctl --user daemon-reload",
      "systemctl --user enable chainferry.service",
      "loginctl enable-linger",
      "systemctl --user restart chainferry.service",
    ]);
  });

  test("a user who may not stay is told that it ends with them", async () => {
    const alone = machine(failing((line) => (line.startsWith("loginctl") ? 1 : 0)));
    expect(await runServiceCommand("install", OPTIONS, alone)).toBe(0);
    expect(out).toContain("It ends when you sign out");
  });

  test("settings are read by the product alone: a backslash means the same to the service and to a command", async () => {
    await runServiceCommand("install", OPTIONS, machine());
    const unit = readFileSync(unitFile(), "utf8");
    expect(unit).toContain(`Environment=CHAINFERRY_CONFIG=${settingsFile()}\n`);
    expect(unit).not.toContain("EnvironmentFile");
  });

  test("what Node reads before them is passed on by each installation, and to commands", async () => {
    mkdirSync(path.dirname(settingsFile()), { recursive: true });
    writeFileSync(settingsFile(), "NODE_EXTRA_CA_CERTS=corp.pem\n");
    expect(await runServiceCommand("install", OPTIONS, machine())).toBe(0);
    const given = `NODE_EXTRA_CA_CERTS=${home}/.config/corp.pem`;
    expect(readFileSync(unitFile(), "utf8")).toContain(`Environment=${given}\n`);
    expect(out).toContain(`${given} /opt/chainferry-1/chainferry recover\n`);
  });

  test("settings that nobody could start with are told before anything is changed", async () => {
    mkdirSync(path.dirname(settingsFile()), { recursive: true });
    writeFileSync(settingsFile(), "CHAINFERRY_LOG: debug\n");
    expect(await runServiceCommand("install", OPTIONS, machine())).toBe(1);
    expect(err).toContain(`Line 1 of ${settingsFile()}`);
    expect(ran).toEqual([]);
  });

  test("an upgrade points to the new release and leaves the settings alone; uninstalling keeps them", async () => {
    await runServiceCommand("install", OPTIONS, machine());
    writeFileSync(settingsFile(), "CHAINFERRY_SIGN_IN=required\n");
    expect(await runServiceCommand("install", OPTIONS, machine({ release: "/opt/chainferry-2" }))).toBe(0);
    expect(readFileSync(unitFile(), "utf8")).toContain("ExecStart=/opt/chainferry-2/chainferry ");
    ran = [];
    expect(await runServiceCommand("uninstall", OPTIONS, machine())).toBe(0);
    expect(ran).toEqual([
      "systemctl --user disable --now chainferry.service",
      "systemctl --user daemon-reload",
    ]);
    expect(existsSync(unitFile())).toBe(false);
    expect(readFileSync(settingsFile(), "utf8")).toBe("CHAINFERRY_SIGN_IN=required\n");
    expect(out).toContain(settingsFile());
  });

  test("an upgrade goes on with the folder and port of the service before it, unless others are said", async () => {
    const data = path.join(home, "my -- data");
    await runServiceCommand("install", { user: true, data, port: 443, sandbox: true }, machine());
    const next = machine({ release: "/opt/chainferry-2" });
    expect(await runServiceCommand("install", { user: true }, next)).toBe(0);
    const unit = readFileSync(unitFile(), "utf8");
    expect(unit).toContain("ExecStart=/opt/chainferry-2/chainferry serve --port 443\n");
    expect(unit).toContain(`Environment="CHAINFERRY_DATA=${data}"\n`);
    await runServiceCommand("install", { user: true, port: 8443, sandbox: false }, next);
    expect(readFileSync(unitFile(), "utf8")).toContain("serve --port 8443 --no-sandbox\n");
  });

  test("a service that could not be ended is not said to be gone, and one that never was neither", async () => {
    expect(await runServiceCommand("uninstall", OPTIONS, machine())).toBe(1);
    expect(err).toContain("no such service");
    await runServiceCommand("install", OPTIONS, machine());
    const refused = machine(failing(() => 4));
    expect(await runServiceCommand("uninstall", OPTIONS, refused)).toBe(1);
    expect(err).toContain("systemctl --user disable --now chainferry.service ended with 4");
    expect(existsSync(unitFile())).toBe(true);
  });

  test("a service that does not come up is not said to be started, and its log is named", async () => {
    expect(await runServiceCommand("install", OPTIONS, machine({ isUp: async () => false }))).toBe(1);
    expect(out).not.toContain("recover");
    expect(err).toContain("journalctl --user -u chainferry");
    let asked = 0;
    const slow = machine({
      isUp: async () => {
        asked += 1;
        return asked > 3;
      },
    });
    expect(await runServiceCommand("install", OPTIONS, slow)).toBe(0);
  });

  test("beside a dashboard that somebody has started on the same data it would never come up", async () => {
    expect(await runServiceCommand("install", OPTIONS, machine({ isUp: async () => true }))).toBe(1);
    expect(err).toContain("runs already");
    expect(ran).toEqual([]);
    expect(existsSync(unitFile())).toBe(false);
  });

  test("whoever installed it is told how to sign in: by a command on its data, not on their own", async () => {
    expect(await runServiceCommand("install", OPTIONS, machine())).toBe(0);
    expect(out).toContain(
      `env CHAINFERRY_DATA=${home}/.local/share/chainferry CHAINFERRY_CONFIG=${settingsFile()} /opt/chainferry-1/chainferry recover\n`,
    );
  });

  test("systemd refuses a program whose path has quotes: so it is said before anything is written", async () => {
    expect(await runServiceCommand("install", OPTIONS, machine({ release: "/opt/dba's" }))).toBe(1);
    expect(err).toContain("unpack the release");
    expect(ran).toEqual([]);
  });

  test("show changes nothing", async () => {
    expect(await runServiceCommand("show", OPTIONS, machine())).toBe(0);
    expect(existsSync(unitFile())).toBe(false);
    expect(ran).toEqual([]);
    expect(out).toContain("[Service]");
    expect(out).toContain("systemctl --user daemon-reload");
  });

  test("a command that fails is named, and nothing after it is run", async () => {
    const refused = machine(failing(() => 5));
    expect(await runServiceCommand("install", OPTIONS, refused)).toBe(1);
    expect(err).toContain("systemctl --user daemon-reload ended with 5");
    expect(ran).toHaveLength(1);
  });

  test.each(["/", "data"])("--data %s is no folder for it", async (data) => {
    expect(await runServiceCommand("install", { ...OPTIONS, data }, machine())).toBe(1);
    expect(err).toContain("--data is ");
    expect(ran).toEqual([]);
  });

  test("data in the release would go with it", async () => {
    for (const data of ["/opt/chainferry-1", "/opt/chainferry-1/data"])
      expect(await runServiceCommand("install", { ...OPTIONS, data }, machine())).toBe(1);
    expect(err).toContain("--data is /opt/chainferry-1/data, which would go with this release");
    expect(await runServiceCommand("show", { ...OPTIONS, data: "/opt/chainferry-10" }, machine())).toBe(0);
  });

  test("a folder that others read is not taken from them; an empty one, or one of ours, is used", async () => {
    const data = path.join(home, "backups");
    mkdirSync(data);
    writeFileSync(path.join(data, "SalesDB.bak"), "");
    expect(await runServiceCommand("install", { ...OPTIONS, data }, machine())).toBe(1);
    expect(err).toContain(`${data} holds other things`);
    expect(ran).toEqual([]);
    // What is left of a service whose store and key lie elsewhere.
    writeFileSync(path.join(data, "sandbox.json"), "");
    expect(await runServiceCommand("install", { ...OPTIONS, data }, machine())).toBe(0);
  });
});

describe("on Windows", () => {
  // Files are made here, under names that only Windows would read as paths.
  const beside = process.cwd();
  beforeEach(() => process.chdir(home));
  afterEach(() => process.chdir(beside));
  const windows = (more: Partial<ServiceMachine>) =>
    machine({ platform: "win32", release: String.raw`C:\chainferry-2`, ...more });
  const options = { ...OPTIONS, user: false };

  test("goes on with the folder and port of the service before it, which its wrapper's settings tell", async () => {
    const before = { release: "C:\\old--1", dataFolder: "D:\\my--data", port: 443, sandbox: false };
    const xml =
      planWindowsService({ ...CHOSEN, ...before, settings: "D:\\my--data\\chainferry.env" }).files[0]?.text ??
      "";
    expect(/<!--(.*)-->/.exec(xml)?.[1]).not.toContain("--");
    const printed =
      'SERVICE_NAME: chainferry\r\n  BINARY_PATH_NAME : "C:\\old--1\\chainferry-service.exe"\r\n';
    expect(wrapperSettingsOf(printed)).toBe("C:\\old--1\\chainferry-service.xml");
    expect(wrapperSettingsOf("")).toBe(null);
    writeFileSync("C:\\old--1\\chainferry-service.xml", xml);
    const upgraded = windows({ output: () => printed });
    expect(await runServiceCommand("show", { user: false }, upgraded)).toBe(0);
    expect(out).toContain(String.raw`<env name="CHAINFERRY_DATA" value="D:\my--data"/>`);
    expect(out).toContain("<argument>443</argument>");
  });

  test("waits for the service that it ended, and says so when it never does", async () => {
    const busy = (line: string, times: number) => (line === "net start chainferry" && times < 4 ? 2 : 0);
    expect(await runServiceCommand("install", options, windows(failing(busy)))).toBe(0);
    expect(ran.slice(0, 3)).toEqual(["fltmc", "sc query chainferry", "net stop chainferry"]);
    expect(ran.filter((line) => line === "(waits)")).toHaveLength(3);
    expect(out).toContain("in PowerShell:");
    const never = (line: string) => (line === "net start chainferry" ? 2 : 0);
    expect(await runServiceCommand("install", options, windows(failing(never)))).toBe(1);
    expect(err).toContain("net start chainferry ended with 2");
  });

  test("installs anew where there is none", async () => {
    const none = (line: string) => (line === "sc query chainferry" ? 1060 : 0);
    expect(await runServiceCommand("install", options, windows(failing(none)))).toBe(0);
    expect(ran).toContain(String.raw`C:\chainferry-2\chainferry-service.exe install`);
    expect(ran).not.toContain("net stop chainferry");
  });

  test("changes nothing in a console without an administrator's rights", async () => {
    const plain = windows(failing((line) => (line === "fltmc" ? 5 : 0)));
    for (const action of ["install", "uninstall"] as const)
      expect(await runServiceCommand(action, options, plain)).toBe(1);
    expect(err).toContain("Run as administrator");
    expect(ran).toEqual(["fltmc", "fltmc"]);
  });

  test.each([
    ["D:\\", "name a folder of its own"],
    ["D:", "name its whole path"],
    [String.raw`\\nas\dba\chainferry`, "on a disk of this machine"],
    [String.raw`C:\CHAINFERRY-2\data`, "outside of it"],
    ['D:\\data" --port 443', "leave out the backslash"],
  ])("--data %s would be another", async (data, words) => {
    expect(await runServiceCommand("install", { ...options, data }, windows({}))).toBe(1);
    expect(err).toContain(words);
    expect(ran).toEqual([]);
  });
});

test.each([
  ["outside a release", { release: null }, "not an unpacked release"],
  ["on another platform", { platform: "darwin" as const }, "no service on darwin"],
  ["a user's on Windows", { platform: "win32" as const }, "--user is for Linux"],
])("refused %s", async (_, more, words) => {
  expect(await runServiceCommand("install", OPTIONS, machine(more))).toBe(1);
  expect(err).toContain(words);
  expect(ran).toEqual([]);
});
