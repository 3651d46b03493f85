import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context/context";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { getSavedViews, saveSavedViews } from "./saved-views";

let w: TestCtx;
beforeAll(async () => {
  w = await openQuickCtx();
}, OPENING_MS);
afterAll(() => w.close());

const view = (name: string) => ({ name, kind: "tasks" as const, search: `q=${name}&status=failed` });

test("each person has views of their own; a name is there once", async () => {
  const person = (id: string): Ctx => ({
    ...w.ctx,
    actor: { kind: "person", id, name: id, role: "viewer" },
  });
  const [ann, bob] = [person("ann"), person("bob")];
  expect(await getSavedViews({ ctx: ann })).toEqual({ views: [] });
  await saveSavedViews({ ctx: ann, input: { views: [view("失败"), view("sales")] } });
  await saveSavedViews({ ctx: bob, input: { views: [view("mine")] } });
  expect((await getSavedViews({ ctx: ann })).views.map(({ name }) => name)).toEqual(["失败", "sales"]);
  await expect(
    saveSavedViews({ ctx: ann, input: { views: [view("sales"), view("Sales")] } }),
  ).rejects.toMatchObject({ fields: { code: "validation" } });
  // The list of migrations has views of its own, which may be called the same.
  const home = { name: "Sales", kind: "home" as const, search: "needs=you" };
  expect(await saveSavedViews({ ctx: ann, input: { views: [view("sales"), home] } })).toMatchObject({
    views: [{ kind: "tasks" }, { kind: "home", search: "needs=you" }],
  });
  await saveSavedViews({ ctx: ann, input: { views: [] } });
  expect((await getSavedViews({ ctx: ann })).views).toEqual([]);
  expect((await getSavedViews({ ctx: bob })).views).toHaveLength(1);
});
