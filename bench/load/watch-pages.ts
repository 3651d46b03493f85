import { once, setMaxListeners } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { ListPage } from "./list-page";
import { LoadPlan, type Watched } from "./load-plan";

/** As the pages do: what changes within a moment is read once. */
const REFETCH_MS = 50;
/** Those that show the list are opened within so long. */
const LISTS_MS = 5_000;
/** Streams are opened by and by, as people open pages. */
const OPENING_MS = 10;

/**
 * Pages without a browser: each follows one migration by its stream and reads it again when it has changed; some show the list of all, by
 * what has changed. Says `ready` when all are open, and at SIGTERM what arrived since a line came in, as JSON. The plan is in `LOAD_PLAN`.
 */
export async function watchPages(): Promise<number> {
  const plan = LoadPlan.parse(JSON.parse(process.env.LOAD_PLAN ?? ""));
  const found: Watched = { eventMs: [], broken: 0, refused: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const baseOf = (n: number) => plan.bases[n % plan.bases.length] ?? "";
  const ended = once(process, "SIGTERM");
  const leaving = new AbortController();
  const { signal } = leaving;
  // Each stream, each list and each reading.
  setMaxListeners(0, signal);
  const ask = async (url: string): Promise<IncomingMessage> => {
    const answer = await open(url, { agent, signal });
    if (answer.statusCode !== 200) found.refused += 1;
    return answer;
  };
  const read = async (url: string): Promise<void> => {
    const answer = await ask(url);
    answer.resume();
    await once(answer, "end");
  };
  const opened: Promise<void>[] = [];
  for (const [n, id] of plan.watched.entries()) {
    opened.push(follow({ url: `${baseOf(n)}/api/migrations/${id}`, read, found, signal }));
    await sleep(OPENING_MS);
  }
  await Promise.all(opened);
  for (let n = 0; n < plan.lists; n += 1)
    void showList(new ListPage(baseOf(n)), (n * LISTS_MS) / plan.lists, ask, signal);
  console.log("ready");
  await ended;
  console.log(JSON.stringify(found));
  // What is open would keep the process.
  leaving.abort();
  agent.destroy();
  return 0;
}

async function showList(
  page: ListPage,
  firstMs: number,
  ask: (url: string) => Promise<IncomingMessage>,
  signal: AbortSignal,
): Promise<void> {
  for (let ms = firstMs; !signal.aborted; ms = page.paceMs) {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    await ask(page.url)
      .then(async (answer) => page.note(await text(answer)))
      .catch(() => undefined);
  }
}

/** Resolves when the stream is open. */
async function follow(page: {
  url: string;
  read: (url: string) => Promise<void>;
  found: Watched;
  signal: AbortSignal;
}): Promise<void> {
  const { url, read, found, signal } = page;
  const answer = await open(`${url}/stream`, { agent: false, signal });
  if (answer.statusCode !== 200) {
    found.refused += 1;
    return;
  }
  let [unread, isWaiting, isReading, again] = ["", false, false, false];
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
    unread += piece;
    for (let end = unread.indexOf("\n\n"); end >= 0; end = unread.indexOf("\n\n")) {
      const frame = unread.slice(0, end);
      unread = unread.slice(end + 2);
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

async function open(
  url: string,
  options: { agent: Agent | false; signal: AbortSignal },
): Promise<IncomingMessage> {
  const request = get(url, options);
  const [answer]: IncomingMessage[] = await once(request, "response");
  if (answer === undefined) throw new Error("No answer");
  return answer;
}
