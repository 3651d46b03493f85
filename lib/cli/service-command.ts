import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { READ_BY_NODE, readSettings } from "@/lib/start/config-file";
import { errorSentence } from "./error-sentence";
import { readChoice, type ServiceChoice } from "./service-choice";
import type { ServiceAction, ServicePlan } from "./service-plan";
import { planSystemdService, unitFileOf } from "./systemd-service";
import { ASK_SERVICE, planWindowsService, wrapperSettingsOf } from "./windows-service";

export interface ServiceCommandOptions {
  /** Absent, as the next: as the service that is there has it; else where the platform keeps data of services. */
  data?: string;
  /** Else 3000. */
  port?: number;
  /** Else without. */
  sandbox?: boolean;
  user: boolean;
}

/** The machine that is changed; tests give one of their own. */
export interface ServiceMachine {
  platform: NodeJS.Platform;
  /** Folder of the unpacked release, null outside one. */
  release: string | null;
  home: string;
  programData: string;
  /** Exit code. `quiet`: what it prints is nobody's. */
  run(command: readonly string[], quiet?: boolean): number;
  /** What it prints; empty when it fails. */
  output(command: readonly string[]): string;
  /** Whether a dashboard of this data folder answers. */
  isUp(dataFolder: string): Promise<boolean>;
  wait(ms: number): Promise<void>;
}

const PAUSE_MS = 1_000;
/** A service that ends is waited for as long as it may take, and some more. */
const START_TRIES = 75;
/** A first start makes its store, one after an upgrade brings it up to date. */
const UP_TRIES = 90;
/** By any of these a folder is known as one of ours. */
const OURS: ReadonlySet<string> = new Set([
  ...["chainferry.env", "logs", "sandbox", "sandbox.json", "secret.key", "serving.json", "store"],
]);
/** What a file system itself has in its root. */
const NOBODYS: ReadonlySet<string> = new Set(["lost+found"]);

/** Said to whoever typed the command; nothing went wrong in here. */
class Refusal extends Error {}

/**
 * `chainferry service install|uninstall|show`: the dashboard as a service of this machine, or of this user. `show` prints files
 * and commands and changes nothing. Returns the exit code: 1 when something could not be done; then stderr says what.
 */
export async function runServiceCommand(
  action: ServiceAction,
  options: ServiceCommandOptions,
  machine: ServiceMachine,
): Promise<number> {
  try {
    const { plan, dataFolder } = planFor(options, machine);
    if (action === "show") show(plan);
    else if (plan.mayChange !== null && machine.run(plan.mayChange, true) !== 0)
      throw new Refusal("open a console by “Run as administrator”, and try there.");
    else if (action === "install") await install(plan, dataFolder, machine);
    else uninstall(plan, machine);
    return 0;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`chainferry service: ${error.message}\n`);
    return 1;
  }
}

