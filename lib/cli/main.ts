import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { LOCALES, type Locale } from "@/lib/format/locale";
import { readConfigFile } from "@/lib/start/config-file";
import { VERSION } from "@/lib/start/version";
import { describeScenarios } from "@/sandbox/scenario/scenario";
import { errorSentence } from "./error-sentence";
import { givenPath, givenPaths } from "./given-path";
import { SERVICE_ACTIONS, type ServiceAction } from "./service-plan";
import { addStoreCommands } from "./store-commands";

// The embedded PostgreSQL is WebAssembly, and so is what makes its queries. What V8's optimizing compiler takes for their
// thousands of functions, 50 MB and a third of a short run's CPU time, comes back only where a function runs for long.
setFlagsFromString("--wasm-tiering-budget=100000000");

interface BenchOptions {
  json: boolean;
  count?: number;
  piles?: number;
  seed?: number;
  sizeMb?: number;
  scale?: number;
  migrations?: number;
  faults?: number;
  embedded: boolean;
}

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("must be a number above 0");
  return value;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new InvalidArgumentError("must be a port, 1 to 65535");
  return value;
}

const SCENARIO = [
  "--scenario <names>",
  "what goes wrong: one or several, joined by commas",
  "clean",
] as const;
const scenarioHelp = () => `\nScenarios:\n${describeScenarios().replace(/^/gm, "  ")}`;

const program = new Command("chainferry")
  .description("Moves SQL Server databases to ApsaraDB RDS for SQL Server over a backup chain")
  .version(VERSION);

program
  .command("header")
  .description("what backup files really are, by their headers")
  .argument("<file...>", "", givenPaths)
  .option("--json", "JSON on stdout", false)
  .action(async (files: string[], options: { json: boolean }) => {
    const { runHeaderCommand } = await import("./header-command");
    process.exitCode = await runHeaderCommand(files, options);
  });

program
  .command("chain")
  .description("whether backup files form a chain, what is missing and what is not needed")
  .argument("[file...]", "", givenPaths)
  .option("--cases <file>", "a JSON file of header piles instead of files", givenPath)
  .option("--json", "JSON on stdout", false)
  .action(async (files: string[], options: { cases?: string; json: boolean }) => {
    const { runChainCommand } = await import("./chain-command");
    process.exitCode = await runChainCommand({
      files,
      json: options.json,
      ...(options.cases === undefined ? {} : { casesFile: options.cases }),
    });
  });

program
  .command("upload")
  .description("backup files to OSS, verified, and resumed where an earlier run was interrupted")
  .argument("<file...>", "", givenPaths)
  .requiredOption("--to <place>", "oss://bucket/prefix")
  .option(
    "--region <id>",
    "region of the bucket; ALIBABA_CLOUD_REGION_ID, or cn-hangzhou, unless it is given",
  )
  .option(
    "--endpoint <url>",
    "instead of the region's public endpoint: https://oss-cn-hangzhou-internal.aliyuncs.com",
  )
  .option("--json", "JSON on stdout", false)
  .addHelpText(
    "after",
    "\nCredentials: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or any other of Alibaba Cloud's default chain.",
  )
  .action(
    async (files: string[], options: { to: string; region?: string; endpoint?: string; json: boolean }) => {
      const { runUploadCommand } = await import("./upload-command");
      const { openDefaultCredentials } = await import("@/lib/rds/default-credentials");
      const { readConfig } = await import("@/lib/start/config");
      process.exitCode = await runUploadCommand({
        files,
        to: options.to,
        // Not said as the option's default: the file of settings is read later than that.
        regionId: options.region ?? process.env.ALIBABA_CLOUD_REGION_ID ?? "cn-hangzhou",
        endpoint: options.endpoint ?? null,
        json: options.json,
        stateFolder: join(readConfig(process.env).dataFolder, "uploads"),
        credentials: { credentials: openDefaultCredentials() },
      });
    },
  );

program
  .command("explain")
  .description("what messages of RDS, RAM, OSS and SQL Server mean, and what to do")
  .argument("[text...]", "the messages; none or -: from stdin, one a line")
  .addOption(new Option("--lang <language>", "language of the answer").choices(LOCALES).default("en"))
  .option("--json", "JSON on stdout", false)
  .action(async (texts: string[], options: { lang: Locale; json: boolean }) => {
    const { runExplainCommand } = await import("./explain-command");
    process.exitCode = await runExplainCommand(texts, options);
  });

program
  .command("forecast")
  .description("what a cutover would take now, from the rounds so far, as the pages say it")
  .requiredOption("--cases <file>", "a JSON file of migrations with their rounds", givenPath)
  .option("--json", "JSON on stdout", false)
  .action(async (options: { cases: string; json: boolean }) => {
    const { runForecastCommand } = await import("./forecast-command");
    process.exitCode = await runForecastCommand(options);
  });

