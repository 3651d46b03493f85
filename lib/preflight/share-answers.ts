import type { Ctx } from "@/lib/context/context";
import { once } from "@/lib/preflight/world/once";

/** Questions that read and are answered by a value: of one look at many databases each is asked once for each of its words. */
const SHARED: ReadonlySet<string | symbol> = new Set([
  // Of a source server.
  ...[
    "identify",
    "listDatabases",
    "findDatabase",
    "listBackups",
    "listReplicas",
    "backupJobs",
    "drives",
    "rights",
  ],
  ...["maintenance", "utcTime"],
  // Of RDS and RAM.
  ...[
    "listInstances",
    "getInstance",
    "getUsage",
    "getBackupWindow",
    "getCaller",
    "listTasks",
    "findTask",
    "listFiles",
  ],
  "checkImportRole",
  // Of OSS.
  ...["listBuckets", "bucketInfo", "listLifecycleRules", "listDomains"],
]);

/**
 * The same context, whose clients ask what several databases have in common (their server, instance, bucket, account) once: for
 * one look at all members of a wave. Not to be kept: an answer never grows old in it.
 */
export function shareAnswers(ctx: Ctx): Ctx {
  const { source, objects, rds } = ctx.clients;
  return {
    ...ctx,
    clients: {
      ...ctx.clients,
      source: openingOnce(source),
      objects: openingOnce(objects),
      rds: openingOnce(rds),
    },
  };
}

function openingOnce<Client extends object>(
  open: (connectionId: string) => Promise<Client>,
): (connectionId: string) => Promise<Client> {
  const made = new Map<string, () => Promise<Client>>();
  return (connectionId) => {
    const known = made.get(connectionId) ?? once(async () => askingOnce(await open(connectionId)));
    made.set(connectionId, known);
    return known();
  };
}

/** What asks the same question of the same client once. What a client holds (`facts`) does so, too. */
function askingOnce<Client extends object>(client: Client): Client {
  const answers = new Map<string, Promise<unknown>>();
  const held = new Map<string | symbol, object>();
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === "object" && value !== null) {
        const known = held.get(name) ?? askingOnce(value);
        held.set(name, known);
        return known;
      }
      if (typeof value !== "function") return value;
      if (!SHARED.has(name)) return value.bind(target);
      return (...words: unknown[]): Promise<unknown> => {
        const key = `${String(name)} ${JSON.stringify(words)}`;
        const answer = answers.get(key) ?? Promise.resolve(Reflect.apply(value, target, words));
        answers.set(key, answer);
        return answer;
      };
    },
  });
}