function planFor(
  options: ServiceCommandOptions,
  machine: ServiceMachine,
): { plan: ServicePlan; dataFolder: string } {
  const { platform, release, home, programData } = machine;
  if (platform !== "linux" && platform !== "win32")
    throw new Refusal(`no service on ${platform}: Linux (systemd) and Windows have one.`);
  if (release === null)
    throw new Refusal(
      "this is not an unpacked release: its service is started by the file that npm start runs.",
    );
  const onWindows = platform === "win32";
  if (onWindows && options.user)
    throw new Refusal("--user is for Linux: a service of Windows is the machine's.");
  const paths = onWindows ? path.win32 : path.posix;
  const ofPlatform = onWindows
    ? paths.join(programData, "Chainferry")
    : options.user
      ? paths.join(home, ".local/share/chainferry")
      : "/var/lib/chainferry";
  const before = choiceBefore(machine, options);
  const dataFolder = options.data ?? before?.dataFolder ?? ofPlatform;
  requireOwnFolder("--data", dataFolder, paths);
  requireOwnFolder("the release", release, paths);
  if (isBelow(dataFolder, release, paths))
    throw new Refusal(
      `--data is ${dataFolder}, which would go with this release: name a folder outside of it.`,
    );
  if (!onWindows && /["'\\]/.test(release))
    throw new Refusal(
      `systemd runs no program in ${release}: unpack the release where no quotes and backslashes are.`,
    );
  const settings = onWindows
    ? paths.join(dataFolder, "chainferry.env")
    : options.user
      ? paths.join(home, ".config/chainferry.env")
      : "/etc/chainferry/chainferry.env";
  const chosen = {
    ...{ release, dataFolder, settings, home, forNode: forNode(settings) },
    port: options.port ?? before?.port ?? 3000,
    sandbox: options.sandbox ?? before?.sandbox ?? false,
    scope: options.user ? ("user" as const) : ("machine" as const),
  };
  return { plan: onWindows ? planWindowsService(chosen) : planSystemdService(chosen), dataFolder };
}

/** What was said of the service that is there: an upgrade that does not say it again would show an empty store at another port. */
function choiceBefore(machine: ServiceMachine, { user }: ServiceCommandOptions): ServiceChoice | null {
  const file =
    machine.platform === "win32"
      ? wrapperSettingsOf(machine.output(ASK_SERVICE))
      : unitFileOf({ scope: user ? "user" : "machine", home: machine.home });
  try {
    return file === null ? null : readChoice(readFileSync(file, "utf8"));
  } catch {
    // There is none, or it is somebody else's.
    return null;
  }
}

/** Its rights are about to be taken from everybody else. */
function requireOwnFolder(name: string, folder: string, paths: path.PlatformPath): void {
  if (paths === path.win32 && folder.includes('"'))
    throw new Refusal(
      `${name} has a quote in it: leave out the backslash before it, "D:\\Chainferry" for example.`,
    );
  if (!paths.isAbsolute(folder)) throw new Refusal(`${name} is ${folder}: name its whole path.`);
  if (paths === path.win32 && /^[\\/]{2}/.test(folder))
    throw new Refusal(`${name} is ${folder}: a service's own files lie on a disk of this machine.`);
  if (paths.resolve(folder) === paths.parse(paths.resolve(folder)).root)
    throw new Refusal(`${name} is ${folder}, with all that is on it: name a folder of its own.`);
}

function isBelow(folder: string, outer: string, paths: path.PlatformPath): boolean {
  const way = paths.relative(outer, folder);
  return !paths.isAbsolute(way) && way.split(paths.sep)[0] !== "..";
}

/** A folder of backups, for one, that others shall go on reading. */
function requireOurs(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => !NOBODYS.has(name));
  } catch {
    // It is not there yet, or says later why it can't be used.
    return;
  }
  if (names.length > 0 && !names.some((name) => OURS.has(name)))
    throw new Refusal(
      `${folder} holds other things, which nobody else could read any more: name an empty folder, or one that is not there yet.`,
    );
}

/** What the settings say that the process must be given before it can read them. */
function forNode(settings: string): Record<string, string> {
  if (!existsSync(settings)) return {};
  try {
    const said = readSettings(settings);
    return Object.fromEntries(
      READ_BY_NODE.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]])),
    );
  } catch (error) {
    throw new Refusal(errorSentence(error));
  }
}

function show(plan: ServicePlan): void {
  for (const { path: file, text, keep } of plan.files) {
    process.stdout.write(`# ${file}${keep ? " (made once, then left alone)" : ""}\n${text}\n`);
  }
  const print = (title: string, commands: readonly (readonly string[])[]) => {
    const lines = commands.map((command) => command.map(plan.word).join(" "));
    process.stdout.write(`# ${title}\n${lines.join("\n")}\n`);
  };
  print("then", [...plan.prepare, ...plan.register, ...(plan.wish ? [plan.wish.command] : []), plan.start]);
  if (plan.end !== null)
    print("or, where the service of another release is there", [
      plan.end,
      ...plan.prepare,
      ...plan.registerAgain,
      plan.start,
    ]);
}

