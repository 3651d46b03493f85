/** When a numbered call is hit; calls are counted from 1. */
interface CallPattern {
  every: number;
  first: number;
}

/** What goes wrong in a rehearsal. A row says it all: the servers only look at its columns. */
export interface Scenario {
  /** RDS answers Throttling.User to these calls, counted per action. */
  rdsThrottling: CallPattern | null;
  /** Calls of RDS, RAM and STS that the RAM user may not make. */
  deniedActions: readonly string[];
  /** A proxy before RDS answers these calls with a page of its own (502, HTML), counted per action. */
  rdsBadGateway: CallPattern | null;
  /** OSS answers 503 to these requests. */
  ossThrottling: CallPattern | null;
  /** OSS cuts the connection in the middle of these requests. */
  ossDrops: CallPattern | null;
  /** Real milliseconds that OSS takes before it answers anything. */
  ossDelayMs: number;
  /** How many files lose the answer to their first accepted CreateMigrateTask. */
  lostImportAnswers: number;
  /** Whether the first accepted CreateOnlineDatabaseTask loses its answer. */
  loseOpenAnswer: boolean;
  /** When another tool backs up the database that is being migrated, not COPY_ONLY: once for each database. */
  foreignLog: "after_first_log" | "after_full" | null;
  foreignFull: "after_full" | null;
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
  /** The instance is of this release and edition instead of its own. */
  instanceVersion: { engineVersion: string; category: "Basic" | "HighAvailability" } | null;
  /** What RDS says when its edition lacks a feature that the database uses: it shows at the very last step. */
  doesOpenFail: boolean;
  /** DBCC after an asynchronous opening finds errors that came along. */
  doesCheckFail: boolean;
}

const CALM: Scenario = {
  rdsThrottling: null,
  rdsBadGateway: null,
  deniedActions: [],
  ossThrottling: null,
  ossDrops: null,
  ossDelayMs: 0,
  lostImportAnswers: 0,
  loseOpenAnswer: false,
  foreignLog: null,
  foreignFull: null,
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
  instanceVersion: null,
  doesOpenFail: false,
  doesCheckFail: false,
};

/** More than any backup file here, less than any database: only who counts restored bytes sees that it is too little. */
const TOO_FEW_BYTES = 36 * 1024 ** 2;

/** `full-instead-of-log` and `wrong-order` are played by whoever uploads: the servers behave well in them. */
const SCENARIOS = {
  clean: {},
  gap: { foreignLog: "after_first_log" },
  "full-instead-of-log": {},
  "wrong-order": {},
  throttling: { rdsThrottling: { every: 4, first: 1 }, ossThrottling: { every: 9, first: 4 } },
  "answer-lost": { lostImportAnswers: 2, loseOpenAnswer: true },
  "edition-mismatch": {
    isSourceCaptured: true,
    instanceVersion: { engineVersion: "2022_web", category: "Basic" },
    doesOpenFail: true,
  },
  tde: { isSourceEncrypted: true },
  "disk-too-small": { instanceFreeBytes: TOO_FEW_BYTES },
  "count-limit": { isInstanceFull: true },
  "missing-role": { isImportRoleMissing: true },
  "narrow-rights": { deniedActions: ["DescribeOssDownloads", "DescribeMigrateTasks"] },
  "ia-bucket": { bucketStorageClass: "IA" },
  "encrypted-bucket": { bucketEncryption: "AES256" },
  "wrong-region": { bucketRegionId: "cn-beijing" },
  "short-lifecycle": { bucketExpirationDays: 1 },
  "simple-recovery": { isSourceSimple: true },
  "foreign-log": { foreignLog: "after_full" },
  "foreign-full": { foreignFull: "after_full" },
  "dbcc-errors": { doesCheckFail: true },
  "slow-oss": { ossDelayMs: 400 },
  "dropped-connections": { ossDrops: { every: 7, first: 3 } },
  "bad-gateway": { rdsBadGateway: { every: 5, first: 2 } },
} as const satisfies Record<string, Partial<Scenario>>;

export type ScenarioName = keyof typeof SCENARIOS;

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
  return Object.assign({}, CALM, ...names.map((name) => SCENARIOS[name]));
}

/** Whether the `count`-th call (from 1) is one of the pattern's. */
export function isHit(pattern: CallPattern | null, count: number): boolean {
  return pattern !== null && count >= pattern.first && (count - pattern.first) % pattern.every === 0;
}
