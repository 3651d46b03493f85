import { openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type Called, callOnce } from "./call-once";
import { Crash, external, type OtherSide } from "./other-side-fixture";
import { type Earlier, settleEarlier } from "./settle-earlier";

export const GRACE_MS = 60_000;

/** A process that wants the effect, for one step of a migration or for a person on the records page. */
export interface Process {
  connectionId: string;
  migrationId: string | null;
  stepId: string | null;
  mayCall?: () => Promise<boolean>;
  commit?: Parameters<typeof callOnce>[2]["commit"];
  monotonicMs?: () => number;
}
export const ENGINE: Process = { connectionId: "key-1", migrationId: "m1", stepId: "s1" };
/** Somebody on the records page, with another key of the same account. */
export const RECORDS: Process = { connectionId: "key-2", migrationId: null, stepId: null };
export const OTHER_MIGRATION: Process = { connectionId: "key-2", migrationId: "m2", stepId: "s2" };

export const die = () => Promise.reject(new Crash());
export const lost = () => Promise.reject(external({ mayHaveHappened: true }));

/** For tests: the store with two live migrations, one other side at a time, and what processes do with it. */
export class OnceWorld {
  side: OtherSide;

  private constructor(
    readonly test: TestCtx,
    side: OtherSide,
  ) {
    this.side = side;
  }

  static async open(side: OtherSide): Promise<OnceWorld> {
    const test = await openQuickCtx();
    for (const id of ["m1", "m2"]) {
      await test.ctx.db.migration.create({
        data: { id, name: id, status: "running", phase: "full", draft: EMPTY_DRAFT, createdBy: "test" },
      });
    }
    return new OnceWorld(test, side);
  }

  /** Before each test: no call yet, and this other side. */
  async use(side: OtherSide): Promise<void> {
    const { ctx, clock } = this.test;
    await ctx.db.onceCall.deleteMany();
    await ctx.db.migration.updateMany({ data: { status: "running" } });
    clock.at = new Date("2026-05-04T10:00:00.000Z");
    this.side = side;
    side.connect(this.test);
  }

  settle(process: Process = ENGINE): Promise<Earlier> {
    return settleEarlier(this.#once(), this.side.effect, this.#targetOf(process));
  }

  async call(process: Process = ENGINE, seenCalls?: number): Promise<Called> {
    const { db } = this.test.ctx;
    return callOnce(this.#once(), this.side.effect, {
      target: this.#targetOf(process),
      request: this.side.request,
      seenCalls: seenCalls ?? (await db.onceCall.count()),
      commit: (write) => db.$transaction(write),
      ...process,
    });
  }

  /** What each worker does whenever it comes to the step. */
  async run(process: Process = ENGINE): Promise<Earlier | Called> {
    const earlier = await this.settle(process);
    return earlier.state === "free" || earlier.state === "absent"
      ? this.call(process, earlier.calls)
      : earlier;
  }

  /** The same, until the grace time is over and something is decided. */
  async runToTheEnd(process: Process = ENGINE): Promise<Earlier | Called> {
    for (let round = 0; round < 20; round += 1) {
      const result = await this.run(process);
      if (!["waiting", "unanswered", "not_called"].includes(result.state)) return result;
      this.pass(GRACE_MS / 4);
    }
    throw new Error("nothing was decided");
  }

  pass(ms: number): void {
    const { clock } = this.test;
    clock.at = new Date(clock.at.getTime() + ms);
  }

  /** How each call came out, oldest first: `accepted by look`. */
  async outcomes(): Promise<string[]> {
    const rows = await this.test.ctx.db.onceCall.findMany({
      orderBy: [{ intendedAt: "asc" }, { id: "asc" }],
    });
    return rows.map(({ outcome, settledBy }) =>
      settledBy === null ? outcome : `${outcome} by ${settledBy}`,
    );
  }

  #once() {
    return { ctx: this.test.ctx, lookGraceMs: GRACE_MS };
  }

  #targetOf({ connectionId, migrationId, stepId }: Process) {
    // A source server is known by its connection: another one is another server.
    const shared = this.side.effect.kind === "backup" ? "key-1" : connectionId;
    return this.side.target({ connectionId: shared, migrationId, stepId });
  }
}