program
  .command("sandbox")
  .description("start the three sandbox servers on loopback and stay up; prints one JSON line")
  .option("--folder <dir>", "keep state and files here", givenPath)
  .option(...SCENARIO)
  .option("--time-factor <n>", "sandbox seconds in a real one", positive, 60)
  .option("--more-databases <n>", "so many more source databases, at the folder's first start", positive)
  .option("--json", "accepted for symmetry: the line is JSON always", false)
  .addHelpText("after", scenarioHelp)
  .action(async (options) => {
    const { runSandboxCommand } = await import("./sandbox-command");
    await runSandboxCommand(options);
  });

program
  .command("demo")
  .description("a whole migration in the sandbox, to online; exit code 1 when it ends otherwise")
  .option("--json", "one JSON line at the end on stdout", false)
  .option(...SCENARIO)
  .option("--files <dir>", "migrate the backup files of this folder", givenPath)
  .option("--database <name>", "which database of --files, where there are several")
  .option("--data <dir>", "keep the store here and go on after an interruption", givenPath)
  .option("--attach <file>", "use a running sandbox: its JSON line in a file", givenPath)
  .option("--deadline <minutes>", "longest downtime of the cutover; passed, it is taken back", positive)
  .option("--time-factor <n>", "sandbox seconds in a real one", positive, 120)
  .addHelpText("after", scenarioHelp)
  .action(async (options) => {
    const { runDemoCommand } = await import("@/lib/demo/play-demo");
    process.exitCode = await runDemoCommand(options);
  });

program
  .command("serve")
  .description("the dashboard, with the embedded store and, to begin with, the sandbox")
  .option(
    "--host <address>",
    "address to listen on, instead of CHAINFERRY_HOST; beyond 127.0.0.1 with CHAINFERRY_PUBLIC_URL",
  )
  .option("--port <n>", "its port", port)
  .option("--sandbox", "with the sandbox, whatever the settings say")
  .option("--no-sandbox", "without it; by itself it is left out once there is a connection of your own")
  .option(SCENARIO[0], SCENARIO[1])
  .option("--time-factor <n>", "sandbox seconds in a real one", positive)
  .option("--dev", "Next's development server", false)
  .addHelpText("after", scenarioHelp)
  .action(async (options) => {
    const { runServeCommand } = await import("./serve-command");
    process.exitCode = await runServeCommand(options);
  });

program
  .command("worker")
  .description("the engine alone, on PostgreSQL (DATABASE_URL)")
  .option("--metrics-port <n>", "answer /healthz, /readyz and /metrics there, on 127.0.0.1", port)
  .action(async (options) => {
    const { runWorkerCommand } = await import("./worker-command");
    process.exitCode = await runWorkerCommand(options);
  });

addStoreCommands(program);

program
  .command("recover")
  .description("a link that signs an administrator in once; also beside a running dashboard")
  .argument("[name]", "whom; none: the administrator who was first")
  .action(async (name: string | undefined) => {
    const { runRecoverCommand } = await import("./recover-command");
    process.exitCode = await runRecoverCommand(name ?? null);
  });

program
  .command("report")
  .description("the whole record of a migration out of the configured store, with its hash chain")
  .argument("<id>", "the migration, as in its page's address")
  .option("--json", "the file that verify-record checks, on stdout", false)
  .option("--pdf <file>", "printed, by a Chromium, Chrome or Edge that is there (or CHROMIUM_PATH)")
  .addOption(new Option("--lang <language>", "language of the print").choices(LOCALES).default("en"))
  .action(async (id: string, options: { json: boolean; pdf?: string; lang: Locale }) => {
    const { runReportCommand } = await import("./report-command");
    process.exitCode = await runReportCommand(id, options);
  });

program
  .command("verify-record")
  .description(
    "whether a record is as it was written: nothing edited, removed or cut off; needs only the file",
  )
  .argument("<file>", "from report --json, or from the page of a migration", givenPath)
  .option("--head <hash>", "the head that an earlier report printed: must be in it")
  .option("--json", "JSON on stdout", false)
  .action(async (file: string, options: { head?: string; json: boolean }) => {
    const { runVerifyRecordCommand } = await import("./verify-record-command");
    process.exitCode = await runVerifyRecordCommand(file, options);
  });

program
  .command("verify-audit")
  .description("whether the audit of the configured store is as it was written; prints its head")
  .option("--json", "JSON on stdout", false)
  .action(async (options: { json: boolean }) => {
    const { runVerifyAuditCommand } = await import("./verify-audit-command");
    process.exitCode = await runVerifyAuditCommand(options);
  });

program
  .command("update-store")
  .description("brings the configured store up to date, as a start does")
  .option(
    "--grant <role>",
    "lets this role of PostgreSQL run the product, and change nothing that was recorded",
  )
  .action(async (options: { grant?: string }) => {
    const { runUpdateStoreCommand } = await import("./update-store-command");
    process.exitCode = await runUpdateStoreCommand(options);
  });

