import { CompleteUploadView, RelayedPartView, type UploadWay } from "@/lib/contracts/browser-upload";
import { apiSend } from "../api";
import { ApiProblem, toApiProblem } from "../api-problem";
import { PartUrls } from "./part-urls";
import { NoAnswer, putPart } from "./put-part";
import { PartError, type SendFileInput, sendFile } from "./send-file";
import type { FromWorker, ToWorker, UploadFailure } from "./worker-messages";

/** A web worker: sends one file, so that checksums and requests never hold up the page. */
type Start = Extract<ToWorker, { type: "start" }>;

const REPORT_MS = 200;
let way: UploadWay = "direct";
let open: Promise<void> = Promise.resolve();
let resume: () => void = () => undefined;
let wayTold: () => void = () => undefined;

function tell(message: FromWorker): void {
  self.postMessage(message);
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case "start":
      void run(data);
      break;
    case "pause":
      open = new Promise((settle) => {
        resume = settle;
      });
      break;
    case "resume":
      resume();
      open = Promise.resolve();
      break;
    case "way":
      way = data.way;
      wayTold();
      break;
  }
});

async function run(start: Start): Promise<void> {
  try {
    await sendAndComplete(start);
  } catch (error) {
    tell({ type: "failed", failure: failureOf(error) });
  }
}

async function sendAndComplete({ file, path, session, way: first }: Start): Promise<void> {
  way = first;
  const { upload } = session;
  const begun = performance.now();
  const have = new Map(session.parts.map((part) => [part.number, part.crc64]));
  let highest = 0;
  const urls = new PartUrls(path, () =>
    Array.from({ length: upload.partCount - highest }, (_, index) => highest + 1 + index)
      .filter((number) => !have.has(number))
      .slice(0, 64),
  );
  let reported = 0;
  const { crc64, partsReused, partsRetried } = await sendFile({
    file,
    partSize: upload.partSize,
    partCount: upload.partCount,
    have,
    checksums: new Map(),
    signal: new AbortController().signal,
    way: () => way,
    gate: () => open,
    put: async (part) => {
      highest = Math.max(highest, part.number);
      return way === "direct" ? putDirect(await urls.take(part.number), part) : putRelayed(path, part);
    },
    onNoAnswer: () => {
      const told = new Promise<void>((settle) => {
        wayTold = settle;
      });
      tell({ type: "no_answer" });
      return told;
    },
    onProgress: (progress) => {
      const now = performance.now();
      if (now - reported < REPORT_MS && progress.partsDone < upload.partCount) return;
      reported = now;
      tell({ type: "progress", progress });
    },
  });
  tell({ type: "completing" });
  const elapsedMs = Math.round(performance.now() - begun);
  const input = { crc64: crc64.toString(), partsReused, partsRetried, elapsedMs, way };
  const answer = await apiSend("POST", `${path}/complete`, input, CompleteUploadView);
  if (answer.outcome === "completed") tell({ type: "completed", upload: answer.upload });
  else tell({ type: "again" });
}

type Part = Parameters<SendFileInput["put"]>[0];

async function putDirect(url: string, part: Part): Promise<string | null> {
  const answer = await put(url, part);
  if (answer.status === 200) return answer.crc64;
  const code = /<Code>([^<]*)<\/Code>/.exec(answer.body)?.[1] ?? String(answer.status);
  if (code === "NoSuchUpload") throw new PartError("gone", code);
  // A URL that expired on its way is asked for anew; other refusals of a signature do not mend themselves.
  const expired = code === "AccessDenied" && /expired/i.test(answer.body);
  const refused = answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status);
  throw new PartError(refused && !expired ? "refused" : "again", code);
}

async function putRelayed(path: string, part: Part): Promise<string | null> {
  const answer = await put(`${path}/parts/${part.number}`, part);
  const body = parseJson(answer.body);
  const relayed = answer.status === 200 ? RelayedPartView.safeParse(body) : null;
  if (relayed?.success) return relayed.data.crc64;
  const code = reasonOf(body);
  if (code === "NoSuchUpload" || code === "upload_is_over") throw new PartError("gone", code);
  const refused = answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status);
  throw new PartError(refused ? "refused" : "again", code ?? String(answer.status));
}

function put(url: string, { body, signal, onProgress }: Part) {
  return putPart(url, body, { signal, onProgress }).catch((error: unknown) => {
    throw error instanceof NoAnswer ? new PartError("no_answer", "network") : error;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** OSS's code where our server passes it on, else our own reason. */
function reasonOf(body: unknown): string | null {
  if (typeof body !== "object" || body === null) return null;
  const provider: unknown = Reflect.get(body, "provider");
  const code: unknown =
    typeof provider === "object" && provider !== null ? Reflect.get(provider, "code") : null;
  const reason: unknown = Reflect.get(body, "reason");
  return typeof code === "string" ? code : typeof reason === "string" ? reason : null;
}

function failureOf(error: unknown): UploadFailure {
  if (error instanceof PartError) {
    return error.failure === "gone" ? { kind: "gone" } : { kind: "refused", detail: error.detail };
  }
  const unreadable =
    error instanceof DOMException && ["NotReadableError", "NotFoundError"].includes(error.name);
  if (unreadable) return { kind: "file_changed" };
  const problem = error instanceof ApiProblem ? error : toApiProblem(error);
  return { kind: "problem", problem: problem.problem };
}
