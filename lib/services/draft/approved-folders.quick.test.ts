import { beforeEach, expect, test } from "vitest";
import { OPENING_MS, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import type { MigrationDraft } from "@/lib/contracts/migration";
import { folderProbes } from "@/lib/preflight/probe/folder-probes";
import { lookAtWorld } from "@/lib/preflight/world/probe-world";
import { getApprovedFolders, requireFolders, saveApprovedFolders } from "./approved-folders";

let world: TestCtx;

beforeEach(async () => {
  world = await openQuickCtx();
  return () => world.close();
}, OPENING_MS);

const draftIn = (sourceFolder: string, localFolder: string): MigrationDraft => ({
  ...{ ...EMPTY_DRAFT, backupBy: "app", sourceFolder, localFolder },
  ...{ sourceConnectionId: "s", sourceDatabase: "Sales" },
});
const OURS = draftIn("D:\\Backup\\Sales", "/mnt/backup/sales");
const ATTACK = draftIn("\\\\attacker\\share", "/etc");
const use = (draft: MigrationDraft, ctx = world.as("operator")) =>
  ctx.db.$transaction((tx) => requireFolders(ctx, tx, draft));
const refused = (source: string, local: string) => ({
  fields: { code: "forbidden", reason: "folders_not_approved", params: { source, local } },
});

test("an operator's folders are those that an administrator approved, and what lies below them", async () => {
  await expect(use(OURS)).rejects.toMatchObject(refused("D:\\Backup\\Sales", "/mnt/backup/sales"));
  const folders = [{ source: "D:\\Backup", local: "/mnt/backup" }];
  await saveApprovedFolders({ ctx: world.ctx, input: { folders } });
  expect(await getApprovedFolders({ ctx: world.as("viewer") })).toEqual({ folders });
  await use(OURS);
  await expect(use(ATTACK)).rejects.toMatchObject(refused("\\\\attacker\\share", "/etc"));
  await expect(saveApprovedFolders({ ctx: world.as("operator"), input: { folders } })).rejects.toMatchObject({
    fields: { reason: "role_required" },
  });
});

test("an administrator approves by starting; the engine approves nothing", async () => {
  const engine = {
    ...world.ctx,
    actor: { kind: "system", id: "engine", name: "engine", role: "operator" },
  } as const;
  await expect(use(OURS, engine)).rejects.toMatchObject({ fields: { reason: "folders_not_approved" } });
  await use(OURS, world.ctx);
  await use(OURS, world.ctx);
  await use(OURS, engine);
  await use(OURS);
  expect(await getApprovedFolders({ ctx: world.ctx })).toEqual({
    folders: [{ source: "D:\\Backup\\Sales", local: "/mnt/backup/sales" }],
  });
});

test("where no folder is used there is nothing to approve, and the sandbox's own are", async () => {
  await use({ ...ATTACK, backupBy: "others", transport: "bucket_watch" });
  const operator = world.as("operator");
  const sandbox = { sourceFolder: "/var/opt/mssql/backup", localFolder: "/tmp/sandbox/backup" };
  const own = { ...operator, system: { ...operator.system, sandbox: { ...sandbox } as never } };
  await use(draftIn("/var/opt/mssql/backup", "/tmp/sandbox/backup"), own);
  await expect(use(ATTACK, own)).rejects.toMatchObject({ fields: { reason: "folders_not_approved" } });
  // A worker in another process has no sandbox beside it.
  await use(draftIn("/var/opt/mssql/backup", "/tmp/sandbox/backup"), operator);
});

test("until then no probe puts anything into them or tells what is there", async () => {
  for (const probe of folderProbes(lookAtWorld(world.as("operator"), ATTACK)).slice(0, 2))
    expect(await probe.look()).toMatchObject({ verdict: "block", gist: "not_approved", answer: "not asked" });
});
