import type { QueryClient } from "@tanstack/react-query";
import { isBackupKind } from "@/lib/backup/backup-kind";
import type { BrowserUploadView, UploadListView } from "@/lib/contracts/browser-upload";
import { toApiProblem } from "../api-problem";
import { askHistory } from "./ask-history";
import { holdUpload } from "./hold-upload";
import { bucketReachQuery } from "./reach-bucket";
import { type DroppedFile, judge, readDrop } from "./read-drop";
import { type Sending, sendInWorker } from "./send-in-worker";
import { RateMeter } from "./transfer-rate";
import { isBusy, isOnLine, newItem, nextQueued, problemFailure, type UploadItem } from "./upload-item";
import { beginUpload, uploadListQuery, uploadPath } from "./upload-queries";
import type { FromWorker, UploadFailure } from "./worker-messages";

/** OSS lost track of an upload so often: something else is wrong. */
const MOST_BEGINNINGS = 5;

interface OnLine {
  sending: Sending | null;
  release: () => void;
  meter: RateMeter;
  doneBytes: number;
  beginnings: number;
}

/**
 * Files that were dropped for one migration, from the first look to the receipt. It lives as long as the tab, whatever
 * page is shown. One file is on the line at a time, in the order of the chain; its parts go side by side.
 */
export class UploadBoard {
  private items: readonly UploadItem[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly lines = new Map<string, OnLine>();
  private counter = 0;

  constructor(
    private readonly migrationId: string,
    private readonly queryClient: QueryClient,
  ) {}

  readonly snapshot = (): readonly UploadItem[] => this.items;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Reads and judges files; those that continue the chain are sent without asking. */
  add(files: readonly File[]): void {
    for (const file of files) {
      this.counter += 1;
      const key = `${this.counter}`;
      const same = this.items.find((item) => isSameChoice(item.file, file));
      if (same && (isBusy(same) || isOnLine(same) || same.stage === "reading")) continue;
      this.replaceAll([...this.items.filter((item) => item !== same), newItem(key, file)]);
      void this.look(key, file);
    }
  }

  /** A person wants it sent although the chain does not ask for it, or once more after a failure. */
  send(key: string): void {
    this.change(key, { stage: "queued", failure: null });
    this.startNext();
  }

  pause(key: string): void {
    this.lines.get(key)?.sending?.tell({ type: "pause" });
    this.lines.get(key)?.meter.interrupt();
    this.change(key, { stage: "paused" });
  }

  resume(key: string): void {
    this.lines.get(key)?.sending?.tell({ type: "resume" });
    this.change(key, { stage: "sending" });
  }

  /** Takes it from the page; what OSS has of it stays until the upload is cancelled. */
  remove(key: string): void {
    this.leaveLine(key);
    this.replaceAll(this.items.filter((item) => item.key !== key));
    this.startNext();
  }

  /** The way changed: parts that are not on the line yet take the new one. */
  async chooseWay(): Promise<void> {
    const { way } = await this.queryClient.fetchQuery(bucketReachQuery(this.migrationId));
    for (const line of this.lines.values()) line.sending?.tell({ type: "way", way });
  }

  private async look(key: string, file: File): Promise<void> {
    try {
      const list = { ...uploadListQuery(this.migrationId), staleTime: 0 };
      const [dropped, chain] = await Promise.all([this.read(file), this.queryClient.fetchQuery(list)]);
      this.change(key, { dropped, begun: chain.uploads.some((upload) => isBegun(upload, file)) });
      this.judgeAll(chain);
    } catch (error) {
      const failure: UploadFailure =
        error instanceof DOMException
          ? { kind: "file_changed" }
          : problemFailure(toApiProblem(error).problem);
      this.change(key, { stage: "failed", failure });
    }
  }

  private async read(file: File): Promise<DroppedFile> {
    return askHistory(this.migrationId, file, await readDrop(file));
  }

  /** Judges what was read and is not on its way: a file may fit because of one that was dropped after it. */
  private judgeAll(chain: UploadListView): void {
    for (let moved = true; moved; ) {
      moved = false;
      for (const item of this.items) {
        if (item.dropped === null || (item.stage !== "reading" && item.stage !== "judged")) continue;
        const beside = this.items.flatMap((other) =>
          other.judgement && (isBusy(other) || isOnLine(other))
            ? [{ name: other.file.name, judgement: other.judgement }]
            : [],
        );
        const judgement = judge(item.dropped, item.file.name, chain, beside);
        // What was begun goes on: somebody wanted it then.
        const goes = judgement.verdict === "continues" || (item.begun && judgement.verdict !== "refused");
        this.change(item.key, { judgement, stage: goes ? "queued" : "judged" });
        moved ||= goes;
      }
    }
    this.startNext();
  }

  private startNext(): void {
    if (this.items.some(isOnLine)) return;
    const next = nextQueued(this.items);
    if (next) void this.start(next, 1);
  }

  private async start(item: UploadItem, beginnings: number): Promise<void> {
    const { key, file, dropped, judgement } = item;
    if (dropped === null) return;
    this.change(key, { stage: "starting", failure: null });
    const type = judgement?.set?.type;
    try {
      const { way } = await this.queryClient.fetchQuery(bucketReachQuery(this.migrationId));
      const session = await beginUpload(this.migrationId, {
        name: file.name,
        sizeBytes: file.size,
        modifiedMs: file.lastModified,
        fingerprint: dropped.fingerprint,
        type: isBackupKind(type) ? type : null,
      });
      const { upload } = session;
      this.change(key, { upload });
      this.refreshList();
      if (upload.state === "completed") return this.finish(key, { upload, stage: "completed" });
      const release = this.lines.get(key)?.release ?? (await holdUpload(upload.id));
      if (release === null) return this.finish(key, { stage: "elsewhere" });
      const line: OnLine = { sending: null, release, meter: new RateMeter(), doneBytes: -1, beginnings };
      this.lines.set(key, line);
      if (!this.items.some((other) => other.key === key)) return this.leaveLine(key);
      line.sending = sendInWorker({
        file,
        path: uploadPath(this.migrationId, upload.id),
        session,
        way,
        onMessage: (message) => this.hear(key, message),
      });
      this.change(key, { stage: "sending" });
    } catch (error) {
      this.finish(key, { stage: "failed", failure: problemFailure(toApiProblem(error).problem) });
    }
  }

  private hear(key: string, message: FromWorker): void {
    const item = this.items.find((candidate) => candidate.key === key);
    const line = this.lines.get(key);
    if (!item || !line) return;
    switch (message.type) {
      case "progress":
        this.takeProgress(item, line, message.progress);
        break;
      case "no_answer":
        void this.queryClient
          .fetchQuery({ ...bucketReachQuery(this.migrationId), staleTime: 0 })
          .then(({ way }) => way)
          // Our own server has no answer either: the line is down, and the way is not the reason.
          .catch(() => item.progress?.way ?? "direct")
          .then((way) => line.sending?.tell({ type: "way", way }));
        break;
      case "completing":
        this.change(key, { stage: "completing" });
        break;
      case "completed":
        this.refreshList();
        this.finish(key, { stage: "completed", upload: message.upload });
        break;
      case "again":
        this.beginAgain(item, line);
        break;
      case "failed":
        if (message.failure.kind === "gone") this.beginAgain(item, line);
        else this.finish(key, { stage: "failed", failure: message.failure });
        break;
    }
  }

  private beginAgain(item: UploadItem, line: OnLine): void {
    line.sending?.end();
    if (line.beginnings < MOST_BEGINNINGS) void this.start(item, line.beginnings + 1);
    else this.finish(item.key, { stage: "failed", failure: { kind: "gone" } });
  }

  private takeProgress(
    item: UploadItem,
    line: OnLine,
    progress: Extract<FromWorker, { type: "progress" }>["progress"],
  ): void {
    // The first report is about what was there before: nothing of it went over the line.
    if (line.doneBytes >= 0 && item.stage === "sending") {
      line.meter.count(Math.max(0, progress.doneBytes - line.doneBytes), performance.now());
    }
    line.doneBytes = progress.doneBytes;
    const { doneBytes, reusedBytes, lanes, way, struggling } = progress;
    const rate = line.meter.read(item.file.size - doneBytes);
    this.change(item.key, { progress: { ...rate, doneBytes, reusedBytes, lanes, way, struggling } });
  }

  private finish(key: string, change: Partial<UploadItem>): void {
    this.leaveLine(key);
    this.change(key, change);
    this.startNext();
  }

  private leaveLine(key: string): void {
    const line = this.lines.get(key);
    this.lines.delete(key);
    line?.sending?.end();
    line?.release();
  }

  private refreshList(): void {
    void this.queryClient.invalidateQueries({ queryKey: uploadListQuery(this.migrationId).queryKey });
  }

  private change(key: string, change: Partial<UploadItem>): void {
    this.replaceAll(this.items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  private replaceAll(items: readonly UploadItem[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}

function isBegun(upload: BrowserUploadView, file: File): boolean {
  return (
    upload.state === "sending" &&
    upload.name === file.name &&
    upload.sizeBytes === file.size &&
    upload.modifiedMs === file.lastModified
  );
}

/** The same file chosen twice on one page. */
function isSameChoice(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

const boards = new Map<string, UploadBoard>();

/** The board of a migration: one a tab, whatever mounts and unmounts. */
export function boardOf(migrationId: string, queryClient: QueryClient): UploadBoard {
  const known = boards.get(migrationId);
  if (known) return known;
  const board = new UploadBoard(migrationId, queryClient);
  boards.set(migrationId, board);
  window.addEventListener("beforeunload", (event) => {
    if (board.snapshot().some(isBusy)) event.preventDefault();
  });
  return board;
}
