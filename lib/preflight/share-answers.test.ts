import { expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { only, testCtxOn } from "@/lib/context/open-test-ctx";
import type { RdsAccount } from "@/lib/rds/rds-account";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { PrismaClient } from "@/lib/store/generated/client";
import { shareAnswers } from "./share-answers";

function world(): { ctx: Ctx; asked: string[] } {
  const asked: string[] = [];
  const { ctx, clients } = testCtxOn({ db: only<PrismaClient>({}), close: async () => undefined });
  clients.source = async (id) =>
    only<SourceServer>({
      findDatabase: async (name) => {
        asked.push(`${id} ${name}`);
        return null;
      },
      restrictUsers: async (name) => void asked.push(`close ${name}`),
      facts: only<SourceServer["facts"]>({
        drives: async () => {
          asked.push(`${id} drives`);
          return new Map();
        },
      }),
    });
  clients.rds = async () =>
    only<RdsAccount>({
      listDatabases: async (instanceId) => {
        asked.push(instanceId);
        throw new Error("down");
      },
    });
  return { ctx, asked };
}

test("what several databases have in common is asked once, for each server and each word of the question", async () => {
  const { ctx, asked } = world();
  const shared = shareAnswers(ctx);
  for (const database of ["a", "b", "a"]) {
    const source = await shared.clients.source("s1");
    await source.findDatabase(database);
    await source.facts.drives();
  }
  await (await shared.clients.source("s2")).facts.drives();
  expect(asked).toEqual(["s1 a", "s1 drives", "s1 b", "s2 drives"]);
});

test("a refusal is everybody's, and what changes something is done as often as it is asked for", async () => {
  const { ctx, asked } = world();
  const shared = shareAnswers(ctx);
  const rds = await shared.clients.rds("c");
  await expect(rds.listDatabases("rm-1")).rejects.toThrow("down");
  await expect(rds.listDatabases("rm-1")).rejects.toThrow("down");
  const source = await shared.clients.source("s1");
  await source.restrictUsers("a");
  await source.restrictUsers("a");
  expect(asked).toEqual(["rm-1", "close a", "close a"]);
});

test("another look asks anew", async () => {
  const { ctx, asked } = world();
  for (let look = 0; look < 2; look += 1)
    await (await shareAnswers(ctx).clients.source("s1")).findDatabase("a");
  expect(asked).toEqual(["s1 a", "s1 a"]);
});
