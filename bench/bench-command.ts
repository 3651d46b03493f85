import { benchAgree } from "./agree";
import { benchCatchUp } from "./catch-up";
import { benchChain } from "./chain";
import { benchChaos } from "./chaos";
import { playPersons } from "./chaos/play-persons";
import { benchCutover } from "./cutover";
import { benchForecast } from "./forecast";
import { benchFuzz, SAMPLES } from "./fuzz";
import { benchHeader } from "./header";
import { benchLoad } from "./load";
import { watchPages } from "./load/watch-pages";
import { benchPages } from "./pages";
import { benchPreflight } from "./preflight";
import { benchRecords } from "./records";
import { benchSignIn } from "./signin";
import { benchSoak } from "./soak";
import { benchStart } from "./start";
import { benchUpload } from "./upload";

interface BenchOptions {
  json: boolean;
  count?: number;
  seed?: number;
  piles?: number;
  sizeMb?: number;
  scale?: number;
  migrations?: number;
  faults?: number;
  embedded?: boolean;
  rolling?: boolean;
  watchers?: number;
  seconds?: number;
}

const BENCHES: Record<
  string,
  (options: {
    sizeMb?: number;
    seed?: number;
    count?: number;
    scale?: number;
  }) => Promise<Record<string, unknown>>
> = {
  chain: benchChain,
  cutover: benchCutover,
  forecast: benchForecast,
  header: benchHeader,
  pages: benchPages,
  preflight: benchPreflight,
  records: benchRecords,
  signin: benchSignIn,
  start: benchStart,
  upload: ({ sizeMb = 2048 }) => benchUpload({ sizeMb }),
};

/** Runs one benchmark and prints its figures: ratios of two things measured in the same run, or sizes. Exit code 1: no such bench. */
export async function runBenchCommand(name: string, options: BenchOptions): Promise<number> {
  if (name === "fuzz") return runFuzz(options);
  if (name === "agree") return runAgree(options);
  if (name === "catch-up") return runCatchUp(options);
  if (name === "chaos") return runChaos(options);
  if (name === "load") return runLoad(options);
  if (name === "soak") return runSoak(options);
  // Processes of `chaos` and of `load`.
  if (name === "chaos-persons") return playPersons();
  if (name === "load-pages") return watchPages();
  const bench = BENCHES[name];
  if (!bench) {
    console.error(
      `chainferry bench: no benchmark ${name}. There are: ${[...Object.keys(BENCHES), "catch-up", "chaos", "fuzz", "agree", "load", "soak"].join(", ")}.`,
    );
    return 1;
  }
  const figures = await bench(options);
  if (options.json) console.log(JSON.stringify(figures));
  else for (const [key, value] of Object.entries(figures)) console.log(key.padEnd(28), value);
  return 0;
}

/** Exit code 1 when overlap saves less than four tenths of the time anywhere, or costs an import more. */
function runCatchUp({ json }: BenchOptions): number {
  const figures = benchCatchUp();
  if (json) console.log(JSON.stringify(figures));
  else console.table(figures);
  const good = figures.every(
    ({ ratio, imports, sequentialImports }) => ratio <= 0.6 && imports <= sequentialImports,
  );
  return good ? 0 : 1;
}

/** By which a rolling restart may lengthen the downtime of a cutover. */
const MOST_GROWN_SECONDS = 10;

/** Exit code 1 when anything was done twice, is stuck, is left closed or lost, or when there is no PostgreSQL. */
async function runChaos(options: BenchOptions): Promise<number> {
  const { json, migrations = 10, embedded = false, rolling = false, seed = Date.now() % 1_000_000 } = options;
  // One restart of two dashboards and two workers.
  const { faults = rolling ? 4 : 3 * migrations } = options;
  console.error(`chainferry bench: chaos with --seed ${seed}`);
  // What a restart adds is told beside the same migrations with none.
  const calm = rolling ? await benchChaos({ migrations, faults: 0, seed, embedded, rolling }) : null;
  const result = await benchChaos({ migrations, faults, seed, embedded, rolling });
  const { doubled, stuck, custodyLeft, lostRows, downtimeSeconds } = result;
  const grew = calm && {
    p50: downtimeSeconds.p50 - calm.downtimeSeconds.p50,
    max: downtimeSeconds.max - calm.downtimeSeconds.max,
  };
  const told = calm
    ? { ...result, calmDowntimeSeconds: calm.downtimeSeconds, downtimeGrewSeconds: grew }
    : result;
  console.log(JSON.stringify(told, null, json ? undefined : 2));
  const isGood = doubled + stuck + custodyLeft + lostRows === 0;
  return isGood && (grew === null || Math.max(grew.p50, grew.max) < MOST_GROWN_SECONDS) ? 0 : 1;
}

/** The sizes of a company, or on the embedded store those of one person's weekend. Exit code 1 when there is no PostgreSQL. */
async function runLoad(options: BenchOptions): Promise<number> {
  const { json, embedded = false, seconds = 120, scale = embedded ? 0.01 : 1 } = options;
  const { migrations = embedded ? 50 : 1_000, watchers = embedded ? 50 : 500 } = options;
  const figures = await benchLoad({ migrations, watchers, seconds, scale, embedded });
  console.log(JSON.stringify(figures, null, json ? undefined : 2));
  return 0;
}

/** What may come and go between two thirds of the time; jobs are kept for two minutes, and a migration makes some a second. */
const SOAK_SLACK = { heapMb: 16, externalMb: 16, handles: 20, openFiles: 20, jobsAMigration: 100 };

/** Exit code 1 when memory, handles or rows that nobody needs have grown, a migration had no round, or the store is not sound. */
async function runSoak({
  json,
  embedded = false,
  migrations = 50,
  seconds = 960,
}: BenchOptions): Promise<number> {
  const figures = await benchSoak({ migrations, seconds, embedded });
  console.log(JSON.stringify(figures, null, json ? undefined : 2));
  const { held, stored, isSound, roundsOfOne } = figures;
  const grown = Object.values(held).filter(({ first, last }) =>
    (["heapMb", "externalMb", "handles", "openFiles"] as const).some(
      (what) => last[what] - first[what] > SOAK_SLACK[what],
    ),
  );
  const jobs = stored.last.jobs ?? 0;
  const isBounded = jobs - (stored.first.jobs ?? 0) <= SOAK_SLACK.jobsAMigration * migrations;
  return grown.length === 0 && isBounded && isSound && roundsOfOne.least > 0 ? 0 : 1;
}

/** Exit code 1 when any input made the reader throw, or took more time or memory than it may. */
async function runFuzz({
  json,
  count = 1_000_000,
  seed = 1,
}: {
  json: boolean;
  count?: number;
  seed?: number;
}) {
  const result = await benchFuzz({ count, seed, samples: SAMPLES });
  console.log(JSON.stringify(result, null, json ? undefined : 2));
  return result.violations.length === 0 ? 0 : 1;
}

/** Exit code 1 when the verdict on any pile and the sandbox's RDS disagree. */
function runAgree({
  json,
  piles = 10_000,
  seed = 1,
}: {
  json: boolean;
  piles?: number;
  seed?: number;
}): number {
  const result = benchAgree({ piles, seed });
  console.log(JSON.stringify(result, null, json ? undefined : 2));
  return result.disagreements.length === 0 ? 0 : 1;
}
