import type { BrowserUploadView, UploadWay } from "@/lib/contracts/browser-upload";
import type { Problem } from "@/lib/contracts/problem";
import type { DropJudgement } from "@/lib/migration/judge-drop";
import type { DroppedFile } from "./read-drop";
import type { TransferRate } from "./transfer-rate";
import type { UploadFailure } from "./worker-messages";

/**
 * Where a file stands on this page. `judged`: read, and not sent before a person says so. `elsewhere`: another tab of
 * this browser sends it.
 */
export type ItemStage =
  | "reading"
  | "judged"
  | "queued"
  | "starting"
  | "sending"
  | "paused"
  | "completing"
  | "completed"
  | "elsewhere"
  | "failed";

export interface ItemProgress extends TransferRate {
  doneBytes: number;
  reusedBytes: number;
  lanes: number;
  way: UploadWay;
  struggling: boolean;
}

/** A file that somebody dropped. Never changed in place. */
export interface UploadItem {
  key: string;
  file: File;
  stage: ItemStage;
  dropped: DroppedFile | null;
  judgement: DropJudgement | null;
  /** An upload of a file of this name, size and time was begun before. */
  begun: boolean;
  upload: BrowserUploadView | null;
  progress: ItemProgress | null;
  failure: UploadFailure | null;
}

export function newItem(key: string, file: File): UploadItem {
  return {
    key,
    file,
    stage: "reading",
    dropped: null,
    judgement: null,
    begun: false,
    upload: null,
    progress: null,
    failure: null,
  };
}

/** Work would be interrupted if the page went away now. */
export function isBusy({ stage }: UploadItem): boolean {
  return ["queued", "starting", "sending", "completing"].includes(stage);
}

/** Has the one place on the line. */
export function isOnLine({ stage }: UploadItem): boolean {
  return ["starting", "sending", "paused", "completing"].includes(stage);
}

/** The file that the chain needs first: by the last LSN it holds. */
export function nextQueued(items: readonly UploadItem[]): UploadItem | null {
  const lastLsn = (item: UploadItem) => item.judgement?.set?.lastLsn ?? 0n;
  return items
    .filter((item) => item.stage === "queued")
    .reduce<UploadItem | null>(
      (first, item) => (first && lastLsn(first) <= lastLsn(item) ? first : item),
      null,
    );
}

export function problemFailure(problem: Problem): UploadFailure {
  return { kind: "problem", problem };
}