async function install(plan: ServicePlan, dataFolder: string, machine: ServiceMachine): Promise<void> {
  const wasThere = isThere(plan, machine);
  if (!wasThere) {
    requireOurs(dataFolder);
    if (await machine.isUp(dataFolder))
      throw new Refusal(
        `a dashboard of ${dataFolder} runs already, and only one can: end it, and try again.`,
      );
  }
  writeFiles(plan);
  if (wasThere && plan.end !== null) machine.run(plan.end, true);
  for (const command of [...plan.prepare, ...(wasThere ? plan.registerAgain : plan.register)])
    requireDone(command, plan, machine);
  const isGranted = plan.wish === null || machine.run(plan.wish.command, true) === 0;
  await start(plan, wasThere, machine);
  for (let tried = 1; !(await machine.isUp(dataFolder)); tried += 1) {
    if (tried === UP_TRIES)
      throw new Refusal(
        `it is installed and starts with the machine, but does not answer. Its log says why: ${plan.log}`,
      );
    await machine.wait(PAUSE_MS);
  }
  const lines = plan
    .lines("recover")
    .map(({ shell, text }) => (shell === null ? `  ${text}` : `  in ${shell}:\n    ${text}`));
  process.stdout.write(
    `The service is installed and answers. A link for its first administrator${plan.mayChange === null ? "" : ", from this console"}:\n${lines.join("\n")}\n` +
      `Other commands in place of recover: config, backup FILE, check-store.\n${isGranted ? "" : `${plan.wish?.otherwise}\n`}`,
  );
}

function isThere({ isThere: command, files }: ServicePlan, machine: ServiceMachine): boolean {
  return command === null ? existsSync(files[0]?.path ?? "") : machine.run(command, true) === 0;
}

function writeFiles({ folders, files }: ServicePlan): void {
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const { path: file, text, mode, keep } of files) {
      mkdirSync(path.dirname(file), { recursive: true });
      if (keep && existsSync(file)) continue;
      writeFileSync(file, text, { mode });
      chmodSync(file, mode);
    }
  } catch (error) {
    throw new Refusal(`a file can't be written: ${errorSentence(error)}. ${AS_ROOT}`);
  }
}

const AS_ROOT = "Run it as root, or with --user; as administrator on Windows.";

/** Where one was ended before, it may still be at it. */
async function start(plan: ServicePlan, wasThere: boolean, machine: ServiceMachine): Promise<void> {
  if (wasThere && plan.end !== null) {
    for (let tried = 1; tried < START_TRIES; tried += 1) {
      if (machine.run(plan.start, true) === 0) return;
      await machine.wait(PAUSE_MS);
    }
  }
  requireDone(plan.start, plan, machine);
}

function requireDone(command: readonly string[], plan: ServicePlan, machine: ServiceMachine): void {
  const status = machine.run(command);
  if (status !== 0)
    throw new Refusal(
      `${command.map(plan.word).join(" ")} ended with ${status}. What went before it stands; the same command goes on from there.`,
    );
}

function uninstall(plan: ServicePlan, machine: ServiceMachine): void {
  if (!isThere(plan, machine)) throw new Refusal("there is no such service.");
  if (plan.end !== null) machine.run(plan.end, true);
  for (const command of plan.uninstall) requireDone(command, plan, machine);
  try {
    for (const { path: file, keep } of plan.files) if (!keep) rmSync(file, { force: true });
  } catch (error) {
    throw new Refusal(`a file can't be removed: ${errorSentence(error)}. ${AS_ROOT}`);
  }
  for (const command of plan.afterwards) machine.run(command);
  const kept = plan.files.filter(({ keep }) => keep).map(({ path: file }) => file);
  process.stdout.write(`The service is gone. Kept: the data, and ${kept.join(", ")}\n`);
}
