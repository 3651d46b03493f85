import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { OPENING_MS } from "@/lib/context/open-test-ctx";
import type { MigrationAction } from "@/lib/contracts/migration";
import { AppError } from "@/lib/diagnosis/app-error";
import type { HookMoment } from "@/lib/migration/vocabulary/hook-moment";
import type { OutAnswer, OutCall } from "@/lib/network/call-out";
import { actOnMigration } from "./act-on-migration";
import { addStep, CUTOVER, type CustodyWorld, openCustodyWorld } from "./custody-world-fixture";
import { deliverHookCalls } from "./deliver-hook-calls";
import { watchDeadlines } from "./watch-deadlines";

let world: CustodyWorld;
beforeAll(async () => (await openCustodyWorld()).close(), 2 * OPENING_MS);
afterEach(() => world.close());

const GO: OutAnswer = { status: 204, said: "" };
const NO: OutAnswer = { status: 409, said: "orders are open" };
const WISH = { url: "https://gate.example/hook?key=k", secret: "shh" } as const;

/** Calls that were made, the trial apart, and what they are answered. */
let calls: OutCall[];
let answers: (OutAnswer | AppError)[];

const act = (action: MigrationAction) =>
  actOnMigration({ ctx: world.ctx, input: { migrationId: "m", action } });
const told = () =>
  calls.map(({ headers, body }) => ({ id: headers["webhook-id"], ...JSON.parse(body ?? "{}") }));
const idOf = (moment: HookMoment) => `m.${Date.parse("2026-05-04T10:00:00.000Z")}.${moment}`;

async function open(moments: HookMoment[], otherwise: "wait" | "stop" = "stop"): Promise<void> {
  world = await openCustodyWorld();
  calls = [];
  answers = [];
  const callOut = async (call: OutCall) => {
    if (call.body?.includes("cutover.trial")) return NO;
    calls.push(call);
    const answer = answers.shift() ?? GO;
    if (answer instanceof AppError) throw answer;
    return answer;
  };
  world.ctx.callOut = callOut;
  const hook = { ...WISH, moments, otherwise, timeoutSeconds: 3, waitMinutes: 5 };
  await act({ type: "set_hook", hook });
}

/** Up to the stop of writes, which is done. */
async function stopWrites(): Promise<void> {
  await act(CUTOVER);
  await world.ctx.db.migrationStep.updateMany({
    where: { kind: "check_target" },
    data: { status: "cancelled" },
  });
  await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
  await world.run("stop_writes");
}

const events = async () =>
  (await world.ctx.db.migrationEvent.findMany({ orderBy: { seq: "asc" } })).map(({ type, payload }) => ({
    type,
    payload,
  }));
const eventsOf = async (type: string) => (await events()).filter((event) => event.type === type);
const deliver = () => deliverHookCalls(world.ctx, new AbortController().signal);

