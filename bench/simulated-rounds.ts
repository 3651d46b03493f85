import type { BackupKind } from "@/lib/backup/backup-kind";
import { isBackupKind } from "@/lib/backup/backup-kind";
import { LAST_LOG_LIMIT_BYTES } from "@/lib/migration/rds-limits";
import {
  type FileSnapshot,
  isFullImported,
  isOpenStep,
  lastStep,
  type MigrationSnapshot,
  type PlannedStep,
  type StepSnapshot,
} from "@/lib/migration/snapshot";
import { stepKeyOf } from "@/lib/migration/step-key";
import { hastenRounds } from "@/lib/plan/hasten-rounds";
import { planNext } from "@/lib/plan/plan-next";
import type { InstancePace } from "@/lib/plan/take-ahead";

/** What a service takes for a file: seconds whatever it is, and bytes a second. */
export interface ServiceCost {
  seconds: number;
  bytesPerSecond: number;
}

export interface SimulatedLoad {
  /** Of the full's file. */
  fullBytes: number;
  /** What the database writes to its log. */
  logBytesPerSecond: number;
  /** Seconds that are known of the full, where they are no matter of its bytes. */
  full: Partial<Record<"backup" | "upload" | "restore", number>>;
  backup: ServiceCost;
  upload: ServiceCost;
  import: ServiceCost;
  /** Rounds follow one another until a log is at or under this. */
  untilBytes: number;
}

export interface CaughtUp {
  /** From the end of the full's restore until nothing is in hand and the last log is small. */
  toReadySeconds: number;
  imports: number;
}

const START_MS = Date.parse("2026-06-14T00:00:00Z");
/** Reading a header in ranges, and the call for an import. */
const SHORT_SECONDS = 2;
const MOST_STEPS = 500;

/**
 * Plays a migration up to *ready for cutover* on a virtual clock. What begins when is said by the product's own rules, which
 * learn from what was played as they do from rows; `overlaps` false: they are asked only when nothing is in hand.
 */
export function playRounds(load: SimulatedLoad, pace: InstancePace, overlaps: boolean): CaughtUp {
  return new RoundsWorld(load, pace, overlaps).run();
}

class RoundsWorld {
  #nowMs = START_MS;
  #steps: StepSnapshot[] = [];
  #files: FileSnapshot[] = [];
  /** When the steps at work end. */
  readonly #ends = new Map<string, number>();
  /** Up to when the logs so far hold what was written. */
  #heldMs = START_MS;

  constructor(
    private readonly load: SimulatedLoad,
    private readonly pace: InstancePace,
    private readonly overlaps: boolean,
  ) {}

