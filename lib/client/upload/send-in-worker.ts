import type { UploadSessionView, UploadWay } from "@/lib/contracts/browser-upload";
import type { FromWorker, ToWorker } from "./worker-messages";

/** Sends one file in a web worker of its own. Ending it drops the parts on the line and nothing else. */
export interface Sending {
  tell(message: Exclude<ToWorker, { type: "start" }>): void;
  end(): void;
}

export function sendInWorker(input: {
  file: File;
  path: string;
  session: UploadSessionView;
  way: UploadWay;
  onMessage: (message: FromWorker) => void;
}): Sending {
  const { file, path, session, way, onMessage } = input;
  const worker = new Worker(new URL("./upload-worker.ts", import.meta.url), { type: "module" });
  const tell = (message: ToWorker) => worker.postMessage(message);
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => onMessage(data));
  worker.addEventListener("error", () =>
    onMessage({ type: "failed", failure: { kind: "refused", detail: "worker" } }),
  );
  tell({ type: "start", file, path: new URL(path, window.location.origin).href, session, way });
  return { tell, end: () => worker.terminate() };
}