describe("a hook before a phase", () => {
  test("is asked before anything is touched, signed, and lets it begin", async () => {
    await open(["before_stop"]);
    const view = await act(CUTOVER);
    expect(view.hook).toMatchObject({ host: "gate.example", signed: true });
    expect(await world.steps()).toEqual(["await_import succeeded", "call_hook queued"]);
    await world.run("call_hook");
    expect(told()).toMatchObject([
      {
        id: idOf("before_stop"),
        type: "chainferry.cutover.before_stop",
        data: { attempt: 1, database: "Sales", instanceId: "rm-1", migrationId: "m" },
      },
    ]);
    expect(calls[0]?.timeoutMs).toBe(3_000);
    expect(calls[0]?.headers["webhook-signature"]).toMatch(/^v1,/);
    expect((await world.steps()).at(-1)).toBe("check_target queued");
    expect(await eventsOf("hook_called")).toMatchObject([{ payload: { attempt: 1, status: 204 } }]);
    const kept = JSON.stringify([await world.row(), await events(), view]);
    expect(kept).not.toContain("key=k");
    expect(kept).not.toContain("shh");
  });

  test("is asked once for one phase, however often what follows is planned again", async () => {
    await open(["before_stop"]);
    await act(CUTOVER);
    await world.run("call_hook");
    await world.ctx.db.migrationStep.updateMany({
      where: { kind: "check_target" },
      data: { status: "succeeded" },
    });
    await act({ type: "control_uploads", control: { paused: false, bytesPerSecond: null } });
    expect(await world.steps()).toEqual([
      "await_import succeeded",
      "call_hook succeeded",
      "check_target succeeded",
      "stop_writes queued",
    ]);
    expect(calls).toHaveLength(1);
  });

  test.each([
    ["another answer", NO, 409],
    ["no answer", { status: null, said: "ECONNREFUSED" }, null],
    ["an address that may not be asked any more", new AppError("forbidden", "endpoint_not_allowed"), null],
  ])("%s takes the cutover back, and nothing was touched", async (_, answer, status) => {
    await open(["before_stop"]);
    await act(CUTOVER);
    answers = [answer];
    await world.run("call_hook");
    await world.run("release_source");
    expect(await world.row()).toMatchObject({
      cutover: null,
      release: null,
      takenBack: { by: "hook", gate: "before_stop", host: "gate.example", status },
    });
    expect(world.source.done).toEqual([]);
    expect(await eventsOf("release_requested")).toMatchObject([{ payload: { why: "hook" } }]);
    // The next cutover asks anew, under an id of its own.
    world.wait(1_000);
    await act(CUTOVER);
    await world.run("call_hook");
    expect(new Set(told().map(({ id }) => id)).size).toBe(2);
    expect((await world.row()).takenBack).toBeNull();
  });

  test("behind the stop of writes gives the source back where it does not let the cutover go on", async () => {
    await open(["before_tail"]);
    await stopWrites();
    expect(world.source.database).toMatchObject({ userAccess: "RESTRICTED_USER" });
    answers = [NO];
    await world.run("call_hook");
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
    expect(world.source.done).toEqual(["restrict", "allow"]);
    expect(await world.row()).toMatchObject({ cutover: null, custody: null });
  });

  test("is asked again while it may wait, says so, and keeps nothing closed beyond that", async () => {
    await open(["before_tail"], "wait");
    await stopWrites();
    answers = [NO, NO, NO, NO];
    await world.run("call_hook");
    const view = await act({
      type: "control_uploads",
      control: { paused: false, bytesPerSecond: null },
    });
    expect(view.needs).toMatchObject({ key: "step_held", params: { reason: "hook_waits", status: 409 } });
    expect(view.allowed).toContain("go_back");
    world.wait(100);
    await world.run("call_hook");
    expect((await world.row()).release).toBeNull();
    world.wait(5 * 60_000);
    await world.run("call_hook");
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
    expect(await eventsOf("hook_called")).toMatchObject(
      [1, 2, 3].map((attempt) => ({ payload: { attempt, status: 409 } })),
    );
    expect(new Set(told().map(({ id }) => id))).toEqual(new Set([idOf("before_tail")]));
  });

  test("that waits does not stop the deadline's clock", async () => {
    await open(["before_tail"], "wait");
    await act({ ...CUTOVER, deadline: { minutes: 2, after: "take_back" } });
    await world.ctx.db.migrationStep.updateMany({
      where: { kind: "check_target" },
      data: { status: "cancelled" },
    });
    await addStep(world, { kind: "stop_writes", nature: "repeatable", status: "queued" });
    await world.run("stop_writes");
    answers = [NO];
    await world.run("call_hook");
    world.wait(2 * 60_000 + 1);
    await watchDeadlines(world.ctx);
    expect(await world.row()).toMatchObject({ release: { why: "deadline" } });
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
  });

  test("that was being called when the process ended is called again under its id, and that is said", async () => {
    await open(["before_stop"]);
    await act(CUTOVER);
    await world.ctx.db.migrationStep.updateMany({
      where: { kind: "call_hook" },
      data: { checkpoint: { calls: 1, heard: 0 } },
    });
    await world.run("call_hook");
    expect(await eventsOf("hook_unheard")).toMatchObject([{ payload: { attempt: 1 } }]);
    expect(told()).toMatchObject([{ id: idOf("before_stop"), data: { attempt: 2 } }]);
  });

  test("that was taken away meanwhile lets the cutover go on", async () => {
    await open(["before_stop"], "wait");
    await act(CUTOVER);
    answers = [NO];
    await world.run("call_hook");
    await act({ type: "set_hook", hook: null });
    world.wait(1_000);
    await world.run("call_hook");
    expect(calls).toHaveLength(1);
    expect((await world.steps()).at(-1)).toBe("check_target queued");
  });
});

