import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { LoadPlan, type Watched } from "./load-plan";

/** As the pages do: what changes within a moment is read once, and a list is read anew after so long. */
const REFETCH_MS = 50;
const LIST_MS = 2_000;
/** Streams are opened by and by, as people open pages. */
const OPENING_MS = 10;

/**
 * Pages without a browser: each follows one migration by its stream and reads it again when it has changed; some show the list of all. Says
 * `ready` when all are open, and at SIGTERM what arrived since a line came in, as JSON. The plan is in `LOAD_PLAN`.
 */
export async function watchPages(): Promise<number> {
  const plan = LoadPlan.parse(JSON.parse(process.env.LOAD_PLAN ?? ""));
  const found: Watched = { eventMs: [], broken: 0, refused: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const baseOf = (n: number) => plan.bases[n % plan.bases.length] ?? "";
  const ended = once(process, "SIGTERM");
  const read = async (url: string): Promise<void> => {
    const answer = await open(url, agent);
    if (answer.statusCode !== 200) found.refused += 1;
    answer.resume();
    await once(answer, "end");
  };
  const opened: Promise<void>[] = [];
  for (const [n, id] of plan.watched.entries()) {
    opened.push(follow({ url: `${baseOf(n)}/api/migrations/${id}`, read, found }));
    await sleep(OPENING_MS);
  }
  await Promise.all(opened);
  for (let n = 0; n < plan.lists; n += 1) {
    setTimeout(
      () => setInterval(() => void read(`${baseOf(n)}/api/migrations`).catch(() => undefined), LIST_MS),
      (n * LIST_MS) / plan.lists,
    );
  }
  console.log("ready");
  await ended;
  console.log(JSON.stringify(found));
  return 0;
}

/** Resolves when the stream is open. */
async function follow(page: {
  url: string;
  read: (url: string) => Promise<void>;
  found: Watched;
}): Promise<void> {
  const { url, read, found } = page;
  const answer = await open(`${url}/stream`, false);
  if (answer.statusCode !== 200) {
    found.refused += 1;
    return;
  }
  let [text, isWaiting, isReading, again] = ["", false, false, false];
  const refetch = async () => {
    isWaiting = false;
    if (isReading) {
      again = true;
      return;
    }
    isReading = true;
    await read(url).catch(() => {
      found.broken += 1;
    });
    isReading = false;
    if (again) {
      again = false;
      await refetch();
    }
  };
  answer.setEncoding("utf8");
  answer.on("data", (piece: string) => {
    text += piece;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const frame = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.*)$/m.exec(frame)?.[1];
      if (event === "event") {
        const { at } = JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? "{}") as { at: string };
        found.eventMs.push(Date.now() - Date.parse(at));
      }
      if (event === "changed" && !isWaiting) {
        isWaiting = true;
        setTimeout(() => void refetch(), REFETCH_MS);
      }
    }
  });
  answer.on("error", () => {
    found.broken += 1;
  });
  answer.on("end", () => {
    found.broken += 1;
  });
}

async function open(url: string, agent: Agent | false): Promise<IncomingMessage> {
  const request = get(url, { agent });
  const [answer]: IncomingMessage[] = await once(request, "response");
  if (answer === undefined) throw new Error("No answer");
  return answer;
}
