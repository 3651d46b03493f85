import { posix } from "node:path";
import { choiceLine } from "./service-choice";
import {
  SERVICE_NAME,
  SETTINGS,
  type ServiceOptions,
  type ServicePlan,
  STOP_SECONDS,
  serveArguments,
} from "./service-plan";

const UNIT = `${SERVICE_NAME}.service`;

/** Where the unit lies: of the machine, or of the user with this home. */
export function unitFileOf({ scope, home }: Pick<ServiceOptions, "scope" | "home">): string {
  return posix.join(
    scope === "user" ? posix.join(home, ".config/systemd/user") : "/etc/systemd/system",
    UNIT,
  );
}

/**
 * The dashboard of an unpacked release as a systemd unit that starts with the machine and again after a failure
 * (https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html). The file of settings (`chainferry config`) is read by the product
 * itself, so that a line means the same to the service, to a command and on Windows; an upgrade leaves it alone.
 */
export function planSystemdService(options: ServiceOptions): ServicePlan {
  const { release, dataFolder, settings, forNode, scope } = options;
  const forUser = scope === "user";
  const systemctl = ["systemctl", ...(forUser ? ["--user"] : [])];
  const environment = Object.entries({
    CHAINFERRY_DATA: dataFolder,
    CHAINFERRY_CONFIG: settings,
    ...forNode,
  }).map(([name, value]) => `${name}=${value}`);
  const program = [
    ...(forUser ? [] : ["runuser", "-u", SERVICE_NAME, "--"]),
    ...["env", ...environment, posix.join(release, "chainferry")],
  ];
  return {
    mayChange: null,
    isThere: null,
    folders: [],
    files: [
      { path: unitFileOf(options), text: unitText(options, environment), mode: 0o644, keep: false },
      { path: settings, text: SETTINGS, mode: forUser ? 0o600 : 0o640, keep: true },
    ],
    end: null,
    prepare: forUser ? [] : accountCommands(options),
    register: [
      [...systemctl, "daemon-reload"],
      [...systemctl, "enable", UNIT],
    ],
    registerAgain: [
      [...systemctl, "daemon-reload"],
      [...systemctl, "enable", UNIT],
    ],
    wish: forUser
      ? {
          command: ["loginctl", "enable-linger"],
          otherwise:
            "It ends when you sign out, and does not start with the machine, until root runs: loginctl enable-linger and your name.",
        }
      : null,
    start: [...systemctl, "restart", UNIT],
    log: `journalctl ${forUser ? "--user " : ""}-u ${SERVICE_NAME} -n 50`,
    uninstall: [[...systemctl, "disable", "--now", UNIT]],
    afterwards: [[...systemctl, "daemon-reload"]],
    lines: (words) => [{ shell: null, text: `${program.map(shellWord).join(" ")} ${words}` }],
    word: shellWord,
  };
}

function unitText(options: ServiceOptions, environment: readonly string[]): string {
  const { release, dataFolder, scope } = options;
  const command = [
    quoted(posix.join(release, "chainferry")),
    ...serveArguments(options).map((word) => quoted(word).replaceAll("$", "$$$$")),
  ];
  return [
    `# ${choiceLine(options)}`,
    "[Unit]",
    "Description=Chainferry: SQL Server databases to ApsaraDB RDS by backup chains",
    "Documentation=https://github.com/chainferry/chainferry",
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    // A start that can't even read its program fails at once. Before systemd 240 nobody knows the word, and it is left out.
    "Type=exec",
    `ExecStart=${command.join(" ")}`,
    ...environment.map((line) => `Environment=${quoted(line)}`),
    "Restart=always",
    "RestartSec=5",
    `TimeoutStopSec=${STOP_SECONDS}`,
    "KillMode=mixed",
    "UMask=0077",
    "NoNewPrivileges=yes",
    ...(scope === "user"
      ? []
      : [
          `User=${SERVICE_NAME}`,
          `Group=${SERVICE_NAME}`,
          // Backup folders may lie anywhere else: only the system itself is read-only, and of that not what is ours.
          "ProtectSystem=full",
          `ReadWritePaths=${quoted(`-${dataFolder}`)}`,
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
    `WantedBy=${scope === "user" ? "default.target" : "multi-user.target"}`,
    "",
  ].join("\n");
}

/** The account, and what it must reach, whatever umask the files were made with. */
function accountCommands({ release, dataFolder, settings }: ServiceOptions): string[][] {
  const asAccount = (test: string, path: string, words: string) => [
    "sh",
    "-c",
    `runuser -u ${SERVICE_NAME} -- test ${test} "$1" || { echo "$1 $2" >&2; exit 1; }`,
    ...["sh", path, words],
  ];
  const owned = (mode: string, owner: string, folder: string) => [
    ...["install", "-d", "-m", mode, "-o", owner, "-g", SERVICE_NAME],
    folder,
  ];
  return [
    [
      "sh",
      "-c",
      `id -u ${SERVICE_NAME} >/dev/null 2>&1 || useradd --system --user-group --no-create-home --home-dir "$1" --shell /usr/sbin/nologin ${SERVICE_NAME}`,
      ...["sh", dataFolder],
    ],
    owned("0700", SERVICE_NAME, dataFolder),
    owned("0750", "root", posix.dirname(settings)),
    ["chgrp", SERVICE_NAME, settings],
    asAccount(
      "-r",
      posix.join(release, "app/launch.mjs"),
      `can't be read by ${SERVICE_NAME}: unpack the release where everybody may read, in /opt for example; where a umask took that away: chmod -R a+rX ${shellWord(release)}`,
    ),
    asAccount(
      "-w",
      dataFolder,
      `can't be written by ${SERVICE_NAME}: every folder above it must let others through.`,
    ),
    asAccount("-r", settings, `can't be read by ${SERVICE_NAME}.`),
  ];
}

/** As a word of a POSIX shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * As a word of a unit file. `%` stands for something everywhere in one, `$` in arguments only: neither in the program that is run nor in
 * `Environment=` (https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines).
 */
function quoted(word: string): string {
  const plain = word.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("%", "%%");
  return /^[\w@%+=:,./-]+$/.test(word) ? plain : `"${plain}"`;
}