program
  .command("rotate-key")
  .description(
    "seals every saved secret with a new key: of the data folder, or the one that is configured now",
  )
  .action(async () => {
    const { runRotateKeyCommand } = await import("./rotate-key-command");
    process.exitCode = await runRotateKeyCommand();
  });

program
  .command("config")
  .description("every variable that the product reads, and what counts")
  .option("--json", "JSON on stdout", false)
  .action(async (options: { json: boolean }) => {
    const { runConfigCommand } = await import("./config-command");
    process.exitCode = runConfigCommand(process.env, options, fromFile);
  });

program
  .command("service")
  .description("the dashboard of an unpacked release as a service: systemd on Linux, a service of Windows")
  .addArgument(
    new Argument("<action>", "show prints files and commands, and changes nothing").choices(SERVICE_ACTIONS),
  )
  .option("--port <n>", "port of the dashboard; as the service before it, or 3000", port)
  .option("--data <dir>", "folder of the store; as the service before it", givenPath)
  .option("--user", "Linux: of this user, without root", false)
  .option("--sandbox", "with the sandbox beside it; as the service before it")
  .option("--no-sandbox", "without it")
  .action(async (action: ServiceAction, options) => {
    const { runServiceCommand } = await import("./service-command");
    const { thisMachine } = await import("./service-machine");
    process.exitCode = await runServiceCommand(action, options, thisMachine());
  });

program
  .command("live")
  .description("the read-only statements against the server that CHAINFERRY_LIVE_SERVER names")
  .option("--json", "JSON on stdout", false)
  .action(async (options: { json: boolean }) => {
    const { runLiveCommand } = await import("./live-command");
    process.exitCode = await runLiveCommand(process.env, options);
  });

program
  .command("doctor")
  .description(
    "every reading call against the configured source, bucket, instance and account: whether they answer as assumed",
  )
  .option("--connection <name>", "only this one, by name or id")
  .option("--bucket <name>", "instead of the buckets that migrations use")
  .option("--instance <id>", "instead of the instances that migrations use")
  .option("--database <name>", "of the source, instead of its first")
  .option(
    "--out <file>",
    "also write it to a file to share: no secret and no name of yours is in it",
    givenPath,
  )
  .option("--sandbox", "ask a sandbox that is started for it instead", false)
  .option(...SCENARIO)
  .option("--json", "JSON on stdout", false)
  .action(async (options) => {
    const { runDoctorCommand } = await import("./doctor-command");
    process.exitCode = await runDoctorCommand(options);
  });

program
  .command("bench")
  .description("measure, as ratios of two things in one run")
  .argument(
    "<name>",
    "catch-up, chain, chaos, cutover, forecast, header, pages, load, preflight, records, signin, soak, start, upload, fuzz, agree",
  )
  .option("--json", "JSON on stdout", false)
  .option("--count <n>", "fuzz: how many mutated headers; cutover: how many cutovers", positive)
  .option("--piles <n>", "agree: how many piles of files", positive)
  .option("--seed <n>", "forecast, fuzz, agree, chaos: which ones", positive)
  .option("--scale <n>", "records, load: how much of the whole record, 1 or less", Number)
  .option("--size-mb <n>", "upload: size of the file in MiB", positive)
  .option("--migrations <n>", "chaos, load, soak: how many", positive)
  .option("--watchers <n>", "load: how many open pages", positive)
  .option("--seconds <n>", "load, soak: for how long it is measured", positive)
  .option(
    "--faults <n>",
    "chaos: after how many it is left in peace; three for each migration unless said",
    positive,
  )
  .option("--rolling", "chaos: processes are restarted one after another, and nothing else happens", false)
  .option("--embedded", "chaos, load, soak: on the embedded store instead of PostgreSQL", false)
  .action(async (name: string, options: BenchOptions) => {
    const { runBenchCommand } = await import("@/bench/bench-command");
    process.exitCode = await runBenchCommand(name, options);
  });

/** They write where the store lies, or beside it. */
const ON_DATA: ReadonlySet<string> = new Set([
  ...[
    "serve",
    "worker",
    "check-store",
    "backup",
    "restore",
    "recover",
    "report",
    "verify-audit",
    "export",
    "import",
  ],
  ...["update-store", "rotate-key", "doctor", "upload"],
]);
program.hook("preAction", async (_, command) => {
  if (!ON_DATA.has(command.name())) return;
  const { readConfig } = await import("@/lib/start/config");
  const { requireOwner } = await import("@/lib/start/require-owner");
  requireOwner(readConfig(process.env).dataFolder);
});

// Names of what the file of settings says and the environment does not.
const fromFile = new Set<string>();

try {
  const said = readConfigFile(process.env);
  for (const name of Object.keys(said)) fromFile.add(name);
  Object.assign(process.env, said);
  await program.parseAsync(process.argv);
} catch (error) {
  console.error(`chainferry: ${errorSentence(error)}`);
  process.exitCode = 1;
}
