import { existsSync, linkSync } from "node:fs";
import { readOrMakeKey } from "@/lib/auth/key-file";
import { type BindingSealer, createSealer, keyIdOf } from "@/lib/auth/sealer";
import { replaceFile } from "@/lib/files/replace-file";
import { ArmedCutover, armedRow } from "@/lib/migration/armed-cutover";
import { hookRow, KeptHook } from "@/lib/migration/cutover-hook";
import { secretRow } from "@/lib/services/connection/secret-row";
import { channelRow } from "@/lib/services/notify/save-channel";
import { appendAudit } from "@/lib/store/append-audit";
import type { Prisma } from "@/lib/store/generated/client";
import { openStore } from "@/lib/store/open-store";
import { assertConfiguredStore } from "./check-configured-store";
import type { Config } from "./config";
import { TERMINAL } from "./open-for";
import { keyFileOf, nextKeyFile, readSecretKeys } from "./secret-keys";
import { storePlace } from "./store-place";

const BY_TERMINAL = {
  actorId: TERMINAL.id,
  actor: TERMINAL.name,
  role: "administrator",
  address: "",
  action: "secrets.rotate_key",
  outcome: "done",
  requestId: null,
} as const;

export interface Rotated {
  /** Secrets that were sealed anew. */
  resealed: number;
  /** Those that no known key opens, left as they are, by their row. */
  unopened: string[];
  /** The file that keeps the key before, for backups made before; null: no file was changed. */
  keptKey: string | null;
}

/**
 * Seals every saved secret with a new key. A key that lies in a file is made anew; one from the environment or a command is new already, and the
 * ones before are in CHAINFERRY_SECRET_KEY_OLD. Killed at any moment, each secret opens by keys that a start reads, and the next call goes on.
 * Nobody else may run on the store meanwhile: throws AppError `store_locked` where the embedded one is in use, `store_absent`.
 */
export async function rotateKey(config: Config): Promise<Rotated> {
  await assertConfiguredStore(config);
  const known = readSecretKeys(config);
  const file = keyFileOf(config);
  const store = await openStore(storePlace(config));
  try {
    const key = file === null ? known.key : readOrMakeKey(nextKeyFile(file));
    const older = file === null ? known.older : [...known.older, known.key];
    const sealer = createSealer({ place: known.place, key, older });
    const found = await store.db.$transaction(
      async (tx) => {
        const result = await resealAll(tx, sealer);
        const detail = { resealed: result.resealed, unopened: result.unopened.length };
        await appendAudit(tx, { ...BY_TERMINAL, at: new Date(), subject: keyIdOf(key), detail });
        return result;
      },
      { timeout: 120_000 },
    );
    const keptKey = file === null ? null : await putInPlace(file, known.key);
    return { ...found, keptKey };
  } finally {
    await store.close();
  }
}

/** The key before stays beside, under its id; at every moment one of the two is in the file. */
async function putInPlace(file: string, before: Buffer): Promise<string> {
  const kept = `${file}.${keyIdOf(before)}`;
  if (!existsSync(kept)) linkSync(file, kept);
  await replaceFile(nextKeyFile(file), file);
  return kept;
}

async function resealAll(
  tx: Prisma.TransactionClient,
  sealer: BindingSealer,
): Promise<{ resealed: number; unopened: string[] }> {
  let resealed = 0;
  const unopened: string[] = [];
  /** As it is where it does not open, or is sealed with the key already. */
  const anew = (sealed: string, row: string): string => {
    if (sealed === "") return sealed;
    try {
      const text = sealer.reseal(sealed, row);
      if (text !== null) resealed += 1;
      return text ?? sealed;
    } catch {
      unopened.push(row);
      return sealed;
    }
  };
  for (const { id, secretSealed } of await tx.connection.findMany()) {
    await tx.connection.update({ where: { id }, data: { secretSealed: anew(secretSealed, secretRow(id)) } });
  }
  for (const { id, urlSealed, secretSealed } of await tx.channel.findMany()) {
    const row = channelRow(id);
    const data = { urlSealed: anew(urlSealed, row), secretSealed: anew(secretSealed, row) };
    await tx.channel.update({ where: { id }, data });
  }
  for (const { id, hook, armed } of await tx.migration.findMany({
    select: { id: true, hook: true, armed: true },
  })) {
    const data: Prisma.MigrationUpdateInput = {};
    if (hook !== null) {
      const { urlSealed, secretSealed, ...rest } = KeptHook.parse(hook);
      const row = hookRow(id);
      data.hook = { ...rest, urlSealed: anew(urlSealed, row), secretSealed: anew(secretSealed, row) };
    }
    if (armed !== null) {
      const held = ArmedCutover.parse(armed);
      const { until } = held;
      if (until.by === "http")
        data.armed = { ...held, until: { ...until, urlSealed: anew(until.urlSealed, armedRow(id)) } };
    }
    if (Object.keys(data).length > 0) await tx.migration.update({ where: { id }, data });
  }
  return { resealed, unopened };
}
