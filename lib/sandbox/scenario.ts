/** When a numbered call is refused for being one too many; calls are counted from 1. */
interface ThrottlePattern {
  every: number;
  first: number;
}

/** What goes wrong in a rehearsal. A row says it all: the servers only look at its columns. */
export interface Scenario {
  /** RDS answers Throttling.User to these calls, counted per action. */
  rdsThrottling: ThrottlePattern | null;
  /** OSS answers 503 to these requests. */
  ossThrottling: ThrottlePattern | null;
  /** How many files lose the answer to their first accepted CreateMigrateTask. */
  lostImportAnswers: number;
  /** Whether the first accepted CreateOnlineDatabaseTask loses its answer. */
  loseOpenAnswer: boolean;
}

const CALM: Scenario = {
  rdsThrottling: null,
  ossThrottling: null,
  lostImportAnswers: 0,
  loseOpenAnswer: false,
};

/**
 * `gap` is played by the source server (a foreign log backup takes a piece of the chain away), `full-instead-of-log` by
 * whoever uploads; OSS and RDS behave well in both.
 */
export const SCENARIOS = {
  clean: CALM,
  gap: CALM,
  "full-instead-of-log": CALM,
  throttling: {
    ...CALM,
    rdsThrottling: { every: 4, first: 1 },
    ossThrottling: { every: 9, first: 4 },
  },
  "answer-lost": { ...CALM, lostImportAnswers: 2, loseOpenAnswer: true },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

/** Throws RangeError on an unknown name, naming those that there are. */
export function parseScenarioName(name: string): ScenarioName {
  if (isScenarioName(name)) return name;
  throw new RangeError(
    `Unknown scenario ${JSON.stringify(name)}. There are: ${Object.keys(SCENARIOS).join(", ")}`,
  );
}

/** Whether the `count`-th call (from 1) is refused. */
export function isThrottled(pattern: ThrottlePattern | null, count: number): boolean {
  return pattern !== null && count >= pattern.first && (count - pattern.first) % pattern.every === 0;
}
