import { afterEach, beforeEach, describe, expect, inject, test, vi } from "vitest";
import { OPENING_MS, type TestCtx } from "@/lib/context/open-test-ctx";
import { openTestCtx } from "@/lib/context/open-test-store-ctx";
import { CHANNEL_KINDS, ChannelInput, ChannelListView, type ChannelView } from "@/lib/contracts/channel";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { AppError } from "@/lib/diagnosis/app-error";
import { NOTICES } from "@/lib/migration/vocabulary/notice";
import { createCallOut } from "@/lib/network/call-out";
import type { WebhookKind } from "@/lib/notify/build-request";
import { type ChannelServer, startChannelServer } from "@/lib/notify/channel-servers-fixture";
import { appendEvents } from "@/lib/store/append-events";
import { deliverNotices } from "./deliver-notices";
import { listChannels } from "./list-channels";
import { removeChannel, saveChannel } from "./save-channel";
import { sendTrial } from "./send-trial";

let world: TestCtx;
let server: ChannelServer;
/** The servers of this test are on loopback, in clear. */
const guard = { require: (_: string | null) => Promise.resolve(), lookupFor: () => undefined };
const callOut = createCallOut(guard, { hasSandbox: false });
beforeEach(async () => {
  const bare = await openTestCtx();
  world = { ...bare, as: (role) => ({ ...bare.as(role), callOut }) };
  guard.require = () => Promise.resolve();
  await world.ctx.db.migration.create({
    data: {
      ...{ id: "m1", name: "Sales", status: "running", phase: "rounds", draft: EMPTY_DRAFT, createdBy: "t" },
      ...{ sourceDatabase: "库存", instanceId: "rm-1" },
    },
  });
}, OPENING_MS);
afterEach(async () => {
  await server?.close();
  await world.close();
});

async function open(kind: WebhookKind, over: Partial<ChannelInput> = {}): Promise<ChannelView> {
  server = await startChannelServer(kind);
  const channel = {
    ...{
      kind,
      name: `To ${kind}`,
      enabled: true,
      language: "en" as const,
      notices: [...NOTICES],
      migrations: [],
      ...{ mine: false, via: null },
    },
    ...{ linkBase: "https://ferry.example", url: server.url, secret: server.secret },
    ...over,
  };
  return saveChannel({ ctx: world.as("administrator"), input: { channelId: null, channel } });
}

const ONLINE = { type: "database_online", payload: { downtimeSeconds: 12 } } as const;
const happen = (events: Parameters<typeof appendEvents>[1]["events"]) =>
  world.ctx.db.$transaction((tx) =>
    appendEvents(tx, { migrationId: "m1", actor: "t", at: world.ctx.now(), events }),
  );
const deliver = (signal = new AbortController().signal) =>
  deliverNotices({ ctx: world.as("operator"), input: { signal } });
const later = (ms: number) => {
  world.clock.at = new Date(world.clock.at.getTime() + ms);
};

const WEBHOOK_KINDS = CHANNEL_KINDS.filter((kind) => kind !== "email");

describe.each(WEBHOOK_KINDS)("%s", (kind) => {
  test("takes what is signed as it documents, with a link back and without secrets", async () => {
    await open(kind, { language: kind === "wecom" ? "zh-CN" : "en" });
    await happen([{ type: "migration_started", payload: { database: "库存" } }, ONLINE]);
    expect(await deliver()).toBe(1);
    expect(server.refused).toEqual([]);
    const sent = JSON.stringify(server.taken);
    expect(server.taken).toHaveLength(1);
    expect(sent).toContain(kind === "wecom" ? "数据库已上线" : "the database is online");
    expect(sent).toContain("库存 → rm-1");
    expect(sent).toContain("https://ferry.example/migrations/m1");
    expect(sent).not.toContain(server.secret);
    expect(await deliver()).toBe(0);
  });

  test("can be tried, and says what was wrong", async () => {
    const { id } = await open(kind);
    expect(await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } })).toMatchObject({
      ok: true,
    });
    expect(server.taken).toHaveLength(1);
    server.behave = () => "fail";
    expect(await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } })).toMatchObject({
      ok: false,
      status: 503,
      said: "busy",
    });
  });
});

test.each(["generic", "dingtalk", "feishu"] as const)("a wrong secret is found by %s", async (kind) => {
  const { id } = await open(kind);
  server.secret = kind === "generic" ? `whsec_${btoa("another secret")}` : "another";
  const tried = await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } });
  expect(tried.ok).toBe(false);
  expect(server.refused).toEqual(["signature"]);
});

test("what is not chosen, or happens while the channel is off, is not told", async () => {
  const { id } = await open("generic", { notices: ["failed"] });
  await happen([ONLINE]);
  const failed = { type: "step_failed", payload: { kind: "upload", round: 1, reason: "x" } } as const;
  const off = ChannelInput.parse({
    ...{ kind: "generic", name: "off", enabled: false, language: "en", notices: ["failed"] },
    ...{ linkBase: "https://ferry.example", url: null, secret: null },
  });
  await saveChannel({ ctx: world.as("administrator"), input: { channelId: id, channel: off } });
  await happen([failed]);
  await saveChannel({
    ctx: world.as("administrator"),
    input: { channelId: id, channel: { ...off, enabled: true } },
  });
  await happen([failed]);
  expect(await deliver()).toBe(1);
  expect(server.taken).toMatchObject([{ id: `${id}.m1.3`, body: { type: "chainferry.failed" } }]);
});

