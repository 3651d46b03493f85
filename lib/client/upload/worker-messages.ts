import type { BrowserUploadView, UploadSessionView, UploadWay } from "@/lib/contracts/browser-upload";
import type { Problem } from "@/lib/contracts/problem";
import type { SendProgress } from "./send-file";

/** What the page tells the worker. A worker sends one file. */
export type ToWorker =
  | {
      type: "start";
      file: File;
      /** `https://host/api/migrations/<id>/uploads/<upload>`: a worker has no address of its own. */
      path: string;
      session: UploadSessionView;
      way: UploadWay;
    }
  | { type: "pause" }
  | { type: "resume" }
  | { type: "way"; way: UploadWay };

/** What the worker tells the page. */
export type FromWorker =
  | { type: "progress"; progress: SendProgress }
  /** Direct parts have no answer: the page looks whether OSS is within reach, and answers with `way`. */
  | { type: "no_answer" }
  | { type: "completing" }
  | { type: "completed"; upload: BrowserUploadView }
  /** Parts are missing or differ: the page asks what OSS has, and starts again. */
  | { type: "again" }
  | { type: "failed"; failure: UploadFailure };

/** Why an upload stopped. `file_changed`: it can't be read as it was chosen. `gone`: OSS dropped the parts. */
export type UploadFailure =
  | { kind: "file_changed" }
  | { kind: "gone" }
  | { kind: "refused"; detail: string }
  | { kind: "problem"; problem: Problem };
