import type { CallPattern } from "./call-pattern";

/** Calls that RDS answers with an error: the `from`-th to the `until`-th of each action, counted from 1. */
interface Refusal {
  actions: readonly string[];
  code:
    | "InvalidSecurityToken.Expired"
    | "ServiceUnavailable"
    | "UnsupportedOperation"
    | "IncorrectDBInstanceState"
    | "InvalidMigrateTask"
    | "OperationDenied.Hibernating";
  from: number;
  until: number;
}

/** A release of the source server that is not the usual one. */
export type SourceRelease = "2008 R2" | "2012" | "2014" | "2025";

/** What goes wrong in a rehearsal. A row says it all: the servers only look at its columns. */
export interface Scenario {
  /** RDS answers Throttling.User to these calls, counted per action. */
  rdsThrottling: CallPattern | null;
  /** Calls of RDS, RAM and STS that the RAM user may not make. */
  deniedActions: readonly string[];
  /** Calls of RDS that end in an error of its own for a while. */
  rdsRefusals: readonly Refusal[];
  /** What RDS calls a task, whatever it does, when it is asked for the `from`-th to the `until`-th time. */
  taskWord: { status: string; from: number; until: number } | null;
  /** A proxy before RDS answers these calls with a page of its own (502, HTML), counted per action. */
  rdsBadGateway: CallPattern | null;
  /** Somebody else at the console: what becomes of the target while its task waits for files, and when. */
  targetFault: { what: "opened" | "deleted"; when: "after_first_log" | "writes_stopped" } | null;
  /** Logs that are handed over after writes were stopped can't be restored: all of them, or the first cutover's. */
  lastLogFails: "always" | "first" | null;
  /** Somebody overwrites the first log in the bucket right after RDS has taken it. */
  isFirstLogReplaced: boolean;
  /** Sandbox seconds that the restore of the last log takes beyond the usual; of which database, null: of each. */
  lastLogExtraSeconds: number;
  slowDatabase: string | null;
  /** OSS answers 503 to everything from the stop of writes on. */
  isOssDownInCutover: boolean;
  /** RDS and OSS answer fields and states that no document has. */
  isUnfamiliar: boolean;
  /** OSS answers 503 to these requests. */
  ossThrottling: CallPattern | null;
  /** OSS cuts the connection in the middle of these requests. */
  ossDrops: CallPattern | null;
  /** OSS lets no data of a bucket through its public endpoint, as accounts of after March 2025 see it. */
  isPublicEndpointRefused: boolean;
  /** Real milliseconds that OSS takes before it answers anything. */
  ossDelayMs: number;
  /** How many files lose the answer to their first accepted CreateMigrateTask. */
  lostImportAnswers: number;
  /** Whether the first accepted CreateOnlineDatabaseTask, CreateAccount and CreateBackup lose their answers. */
  loseOneAnswerEach: boolean;
  /** When another tool backs up the database that is being migrated, not COPY_ONLY: once for each database. */
  foreignLog: "after_first_log" | "after_full" | null;
  foreignFull: "after_full" | null;
  /** The only one that the other tool backs up; null: each. */
  foreignDatabase: string | null;
  /** The source server is of this release; 2025 compresses with ZSTD. */
  sourceRelease: SourceRelease | null;
  /** The source compresses into a container that only SQL Server itself reads. */
  isContainerNew: boolean;
  /** Whatever a BACKUP asks for, the source encrypts it, as a policy of the server may; RDS lacks the certificate. */
  isBackupEncrypted: boolean;
  /** Source databases stand in SIMPLE recovery, are encrypted by TDE, use Change Data Capture. */
  isSourceSimple: boolean;
  isSourceEncrypted: boolean;
  isSourceCaptured: boolean;
  /** What the staging bucket is, instead of Standard, unencrypted and in the instance's region. */
  bucketStorageClass: string | null;
  bucketEncryption: string | null;
  bucketRegionId: string | null;
  /** A lifecycle rule of the bucket deletes objects after so many days. */
  bucketExpirationDays: number | null;
  /** Nobody has authorised RDS to read OSS. */
  isImportRoleMissing: boolean;
  /** Bytes that other databases leave free on the instance's disk. */
  instanceFreeBytes: number | null;
  /** The instance has as many databases as its class allows. */
  isInstanceFull: boolean;
  /** What the instance does instead of running, as DBInstanceStatus says it. */
  instanceStatus: "Restarting" | null;
  /** The instance is of this release and edition instead of its own. */
  instanceVersion: {
    engineVersion: string;
    category: "Basic" | "HighAvailability";
    databaseVersion: number;
  } | null;
  /** What disks the instance says that it has, instead of `cloud_essd`. */
  instanceStorageType: "local_ssd" | null;
  /** The instance opens what it imports, and takes nothing after it: the unkind reading of the API's text for 2008 R2. */
  mustInstanceOpen: boolean;
  /** What RDS says when its edition lacks a feature that the database uses: it shows at the very last step. */
  doesOpenFail: boolean;
  /** DBCC after an asynchronous opening finds errors that came along. */
  doesCheckFail: boolean;
}

