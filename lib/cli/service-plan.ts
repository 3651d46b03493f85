export const SERVICE_ACTIONS = ["install", "uninstall", "show"] as const;
export type ServiceAction = (typeof SERVICE_ACTIONS)[number];

export interface ServiceOptions {
  /** Folder of the unpacked release: `node`, `chainferry` and `app` lie in it. */
  release: string;
  /** Folder of the store. */
  dataFolder: string;
  /** File of its settings. */
  settings: string;
  /** What those say of variables that Node itself reads at its start (`READ_BY_NODE`). */
  forNode: Readonly<Record<string, string>>;
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

/** Words for a shell; `shell` names it where there are several. */
export interface ServiceLine {
  shell: string | null;
  text: string;
}

type Command = readonly string[];

export interface ServicePlan {
  /** Ends with 0 for who may change services; null: whether the files can be written tells. */
  mayChange: Command | null;
  /** Ends with 0 where the service is there; null: its first file tells. */
  isThere: Command | null;
  /** Made before the files. */
  folders: readonly string[];
  files: readonly ServiceFile[];
  /** Ends a service that runs; where none does it fails, and nobody needs to know. Null: `start` and `uninstall` do it. */
  end: Command | null;
  /** Whatever was there, after the files are written. */
  prepare: readonly Command[];
  /** Where no service is there, and where one is: what was set of it by others (account, start) stays. */
  register: readonly Command[];
  registerAgain: readonly Command[];
  /** With what is said when it fails: the service is none the worse for it. */
  wish: { command: Command; otherwise: string } | null;
  start: Command;
  /** Where its log is read. */
  log: string;
  uninstall: readonly Command[];
  /** After the files are gone. */
  afterwards: readonly Command[];
  /** One of our commands on the data and with the settings of the service. */
  lines(command: string): ServiceLine[];
  /** As a word of the platform's shell. */
  word(word: string): string;
}

export const SERVICE_NAME = "chainferry";
/** Seconds; longer than the longest single call that is waited for at the end of a process. */
export const STOP_SECONDS = 60;

export function serveArguments({ port, sandbox }: ServiceOptions): string[] {
  return ["serve", "--port", String(port), ...(sandbox ? [] : ["--no-sandbox"])];
}

/** A new file of settings. */
export const SETTINGS = `# Settings of Chainferry, NAME=value a line; "chainferry config" tells them all. Then: restart the service.
# CHAINFERRY_SIGN_IN=required
# CHAINFERRY_PUBLIC_URL=https://chainferry.corp.example
# DATABASE_URL=postgresql://user:password@host:5432/chainferry?sslmode=verify-full
`;
