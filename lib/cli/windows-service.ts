import { win32 } from "node:path";
import { choiceLine } from "./service-choice";
import {
  SERVICE_NAME,
  SETTINGS,
  type ServiceOptions,
  type ServicePlan,
  STOP_SECONDS,
  serveArguments,
} from "./service-plan";

/**
 * By ids that are the same in every language, with all that lies below.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
 */
const SYSTEM = "*S-1-5-18:(OI)(CI)F";
const ADMINISTRATORS = "*S-1-5-32-544:(OI)(CI)F";
const USERS_READ = "*S-1-5-32-545:(OI)(CI)RX";

const WRAPPER = "chainferry-service.exe";
const WRAPPER_SETTINGS = "chainferry-service.xml";
/** Its settings, whatever language the words around are in: `BINARY_PATH_NAME : "C:\\chainferry-1\\chainferry-service.exe"`. */
const BINARY_PATH = /([a-z]:\\[^"\r\n]*)\\chainferry-service\.exe/i;

/** The wrapper's settings of the service that is installed, by what `ASK_SERVICE` prints; null: it is none of ours. */
export function wrapperSettingsOf(printed: string): string | null {
  const folder = BINARY_PATH.exec(printed)?.[1];
  return folder === undefined ? null : win32.join(folder, WRAPPER_SETTINGS);
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/sc-query */
export const ASK_SERVICE = ["sc", "qc", SERVICE_NAME] as const;

/**
 * The dashboard of an unpacked release as a service of Windows by WinSW, which a release for Windows brings
 * (https://github.com/winsw/winsw/blob/v1.17/README.markdown): it answers the service control manager, which `node.exe` does not, and ends it as Ctrl+C
 * does.
 */
export function planWindowsService(options: ServiceOptions): ServicePlan {
  const { release, dataFolder, settings, forNode } = options;
  const wrapper = win32.join(release, WRAPPER);
  const logs = win32.join(dataFolder, "logs");
  const environment = { CHAINFERRY_DATA: dataFolder, CHAINFERRY_CONFIG: settings, ...forNode };
  const closed = (folder: string, ...grants: string[]) => [
    ...["icacls", folder, "/inheritance:r", "/grant:r"],
    ...grants,
  ];
  return {
    // Answers administrators only, whatever else runs or is closed on a machine.
    mayChange: ["fltmc"],
    isThere: ["sc", "query", SERVICE_NAME],
    // The wrapper writes into it before it would make it, and does not start.
    folders: [logs],
    files: [
      {
        path: win32.join(release, WRAPPER_SETTINGS),
        text: wrapperSettings(options, environment, logs),
        mode: 0o644,
        keep: false,
      },
      { path: settings, text: SETTINGS.replaceAll("\n", "\r\n"), mode: 0o600, keep: true },
    ],
    end: ["net", "stop", SERVICE_NAME],
    prepare: [
      // What is made under ProgramData everybody on the machine may read: this holds the key of the secrets.
      closed(dataFolder, SYSTEM, ADMINISTRATORS),
      // What is made in the root of a drive everybody may change: this is run as LocalSystem.
      closed(release, SYSTEM, ADMINISTRATORS, USERS_READ),
    ],
    register: [[wrapper, "install"]],
    // Not made anew: the account that somebody gave it for a share would be lost, and a console that shows services would keep it from going.
    registerAgain: [["sc", "config", SERVICE_NAME, "binPath=", `"${wrapper}"`]],
    wish: null,
    start: ["net", "start", SERVICE_NAME],
    log: logs,
    uninstall: [["sc", "delete", SERVICE_NAME]],
    afterwards: [],
    lines: (words) => linesFor(environment, win32.join(release, "chainferry.cmd"), words),
    word: windowsWord,
  };
}

function wrapperSettings(
  options: ServiceOptions,
  environment: Readonly<Record<string, string>>,
  logs: string,
): string {
  const { release } = options;
  const words = [win32.join(release, "app", "launch.mjs"), ...serveArguments(options)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!-- ${choiceLine(options)} -->`,
    "<service>",
    `  <id>${SERVICE_NAME}</id>`,
    "  <name>Chainferry</name>",
    "  <description>Moves SQL Server databases to ApsaraDB RDS by backup chains</description>",
    `  <executable>${xmlText(win32.join(release, "node.exe"))}</executable>`,
    ...words.map((word) => `  <argument>${xmlText(/\s/.test(word) ? `"${word}"` : word)}</argument>`),
    ...Object.entries(environment).map(
      ([name, value]) => `  <env name="${name}" value="${xmlText(value)}"/>`,
    ),
    `  <logpath>${xmlText(logs)}</logpath>`,
    "  <logmode>rotate</logmode>",
    '  <onfailure action="restart" delay="5 sec"/>',
    `  <stoptimeout>${STOP_SECONDS} sec</stoptimeout>`,
    "</service>",
    "",
  ].join("\r\n");
}

/** `set` and `&&` mean nothing to Windows PowerShell, in which most consoles of a server open. */
function linesFor(
  environment: Readonly<Record<string, string>>,
  program: string,
  words: string,
): { shell: string; text: string }[] {
  const entries = Object.entries(environment);
  const inQuotes = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const set = entries.map(([name, value]) => `set "${name}=${value}" && `).join("");
  const assign = entries.map(([name, value]) => `$env:${name}=${inQuotes(value)}; `).join("");
  return [
    { shell: "cmd.exe", text: `${set}"${program}" ${words}` },
    { shell: "PowerShell", text: `${assign}& ${inQuotes(program)} ${words}` },
  ];
}

function windowsWord(word: string): string {
  return /^[\w@%+=:,./\\*()-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`;
}

function xmlText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