const CALM: Scenario = {
  rdsThrottling: null,
  rdsRefusals: [],
  taskWord: null,
  rdsBadGateway: null,
  deniedActions: [],
  targetFault: null,
  lastLogFails: null,
  isFirstLogReplaced: false,
  lastLogExtraSeconds: 0,
  slowDatabase: null,
  isOssDownInCutover: false,
  isUnfamiliar: false,
  ossThrottling: null,
  ossDrops: null,
  isPublicEndpointRefused: false,
  ossDelayMs: 0,
  lostImportAnswers: 0,
  loseOneAnswerEach: false,
  foreignLog: null,
  foreignFull: null,
  foreignDatabase: null,
  sourceRelease: null,
  isContainerNew: false,
  isBackupEncrypted: false,
  isSourceSimple: false,
  isSourceEncrypted: false,
  isSourceCaptured: false,
  bucketStorageClass: null,
  bucketEncryption: null,
  bucketRegionId: null,
  bucketExpirationDays: null,
  isImportRoleMissing: false,
  instanceFreeBytes: null,
  isInstanceFull: false,
  instanceStatus: null,
  instanceVersion: null,
  instanceStorageType: null,
  mustInstanceOpen: false,
  doesOpenFail: false,
  doesCheckFail: false,
};

/** Every call of it. */
function always(action: string, code: Refusal["code"]): Refusal {
  return { actions: [action], code, from: 1, until: Number.MAX_SAFE_INTEGER };
}

/** What a step that follows RDS asks for. */
const POLLS = ["DescribeMigrateTaskById", "DescribeOssDownloads"];

/** More than any backup file here, less than any database: only who counts restored bytes sees that it is too little. */
const TOO_FEW_BYTES = 36 * 1024 ** 2;

const R2_INSTANCE: Partial<Scenario> = {
  sourceRelease: "2008 R2",
  instanceVersion: { engineVersion: "08r2_ent_ha", category: "HighAvailability", databaseVersion: 661 },
  mustInstanceOpen: true,
};

interface ScenarioRow {
  /** What a DBA who rehearses reads beside the name. */
  about: string;
  /** What the servers do then. Without: it is played by whoever uploads, and the servers behave well. */
  faults?: Partial<Scenario>;
}

