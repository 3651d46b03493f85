import type { MigrationDraft } from "@/lib/contracts/migration";

/** Where the wizard's draft stands between the browser and the server. */
export type SaveState =
  | { kind: "untouched" }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "saved"; at: number }
  | { kind: "failed"; error: unknown };

/**
 * Saves a draft as it changes: after a pause, one call at a time, the newest draft always last. The first save makes
 * the draft, so a visit that chooses nothing leaves nothing behind. Framework-free; `useDraft` is its React face.
 */
export class DraftSaver {
  #draft: MigrationDraft;
  #savedDraft: MigrationDraft;
  #state: SaveState = { kind: "untouched" };
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: Promise<void> | null = null;
  #listeners = new Set<() => void>();
  #version = 0;

  constructor(
    draft: MigrationDraft,
    private readonly save: (draft: MigrationDraft) => Promise<void>,
    private readonly options: { pauseMs: number; now: () => number },
  ) {
    this.#draft = draft;
    this.#savedDraft = draft;
  }

  get draft(): MigrationDraft {
    return this.#draft;
  }
  /** The draft that the server is known to hold: probes ask about this one. */
  get savedDraft(): MigrationDraft {
    return this.#savedDraft;
  }
  get state(): SaveState {
    return this.#state;
  }
  /** Changes with everything above: a snapshot for React. */
  get version(): number {
    return this.#version;
  }
  get isDirty(): boolean {
    return this.#draft !== this.#savedDraft;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  change(draft: MigrationDraft): void {
    if (draft === this.#draft) return;
    this.#draft = draft;
    if (!this.#running) this.#set({ kind: "waiting" });
    else this.#tell();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.flush().catch(() => {});
    }, this.options.pauseMs);
  }

  /** Takes what another browser saved, unless something here waits to be saved. */
  adopt(draft: MigrationDraft): void {
    if (this.isDirty || this.#running) return;
    this.#draft = draft;
    this.#savedDraft = draft;
    this.#tell();
  }

  /** Saves now, and after whatever is under way. Rejects when the server did not take it; the draft stays here. */
  async flush(options: { force?: boolean } = {}): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#running) {
      await this.#running.catch(() => {});
      return this.flush(options);
    }
    if (!this.isDirty && !options.force) return;
    this.#running = this.#saveOnce();
    return this.#running;
  }

  async #saveOnce(): Promise<void> {
    const draft = this.#draft;
    this.#set({ kind: "saving" });
    try {
      await this.save(draft);
      this.#savedDraft = draft;
      this.#running = null;
      this.#set(this.isDirty ? { kind: "waiting" } : { kind: "saved", at: this.options.now() });
    } catch (error) {
      this.#running = null;
      this.#set({ kind: "failed", error });
      throw error;
    }
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}
