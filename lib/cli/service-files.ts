import { posix, win32 } from "node:path";

export const SERVICE_ACTIONS = ["install", "uninstall", "show"] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

export interface ServiceOptions {
  platform: "linux" | "win32";
  /** Folder of the unpacked release: `node`, `chainferry` and `app` lie in it. */
  release: string;
  /** Folder of the store. */
  dataFolder: string;
  port: number;
  /** Linux: of the user who runs it (`systemctl --user`), or of the machine. */
  scope: "machine" | "user";
  /** Linux: the user's home folder. */
  home: string;
  sandbox: boolean;
}

export interface ServiceFile {
  path: string;
  text: string;
  /** Octal permissions, on Linux. */
  mode: number;
  /** What an administrator wrote into it stays. */
  keep: boolean;
}

export interface ServicePlan {
  files: ServiceFile[];
  /** Before them: ends the service of an earlier release. Where there is none it fails, and nobody needs to know. */
  before: string[][];
  /** To be run in this order after the files are written. */
  install: string[][];
  /** Before the files are removed. */
  uninstall: string[][];
  /** A line for a terminal: one of our commands on the data and with the settings of the service. */
  line(command: string): string;
}

export const SERVICE_NAME = "chainferry";
/**
 * The service's own account and the administrators, by ids that are the same in every language, with all that lies below.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
 */
const OWNERS_OF_WINDOWS = ["*S-1-5-18:(OI)(CI)F", "*S-1-5-32-544:(OI)(CI)F"];
/** Longer than the longest single call that is waited for at the end of a process. */
export const STOP_SECONDS = 60;

/**
 * What makes the dashboard of an unpacked release a service that starts with the machine and again after a failure. Settings
 * (`chainferry config`) are lines of a file beside the unit, which an upgrade leaves alone.
 *
 * Linux: a systemd unit (https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html). Windows: a service by
 * WinSW, which a release for Windows brings (https://github.com/winsw/winsw/blob/v1.17/README.md).
 */
export function planService(options: ServiceOptions): ServicePlan {
  return options.platform === "win32" ? windowsService(options) : systemdService(options);
}

function serveArguments({ port, sandbox }: ServiceOptions): string[] {
  return ["serve", "--port", String(port), ...(sandbox ? [] : ["--no-sandbox"])];
}

function systemdService(options: ServiceOptions): ServicePlan {
  const { release, dataFolder, scope, home } = options;
  const forUser = scope === "user";
  const folder = forUser ? posix.join(home, ".config/systemd/user") : "/etc/systemd/system";
  const settings = forUser ? posix.join(home, ".config/chainferry.env") : "/etc/chainferry/chainferry.env";
  const command = [posix.join(release, "chainferry"), ...serveArguments(options)].map(systemdWord).join(" ");
  const unit = [
    "[Unit]",
    "Description=Chainferry: SQL Server databases to ApsaraDB RDS by backup chains",
    "Documentation=https://github.com/chainferry/chainferry",
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    // A start that can't even read its program fails at once. Before systemd 240 nobody knows the word, and it is left out.
    "Type=exec",
    `ExecStart=${command}`,
    `Environment=${systemdWord(`CHAINFERRY_DATA=${dataFolder}`)}`,
    `EnvironmentFile=-${settings}`,
    "Restart=always",
    "RestartSec=5",
    `TimeoutStopSec=${STOP_SECONDS}`,
    "KillMode=mixed",
    "UMask=0077",
    "NoNewPrivileges=yes",
    ...(forUser
      ? []
      : [
          `User=${SERVICE_NAME}`,
          `Group=${SERVICE_NAME}`,
          // Backup folders may lie anywhere else: only the system itself is read-only.
          "ProtectSystem=full",
          "PrivateTmp=yes",
          "PrivateDevices=yes",
          "ProtectKernelTunables=yes",
          "ProtectControlGroups=yes",
          "RestrictSUIDSGID=yes",
          "AmbientCapabilities=CAP_NET_BIND_SERVICE",
          "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
        ]),
    "",
    "[Install]",
    `WantedBy=${forUser ? "default.target" : "multi-user.target"}`,
    "",
  ].join("\n");
  const systemctl = ["systemctl", ...(forUser ? ["--user"] : [])];
  const account = [
    [
      "sh",
      "-c",
      `id -u ${SERVICE_NAME} >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir "$1" --shell /usr/sbin/nologin ${SERVICE_NAME}`,
      "sh",
      dataFolder,
    ],
    ["install", "-d", "-m", "0700", "-o", SERVICE_NAME, "-g", SERVICE_NAME, dataFolder],
    ["chgrp", SERVICE_NAME, settings],
    [
      "sh",
      "-c",
      `runuser -u ${SERVICE_NAME} -- test -r "$1" || { echo "$1 can't be read by ${SERVICE_NAME}: unpack the release where everybody may read, in /opt for example." >&2; exit 1; }`,
      "sh",
      posix.join(release, "app/launch.mjs"),
    ],
  ];
  const asService = forUser ? [] : ["runuser", "-u", SERVICE_NAME, "--"];
  const program = [
    ...[...asService, "env", `CHAINFERRY_DATA=${dataFolder}`, `CHAINFERRY_CONFIG=${settings}`],
    posix.join(release, "chainferry"),
  ];
  return {
    before: [],
    line: (words) => `${program.map(shellWord).join(" ")} ${words}`,
    files: [
      { path: posix.join(folder, `${SERVICE_NAME}.service`), text: unit, mode: 0o644, keep: false },
      { path: settings, text: SETTINGS, mode: forUser ? 0o600 : 0o640, keep: true },
    ],
    install: [
      ...(forUser ? [] : account),
      [...systemctl, "daemon-reload"],
      [...systemctl, "enable", `${SERVICE_NAME}.service`],
      [...systemctl, "restart", `${SERVICE_NAME}.service`],
    ],
    uninstall: [[...systemctl, "disable", "--now", `${SERVICE_NAME}.service`]],
  };
}