describe("a hook after a phase", () => {
  test("is told, and a source that is given back waits for nobody", async () => {
    await open(["after_stop", "taken_back"]);
    answers = [NO];
    await stopWrites();
    expect(await deliver()).toBe(0);
    await act({ type: "go_back" });
    await world.run("release_source");
    expect(world.source.database).toEqual({ state: "ONLINE", userAccess: "MULTI_USER" });
    expect(await deliver()).toBe(1);
    world.wait(5_000);
    expect(await deliver()).toBe(1);
    world.wait(60_000);
    expect(await deliver()).toBe(0);
    expect(told().map(({ type, data }) => [type.split(".").at(-1), data.attempt])).toEqual([
      ["after_stop", 1],
      ["taken_back", 1],
      ["after_stop", 2],
    ]);
    expect(calls[0]?.headers["webhook-id"]).toBe(calls[2]?.headers["webhook-id"]);
  });

  test("is told of a cancelled migration too, and given up after seven calls", async () => {
    await open(["taken_back"]);
    await stopWrites();
    await act({ type: "cancel" });
    await world.run("release_source");
    expect(await world.row()).toMatchObject({ status: "cancelled", custody: null });
    answers = Array.from({ length: 9 }, () => NO);
    for (let look = 0; look < 9; look++) {
      await deliver();
      world.wait(3_600_000);
    }
    expect(calls).toHaveLength(7);
    expect(await eventsOf("hook_given_up")).toMatchObject([{ payload: { attempt: 7 } }]);
  });
});

describe("setting it", () => {
  test("keeps address and secret where they are not typed again, and drops a secret with its address", async () => {
    await open(["before_stop"]);
    const settings = { moments: ["online" as const], otherwise: "wait" as const };
    const numbers = { timeoutSeconds: 9, waitMinutes: 9 };
    const same = { url: null, secret: null, ...settings, ...numbers };
    expect((await act({ type: "set_hook", hook: same })).hook).toMatchObject({
      ...{ host: "gate.example", signed: true },
      ...settings,
    });
    const moved = { ...same, url: "https://other.example/" };
    expect((await act({ type: "set_hook", hook: moved })).hook).toMatchObject({
      ...{ host: "other.example", signed: false },
    });
  });

  test("an address that may not be asked is not kept", async () => {
    world = await openCustodyWorld();
    const refused = new AppError("forbidden", "endpoint_not_allowed", { host: "10.0.0.1" });
    world.ctx.callOut = () => Promise.reject(refused);
    const settings = { moments: ["online" as const], otherwise: "wait" as const };
    const hook = { url: "https://10.0.0.1/", secret: "", ...settings, timeoutSeconds: 9, waitMinutes: 9 };
    await expect(act({ type: "set_hook", hook })).rejects.toMatchObject({
      fields: { reason: "endpoint_not_allowed" },
    });
    await expect(act({ type: "set_hook", hook: { ...hook, url: null } })).rejects.toMatchObject({
      fields: { invalidParams: [{ path: "hook.url" }] },
    });
    expect((await world.row()).hook).toBeNull();
  });
});