/** Every scenario that there is: the command line names them from here, and each is played by the column it sets. */
const SCENARIOS = {
  clean: { about: "nothing goes wrong" },
  gap: {
    about: "another tool takes a log backup after the first of ours",
    faults: { foreignLog: "after_first_log" },
  },
  "full-instead-of-log": { about: "whoever uploads hands over a full backup where a log backup is due" },
  "wrong-order": { about: "whoever uploads hands over a later log backup before an earlier one" },
  throttling: {
    about: "RDS and OSS ask to slow down",
    faults: { rdsThrottling: { every: 4, first: 1 }, ossThrottling: { every: 9, first: 4 } },
  },
  "answer-lost": {
    about: "answers to accepted imports, to the opening, to a new account and to a backup never arrive",
    faults: { lostImportAnswers: 2, loseOneAnswerEach: true },
  },
  "edition-mismatch": {
    about: "the database uses a feature that the instance's edition lacks",
    faults: {
      isSourceCaptured: true,
      instanceVersion: { engineVersion: "2022_web", category: "Basic", databaseVersion: 957 },
      doesOpenFail: true,
    },
  },
  tde: { about: "the source databases are encrypted", faults: { isSourceEncrypted: true } },
  "disk-too-small": {
    about: "the instance has too little space left",
    faults: { instanceFreeBytes: TOO_FEW_BYTES },
  },
  "count-limit": { about: "the instance has as many databases as it may", faults: { isInstanceFull: true } },
  "restarting-instance": {
    about: "the instance restarts and takes no import",
    faults: { instanceStatus: "Restarting" },
  },
  "missing-role": { about: "nobody has authorised RDS to read OSS", faults: { isImportRoleMissing: true } },
  "narrow-rights": {
    about: "the RAM user may not ask for tasks and files",
    faults: { deniedActions: ["DescribeOssDownloads", "DescribeMigrateTasks"] },
  },
  "ia-bucket": { about: "the bucket has the storage class IA", faults: { bucketStorageClass: "IA" } },
  "encrypted-bucket": { about: "the bucket is encrypted by OSS", faults: { bucketEncryption: "AES256" } },
  "public-endpoint": {
    about: "OSS refuses data calls at its public endpoint",
    faults: { isPublicEndpointRefused: true },
  },
  "wrong-region": { about: "the bucket lies in another region", faults: { bucketRegionId: "cn-beijing" } },
  "short-lifecycle": {
    about: "a rule of the bucket deletes objects after a day",
    faults: { bucketExpirationDays: 1 },
  },
  "simple-recovery": {
    about: "the source databases stand in SIMPLE recovery",
    faults: { isSourceSimple: true },
  },
  "foreign-log": {
    about: "another tool takes a log backup after the full",
    faults: { foreignLog: "after_full" },
  },
  "foreign-full": {
    about: "another tool takes a full backup after ours",
    faults: { foreignFull: "after_full" },
  },
  "source-2008r2": {
    about: "the source is SQL Server 2008 R2 Standard",
    faults: { sourceRelease: "2008 R2" },
  },
  "target-2008r2": {
    about: "source and instance are SQL Server 2008 R2, and the instance takes only what it may open",
    faults: R2_INSTANCE,
  },
  "target-2008r2-local": {
    about: "source and instance are SQL Server 2008 R2, and the instance has local disks",
    faults: { ...R2_INSTANCE, instanceStorageType: "local_ssd" },
  },
  "source-2012": { about: "the source is SQL Server 2012", faults: { sourceRelease: "2012" } },
  "source-2014": { about: "the source is SQL Server 2014", faults: { sourceRelease: "2014" } },
  "source-2025-zstd": {
    about: "source and instance are SQL Server 2025, and backups are compressed with ZSTD",
    faults: {
      sourceRelease: "2025",
      instanceVersion: { engineVersion: "2025_std", category: "HighAvailability", databaseVersion: 998 },
    },
  },
  "source-new-container": {
    about: "the source writes compressed backups that only SQL Server itself reads",
    faults: { isContainerNew: true },
  },
  "source-encrypted": {
    about: "the source encrypts every backup, and RDS lacks the certificate",
    faults: { isBackupEncrypted: true },
  },
  "dbcc-errors": { about: "DBCC finds errors after the opening", faults: { doesCheckFail: true } },
  "token-expired": {
    about: "the token expires while RDS restores, and is renewed",
    faults: {
      rdsRefusals: [{ actions: POLLS, code: "InvalidSecurityToken.Expired", from: 2, until: 6 }],
    },
  },
  "rds-outage": {
    about: "RDS answers nothing but errors while it restores",
    faults: { rdsRefusals: [{ actions: POLLS, code: "ServiceUnavailable", from: 2, until: 24 }] },
  },
  "busy-instance": {
    about: "the instance is at something else when the first file is handed over",
    faults: {
      rdsRefusals: [{ actions: ["CreateMigrateTask"], code: "IncorrectDBInstanceState", from: 1, until: 8 }],
    },
  },
  "task-suspended": {
    about: "RDS gives a task a state that nobody knows, and goes on",
    faults: { taskWord: { status: "Suspended", from: 2, until: 6 } },
  },
  "task-forgotten": {
    about: "RDS forgets the task while it restores the full backup",
    faults: {
      rdsRefusals: [{ actions: POLLS, code: "InvalidMigrateTask", from: 3, until: Number.MAX_SAFE_INTEGER }],
    },
  },
  "downloads-unsupported": {
    about: "the instance's edition does not list the files of a task",
    faults: { rdsRefusals: [always("DescribeOssDownloads", "UnsupportedOperation")] },
  },
  "target-opened": {
    about: "somebody opens the target after the first log",
    faults: { targetFault: { what: "opened", when: "after_first_log" } },
  },
  "target-deleted": {
    about: "somebody deletes the target after the first log",
    faults: { targetFault: { what: "deleted", when: "after_first_log" } },
  },
  "target-opened-late": {
    about: "somebody opens the target between the stop of writes and the last import",
    faults: { targetFault: { what: "opened", when: "writes_stopped" } },
  },
  "object-replaced": {
    about: "somebody overwrites the first log in the bucket while RDS is at it",
    faults: { isFirstLogReplaced: true },
  },
  "cutover-oss-down": {
    about: "OSS refuses everything from the stop of writes on",
    faults: { isOssDownInCutover: true },
  },
  "cutover-import-failed": {
    about: "RDS fails to restore the last log",
    faults: { lastLogFails: "always" },
  },
  "go-back-and-again": {
    about: "RDS fails to restore the last log; the cutover is taken back, bridged and begun again",
    faults: { lastLogFails: "first" },
  },
  deadline: {
    about: "RDS takes hours for the last log, and the cutover may last minutes",
    faults: { lastLogExtraSeconds: 4 * 3600 },
  },
  unfamiliar: {
    about: "RDS and OSS answer fields, states and a code that nobody knows",
    faults: {
      isUnfamiliar: true,
      rdsRefusals: [always("DescribeBackupPolicy", "OperationDenied.Hibernating")],
    },
  },
  wave: {
    about:
      "twenty databases at once: one can't begin, of one the chain is broken, of one RDS takes hours for the last log",
    faults: {
      foreignLog: "after_first_log",
      foreignDatabase: "Inventory",
      lastLogExtraSeconds: 4 * 3600,
      slowDatabase: "HRDB",
    },
  },
  hold: {
    about: "nothing goes wrong; the cutover is armed, one more log goes over, and it is released",
  },
  "hook-refuses": {
    about: "a system that is asked before each phase of the cutover does not let the database be opened",
  },
  "way-back": {
    about: "opened, and written to, the database is brought back to the source by a backup of RDS's own",
    faults: {
      instanceVersion: { engineVersion: "2019_std_ha", category: "HighAvailability", databaseVersion: 904 },
    },
  },
  rehearsal: { about: "the migration is rehearsed first, under a throw-away name", faults: {} },
  "slow-oss": { about: "OSS takes its time", faults: { ossDelayMs: 400 } },
  "dropped-connections": { about: "OSS cuts connections", faults: { ossDrops: { every: 7, first: 3 } } },
  "bad-gateway": {
    about: "a proxy before RDS answers with pages of its own",
    faults: { rdsBadGateway: { every: 5, first: 2 } },
  },
} as const satisfies Record<string, ScenarioRow>;

export type ScenarioName = keyof typeof SCENARIOS;

function rowOf(name: ScenarioName): ScenarioRow {
  return SCENARIOS[name];
}

export const SCENARIO_NAMES: readonly string[] = Object.keys(SCENARIOS);

/** A line for each scenario, `tde  the source databases are encrypted`, for a command's help. */
export function describeScenarios(): string {
  const names = Object.keys(SCENARIOS).filter(isScenarioName);
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${rowOf(name).about}`).join("\n");
}

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

/** Names from `tde` or `tde,ia-bucket`. Throws RangeError on an unknown name, naming those that there are. */
export function parseScenarioNames(text: string): ScenarioName[] {
  const names = text.split(",").map((name) => name.trim());
  return names.map((name) => {
    if (isScenarioName(name)) return name;
    throw new RangeError(
      `Unknown scenario ${JSON.stringify(name)}. There are: ${Object.keys(SCENARIOS).join(", ")}`,
    );
  });
}

/** Several scenarios at once; where two set the same column, the later one counts. */
export function composeScenario(names: readonly ScenarioName[]): Scenario {
  return Object.assign({}, CALM, ...names.map((name) => rowOf(name).faults));
}
