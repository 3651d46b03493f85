import { only, openQuickCtx, type TestCtx } from "@/lib/context/open-test-ctx";
import { EMPTY_DRAFT } from "@/lib/contracts/empty-draft";
import { type WaveAction, WaveInput, WaveView } from "@/lib/contracts/wave";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore } from "@/lib/oss/object-store";
import type { RdsAccount, RdsInstanceDetail } from "@/lib/rds/rds-account";
import { saveApprovedFolders } from "@/lib/services/draft/approved-folders";
import { WaveRules } from "@/lib/wave/wave-rules";
import { actOnWave } from "./act-on-wave";
import { getWave } from "./get-wave";
import { saveWave } from "./save-wave";
import { watchWaves } from "./watch-waves";

/** Of the test that runs; its tests close it. */
export let world: TestCtx;
/** Of every instance, bytes. */
export const disk = { storageBytes: 0, diskUsedBytes: 0 };

export const member = (name: string, gigabytes: number | null = 10) => ({
  migrationId: null,
  sourceConnectionId: null,
  sourceDatabase: name,
  sourceFolder: null,
  localFolder: null,
  instanceId: null,
  targetDatabase: name,
  databaseBytes: gigabytes === null ? null : gigabytes * 1e9,
});

export function input(names: readonly string[], rules: Partial<WaveRules> = {}): WaveInput {
  return WaveInput.parse({
    name: "Wave 1",
    form: {
      ...EMPTY_DRAFT,
      ...{ sourceConnectionId: "source", cloudConnectionId: "cloud", bucket: "b", prefix: "erp" },
      ...{ instanceId: "rm-1", sourceFolder: "D:\\b", localFolder: "/b" },
    },
    rules: WaveRules.parse(rules),
    members: names.map((name, at) => member(name, 10 + at)),
  });
}

/** A store with a server, an account and an approved folder, before servers that answer as little as a wave asks of them. */
export async function open(): Promise<void> {
  world = await openQuickCtx();
  const { db } = world.ctx;
  for (const [id, kind] of [
    ["source", "sql_server"],
    ["cloud", "cloud_account"],
  ] as const)
    await db.connection.create({ data: { id, kind, name: id, config: {}, secretSealed: "" } });
  const folders = [{ source: "D:\\b", local: "/b" }];
  await saveApprovedFolders({ ctx: world.ctx, input: { folders } });
  world.clients.source = async () => {
    throw down();
  };
  Object.assign(disk, { storageBytes: 1e12, diskUsedBytes: 1e11 });
  world.clients.rds = async () =>
    only<RdsAccount>({
      getInstance: async () => only<RdsInstanceDetail>({ storageBytes: disk.storageBytes }),
      getUsage: async () => ({ diskUsedBytes: disk.diskUsedBytes, dataBytes: null, logBytes: null }),
    });
  world.clients.objects = bucket;
}

/** An account's buckets, each where its instances are. */
export const bucket = async (): Promise<ObjectStore> =>
  only<ObjectStore>({
    bucketInfo: async (name) => ({
      ...{ name, regionId: "cn-hangzhou", storageClass: "Standard", acl: "private", encryption: "None" },
      ...{ ownerId: "1", versioning: null },
      ...{ extranetEndpoint: "oss-cn-hangzhou.aliyuncs.com", intranetEndpoint: "oss-i.aliyuncs.com" },
    }),
  });

export function down(): ExternalError {
  return new ExternalError({
    ...{ system: "sql_server", kind: "unavailable", providerCode: "ESOCKET", providerMessage: "down" },
    ...{ providerRequestId: null, mayHaveHappened: false },
  });
}

export const save = async (wave: WaveInput, waveId: string | null = null) =>
  WaveView.parse(await saveWave({ ctx: world.as("operator"), input: { waveId, wave } }));
export const act = async (waveId: string, action: WaveAction) =>
  WaveView.parse(await actOnWave({ ctx: world.as("operator"), input: { waveId, action } }));
export const look = async (waveId: string) => {
  await watchWaves(world.ctx);
  return WaveView.parse(await getWave({ ctx: world.as("viewer"), input: { waveId } }));
};
export const stages = ({ members }: WaveView) => members.map(({ stage }) => stage);
export const waits = ({ members }: WaveView) => members.map(({ wait }) => wait);

export async function begin(names: readonly string[], rules: Partial<WaveRules> = {}): Promise<WaveView> {
  await open();
  const { id } = await save(input(names, rules));
  return act(id, { type: "start" });
}

/** As its steps would leave it: the full lies in OSS, or is on the target. */
export async function advance(migrationId: string, to: "uploaded" | "rounds"): Promise<void> {
  const { db } = world.ctx;
  await db.migrationStep.updateMany({ where: { migrationId }, data: { status: "succeeded" } });
  const fileId = `full-${migrationId}`;
  const state = to === "uploaded" ? "inspected" : "imported";
  const file = { name: "full.bak", objectKey: `${migrationId}/full.bak`, state, type: "full" };
  await db.backupFile.upsert({
    where: { id: fileId },
    create: { id: fileId, migrationId, ...file },
    update: { state },
  });
  const steps = to === "uploaded" ? ["backup", "upload", "inspect"] : ["import", "await_import"];
  for (const [at, kind] of steps.entries()) {
    const key = `${kind}:0`;
    const ordinal = (to === "uploaded" ? 10 : 20) + at;
    const step = { kind, nature: "repeatable", status: "succeeded", ordinal, fileId, input: {} };
    const id = `${migrationId}/${key}`;
    await db.migrationStep.deleteMany({ where: { migrationId, key } });
    await db.migrationStep.create({ data: { ...step, id, migrationId, key } });
  }
  await db.migration.updateMany({ where: { id: migrationId }, data: { version: { increment: 1 } } });
}