const SETTINGS = `# Settings of Chainferry, NAME=value a line; "chainferry config" tells them all. Then: restart the service.
# CHAINFERRY_SIGN_IN=required
# CHAINFERRY_PUBLIC_URL=https://chainferry.corp.example
# DATABASE_URL=postgresql://user:password@host:5432/chainferry?sslmode=verify-full
`;

/** As a word of a POSIX shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** As an argument of a unit file: quoted, with what systemd would replace doubled. */
function systemdWord(word: string): string {
  const plain = word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("%", "%%")
    .replaceAll("$", "$$$$");
  return /^[\w@%+=:,./-]+$/.test(word) ? plain : `"${plain}"`;
}

const END_SERVICE = ["net", "stop", SERVICE_NAME];

function windowsService(options: ServiceOptions): ServicePlan {
  const { release, dataFolder } = options;
  const wrapper = win32.join(release, "chainferry-service.exe");
  const settings = win32.join(dataFolder, "chainferry.env");
  const words = [win32.join(release, "app", "launch.mjs"), ...serveArguments(options)];
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<service>",
    `  <id>${SERVICE_NAME}</id>`,
    "  <name>Chainferry</name>",
    "  <description>Moves SQL Server databases to ApsaraDB RDS by backup chains</description>",
    `  <executable>${xmlText(win32.join(release, "node.exe"))}</executable>`,
    ...words.map((word) => `  <argument>${xmlText(/\s/.test(word) ? `"${word}"` : word)}</argument>`),
    `  <env name="CHAINFERRY_DATA" value="${xmlText(dataFolder)}"/>`,
    `  <env name="CHAINFERRY_CONFIG" value="${xmlText(settings)}"/>`,
    `  <logpath>${xmlText(win32.join(dataFolder, "logs"))}</logpath>`,
    "  <logmode>rotate</logmode>",
    '  <onfailure action="restart" delay="5 sec"/>',
    `  <stoptimeout>${STOP_SECONDS} sec</stoptimeout>`,
    "</service>",
    "",
  ].join("\r\n");
  return {
    files: [
      { path: win32.join(release, "chainferry-service.xml"), text: xml, mode: 0o644, keep: false },
      { path: settings, text: SETTINGS.replaceAll("\n", "\r\n"), mode: 0o600, keep: true },
    ],
    // The wrapper installs no second one of a name, and `net stop`, unlike the wrapper, waits until it stands.
    before: [END_SERVICE, [wrapper, "uninstall"]],
    line: (words) =>
      `set "CHAINFERRY_DATA=${dataFolder}" && set "CHAINFERRY_CONFIG=${settings}" && "${win32.join(release, "chainferry.cmd")}" ${words}`,
    install: [
      // What is made under ProgramData everybody on the machine may read: this holds the key of the secrets.
      ["icacls", dataFolder, "/inheritance:r", "/grant:r", ...OWNERS_OF_WINDOWS],
      [wrapper, "install"],
      [wrapper, "start"],
    ],
    uninstall: [END_SERVICE, [wrapper, "uninstall"]],
  };
}

function xmlText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