/** A multiple of a hundred. */
const FACTS = inject("long") ? 1_000 : 100;

test(`${FACTS} facts under failures: none is lost, and none is doubled for who looks at ids`, async () => {
  const { id } = await open("generic");
  server.behave = (index) =>
    (["take", "fail", "take", "take_and_hang_up", "take"] as const)[index % 5] ?? "take";
  for (let n = 0; n < FACTS / 100; n++) await happen(Array.from({ length: 100 }, () => ONLINE));
  for (let look = 0; look < 2_000; look++) {
    await deliver();
    later(5_000);
    if ((await world.ctx.db.notice.count({ where: { state: "waiting" } })) === 0) break;
  }
  const ids = server.taken.map((one) => one.id);
  expect(ids.length).toBeGreaterThan(FACTS);
  const expected = Array.from({ length: FACTS }, (_, n) => `${id}.m1.${n + 1}`);
  expect([...new Set(ids)].sort()).toEqual(expected.sort());
  expect(server.refused).toEqual([]);
}, 300_000);

test("a chat gets what is due in one message, no more than 20 a minute, and is left alone when it asks for it", async () => {
  await open("dingtalk");
  await happen(Array.from({ length: 30 }, () => ONLINE));
  expect(await deliver()).toBe(20);
  expect(await deliver()).toBe(0);
  later(3_100);
  expect(await deliver()).toBe(10);
  expect(server.taken).toHaveLength(2);
  server.behave = () => "limit";
  await happen([ONLINE]);
  later(3_100);
  expect(await deliver()).toBe(0);
  server.behave = () => "take";
  later(60_000);
  expect(await deliver()).toBe(0);
  later(600_000);
  expect(await deliver()).toBe(1);
});

test("waits longer each time, and gives up after three days", async () => {
  await open("generic");
  server.behave = () => "fail";
  await happen([ONLINE]);
  const waits: number[] = [];
  for (let n = 0; n < 4; n++) {
    await deliver();
    const [notice] = await world.ctx.db.notice.findMany();
    waits.push((notice?.dueAt.getTime() ?? 0) - world.clock.at.getTime());
    later(waits.at(-1) ?? 0);
  }
  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000]);
  later(3 * 86_400_000);
  await deliver();
  expect(await listChannels({ ctx: world.as("viewer") })).toMatchObject({
    channels: [{ waiting: 0, givenUp: 1, last: { ok: false, status: 503, said: "busy" } }],
  });
});

test("an address that may not be asked is not asked, and the channel says so", async () => {
  const { id } = await open("generic");
  guard.require = () => Promise.reject(new AppError("forbidden", "endpoint_not_allowed", { host: "x" }));
  await happen([ONLINE]);
  expect(await deliver()).toBe(0);
  expect(await sendTrial({ ctx: world.as("administrator"), input: { channelId: id } })).toMatchObject({
    ok: false,
    status: null,
    said: "endpoint_not_allowed",
  });
  expect(server.taken).toEqual([]);
  expect(server.refused).toEqual([]);
});

test("a channel whose address can't be opened keeps no other from being told", async () => {
  const { id } = await open("generic");
  const { db } = world.ctx;
  const { createdAt: _, last: __, ...whole } = await db.channel.findUniqueOrThrow({ where: { id } });
  await db.channel.create({ data: { ...whole, id: "0", urlSealed: "sealed elsewhere" } });
  await happen([ONLINE]);
  const unseal = world.ctx.sealer.unseal.bind(world.ctx.sealer);
  vi.spyOn(world.ctx.sealer, "unseal").mockImplementation((sealed, row) => {
    if (sealed === "sealed elsewhere") throw new AppError("precondition_failed", "sealed_by_another_key");
    return unseal(sealed, row);
  });
  expect(await deliver()).toBe(1);
  expect(server.taken).toHaveLength(1);
  expect(world.log.at(-1)?.message).toContain("outbox");
});

test("neither address nor secret leaves the server or stands open in the store", async () => {
  const { id } = await open("dingtalk");
  const list = ChannelListView.parse(await listChannels({ ctx: world.as("viewer") }));
  expect(list.channels).toMatchObject([{ id, host: new URL(server.url).host, signed: true }]);
  const stored = JSON.stringify(await world.ctx.db.channel.findMany());
  for (const text of [JSON.stringify(list), stored]) {
    expect(text).not.toContain("access_token");
    expect(text).not.toContain(server.secret);
  }
  await removeChannel({ ctx: world.as("administrator"), input: { channelId: id } });
  expect(await listChannels({ ctx: world.as("viewer") })).toEqual({ channels: [] });
  await expect(
    removeChannel({ ctx: world.as("administrator"), input: { channelId: id } }),
  ).rejects.toMatchObject({
    fields: { reason: "channel_not_found" },
  });
});

test("an address is needed, and only administrators set channels", async () => {
  await expect(open("generic", { url: null })).rejects.toMatchObject({
    fields: { invalidParams: [{ path: "url" }] },
  });
  await server.close();
  const { id } = await open("generic");
  await expect(removeChannel({ ctx: world.as("operator"), input: { channelId: id } })).rejects.toMatchObject({
    fields: { code: "forbidden" },
  });
});
