import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { planService, type ServiceAction, type ServicePlan, shellWord } from "./service-files";

export interface ServiceCommandOptions {
  /** Absent: where the platform keeps data of services. */
  data?: string;
  port: number;
  user: boolean;
  sandbox: boolean;
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
}

/**
 * `chainferry service install|uninstall|show`: the dashboard as a service of this machine, or of this user. `show` prints files
 * and commands and changes nothing. Returns the exit code: 1 when something could not be done; then stderr says what.
 */
export function runServiceCommand(
  action: ServiceAction,
  options: ServiceCommandOptions,
  machine: ServiceMachine,
): number {
  const { platform, release } = machine;
  if (platform !== "linux" && platform !== "win32")
    return refuse(`no service on ${platform}: Linux (systemd) and Windows have one.`);
  if (release === null)
    return refuse("this is not an unpacked release: its service is started by the file that npm start runs.");
  if (platform === "win32" && options.user)
    return refuse("--user is for Linux: a service of Windows is the machine's.");
  const plan = planService({
    platform,
    release,
    dataFolder: options.data ?? dataFolderOf(machine, options.user),
    port: options.port,
    scope: options.user ? "user" : "machine",
    home: machine.home,
    sandbox: options.sandbox,
  });
  switch (action) {
    case "show":
      return show(plan);
    case "install":
      return install(plan, machine);
    case "uninstall":
      return uninstall(plan, machine);
  }
}

function dataFolderOf({ platform, home, programData }: ServiceMachine, forUser: boolean): string {
  if (platform === "win32") return path.win32.join(programData, "Chainferry");
  return forUser ? path.posix.join(home, ".local/share/chainferry") : "/var/lib/chainferry";
}

function show({ files, before, install }: ServicePlan): number {
  for (const { path: file, text, keep } of files) {
    process.stdout.write(`# ${file}${keep ? " (made once, then left alone)" : ""}\n${text}\n`);
  }
  const commands = [...before, ...install].map((command) => command.map(shellWord).join(" "));
  process.stdout.write(`# then\n${commands.join("\n")}\n`);
  return 0;
}

function install({ files, before, install: commands, line }: ServicePlan, machine: ServiceMachine): number {
  for (const { path: file, text, mode, keep } of files) {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      if (keep && existsSync(file)) continue;
      writeFileSync(file, text, { mode });
      chmodSync(file, mode);
    } catch (error) {
      return refuse(
        `${file} can't be written: ${error instanceof Error ? error.message : String(error)}. Run it as administrator (root), or with --user.`,
      );
    }
  }
  for (const command of before) machine.run(command, true);
  for (const command of commands) {
    const status = machine.run(command);
    if (status !== 0)
      return refuse(
        `${command.map(shellWord).join(" ")} ended with ${status}. The files are written; the same command goes on from there.`,
      );
  }
  process.stdout.write(
    `The service is installed and started. A link for its first administrator:\n  ${line("recover")}\nOther commands in place of recover: config, backup FILE, check-store.\n`,
  );
  return 0;
}

function uninstall({ files, uninstall: commands }: ServicePlan, machine: ServiceMachine): number {
  for (const command of commands) machine.run(command);
  for (const { path: file, keep } of files) if (!keep) rmSync(file, { force: true });
  const kept = files.filter(({ keep }) => keep).map(({ path: file }) => file);
  process.stdout.write(`The service is gone. Kept: the data, and ${kept.join(", ")}\n`);
  return 0;
}

function refuse(words: string): number {
  process.stderr.write(`chainferry service: ${words}\n`);
  return 1;
}