  run(): CaughtUp {
    let restoredMs: number | null = null;
    while (this.#steps.length < MOST_STEPS) {
      this.#plan();
      this.#begin();
      if (restoredMs === null && isFullImported(this.#files)) restoredMs = this.#nowMs;
      const next = Math.min(...this.#ends.values(), ...this.#dueLater());
      if (!Number.isFinite(next)) {
        if (restoredMs === null) break;
        const imports = this.#steps.filter(({ kind }) => kind === "import").length;
        return { toReadySeconds: Math.round((this.#nowMs - restoredMs) / 1_000), imports };
      }
      this.#nowMs = next;
      for (const [id, end] of this.#ends) if (end <= this.#nowMs) this.#end(id);
    }
    throw new Error("The log never became small");
  }

  #snapshot(): MigrationSnapshot {
    return {
      id: "simulated",
      status: "running",
      phase: "full",
      method: "access_pending",
      transport: "shared_folder",
      backupBy: "app",
      schedule: { mode: "back_to_back", untilBytes: this.load.untilBytes, backup: "log" },
      rehearsal: false,
      rehearsed: null,
      cutover: null,
      wave: { restoreHeld: false, roundsHeld: false },
      armed: false,
      hook: null,
      checklist: null,
      bridgeDue: false,
      heldBecause: null,
      custody: null,
      release: null,
      firstObjectKey: null,
      steps: this.#steps,
      files: this.#files,
      alarms: [],
      unclearTimelines: 0,
      lastLogLimitBytes: LAST_LOG_LIMIT_BYTES,
    };
  }

  #plan(): void {
    for (const { stepId, dueAtMs } of hastenRounds(this.#snapshot(), this.#nowMs, this.pace))
      this.#change(stepId, { dueAtMs });
    while (this.overlaps || !this.#steps.some(isOpenStep)) {
      const planned = planNext(this.#snapshot(), this.#nowMs, this.pace);
      if (planned.length === 0) return;
      for (const one of planned) this.#add(one);
    }
  }

  #add({ kind, round, fileId, dueAtMs, input }: PlannedStep): void {
    const ordinal = (lastStep(this.#steps)?.ordinal ?? 0) + 1;
    const key = stepKeyOf({ kind, round }, ordinal);
    const backup = typeof input.backup === "string" && isBackupKind(input.backup) ? input.backup : null;
    this.#steps.push({
      id: key,
      key,
      kind,
      status: "queued",
      ordinal,
      round,
      fileId,
      aim: kind === "backup" ? { backup, final: false } : null,
      finishedAtMs: null,
      dueAtMs,
      startedAtMs: null,
      held: null,
      gate: null,
    });
  }

  #begin(): void {
    for (const step of this.#steps) {
      if (step.status !== "queued" || (step.dueAtMs ?? 0) > this.#nowMs) continue;
      const fileId = step.kind === "backup" ? this.#write(step.aim?.backup ?? "log") : step.fileId;
      const status = step.kind === "await_import" ? "waiting_external" : "running";
      this.#change(step.id, { status, fileId, startedAtMs: this.#nowMs });
      this.#ends.set(step.id, this.#nowMs + 1_000 * this.#secondsOf(step.kind, fileId));
    }
  }

  /** A backup holds what was written until it began. */
  #write(type: BackupKind): string {
    const id = `file-${this.#files.length}`;
    const written = (this.load.logBytesPerSecond * (this.#nowMs - this.#heldMs)) / 1_000;
    this.#heldMs = this.#nowMs;
    const sizeBytes = Math.round(type === "full" ? this.load.fullBytes : written);
    this.#files.push({
      id,
      name: id,
      state: "written",
      type,
      final: false,
      tail: false,
      sizeBytes,
      needsUpload: true,
    });
    return id;
  }

  #secondsOf(kind: StepSnapshot["kind"], fileId: string | null): number {
    const file = this.#files.find(({ id }) => id === fileId);
    const known = file?.type === "full" ? this.load.full : {};
    const cost = ({ seconds, bytesPerSecond }: ServiceCost) =>
      seconds + (file?.sizeBytes ?? 0) / bytesPerSecond;
    switch (kind) {
      case "backup":
        return known.backup ?? cost(this.load.backup);
      case "upload":
        return known.upload ?? cost(this.load.upload);
      case "await_import":
        return known.restore ?? cost(this.load.import);
      default:
        return SHORT_SECONDS;
    }
  }

  #end(stepId: string): void {
    this.#ends.delete(stepId);
    this.#change(stepId, { status: "succeeded", finishedAtMs: this.#nowMs, dueAtMs: null });
    const step = this.#steps.find(({ id }) => id === stepId);
    const state = step && STATE_AFTER[step.kind];
    if (state === undefined) return;
    this.#files = this.#files.map((file) =>
      file.id === step?.fileId ? { ...file, state, needsUpload: state === "written" } : file,
    );
  }

  #change(stepId: string, more: Partial<StepSnapshot>): void {
    this.#steps = this.#steps.map((step) => (step.id === stepId ? { ...step, ...more } : step));
  }

  #dueLater(): number[] {
    return this.#steps.flatMap(({ status, dueAtMs }) =>
      status === "queued" && dueAtMs !== null ? [dueAtMs] : [],
    );
  }
}

const STATE_AFTER: Partial<Record<StepSnapshot["kind"], FileSnapshot["state"]>> = {
  backup: "written",
  upload: "uploaded",
  inspect: "inspected",
  import: "importing",
  await_import: "imported",
};
