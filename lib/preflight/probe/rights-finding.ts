import { isExternalError } from "@/lib/diagnosis/external-error";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import { isOfTheWay } from "@/lib/preflight/world/locate-bucket";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { listsNoFiles } from "@/lib/rds/list-files-if-told";
import type { Finding } from "./probe";

/** Trying these would be doing them. */
const UNTRIED = ["rds:CreateMigrateTask", "rds:CreateOnlineDatabaseTask"];
/** No task and no upload has such an id: whoever may ask is told so. */
const NO_TASK = "0";
const NO_UPLOAD = "0000000000000000";
const HOUR_MS = 3_600_000;

interface Trial {
  right: string;
  run: () => Promise<unknown>;
}

/** The RAM user's own rights, tried call by call. Calls that change something are named, not made. */
export async function rightsFinding(world: ProbeWorld): Promise<Finding> {
  const trials = [...(await rdsTrials(world)), ...(await ossTrials(world))];
  const outcomes = await Promise.all(
    trials.map(async ({ right, run }) => ({ right, outcome: await outcomeOf(run) })),
  );
  const named = (wanted: Outcome) =>
    outcomes.filter(({ outcome }) => outcome === wanted).map(({ right }) => right);
  const denied = named("denied");
  const untold = named("untold");
  const params = {
    allowed: named("allowed").length,
    denied: denied.join(", "),
    untold: [...untold, ...UNTRIED].join(", "),
  };
  const answer = `allowed: ${named("allowed").join(", ") || "none"}; denied: ${params.denied || "none"}; not tried: ${UNTRIED.join(", ")}`;
  return { verdict: denied.length > 0 ? "block" : untold.length > 0 ? "unknown" : "pass", params, answer };
}

async function rdsTrials(world: ProbeWorld): Promise<Trial[]> {
  const rds = await world.rds();
  const { instanceId } = world.draft;
  const trials: Trial[] = [{ right: "rds:DescribeDBInstances", run: () => rds.listInstances() }];
  if (instanceId === null) return trials;
  const to = world.ctx.now().toISOString();
  const from = new Date(world.ctx.now().getTime() - HOUR_MS).toISOString();
  const task = { instanceId, taskId: NO_TASK };
  return [
    ...trials,
    { right: "rds:DescribeDBInstanceAttribute", run: () => world.instance() },
    { right: "rds:DescribeResourceUsage", run: () => world.usage() },
    { right: "rds:DescribeDatabases", run: () => world.databases() },
    { right: "rds:DescribeMigrateTasks", run: () => rds.listTasks({ instanceId, from, to }) },
    { right: "rds:DescribeMigrateTaskById", run: () => rds.findTask(task) },
    { right: "rds:DescribeOssDownloads", run: () => rds.listFiles(task) },
  ];
}

async function ossTrials(world: ProbeWorld): Promise<Trial[]> {
  const { bucket, prefix } = world.draft;
  if (bucket === null) return [];
  const store = await world.store();
  const upload = { bucket, key: `${prefix}.chainferry-probe`, uploadId: NO_UPLOAD };
  return [
    { right: "oss:ListObjects", run: () => store.listObjects({ bucket, prefix, limit: 1 }) },
    { right: "oss:ListMultipartUploads", run: () => store.listUploads({ bucket, prefix }) },
    { right: "oss:ListParts", run: () => store.listParts(upload) },
    { right: "oss:AbortMultipartUpload", run: () => store.abortUpload(upload) },
  ];
}

type Outcome = "allowed" | "denied" | "untold";

/** Rights are checked before anything else: an answer about the thing asked for means that asking was allowed. */
async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    await askPatiently(run);
    return "allowed";
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { kind, providerCode } = error.fields;
    if (kind === "forbidden") return isOfTheWay(error) ? "untold" : "denied";
    if (kind === "not_found" || providerCode === "NoSuchUpload" || listsNoFiles(error)) return "allowed";
    return "untold";
  }
}
