import type { Clients, Sealer } from "@/lib/context/context";
import { CloudAccountSettings, SqlServerSettings } from "@/lib/contracts/connection";
import type { AnswerObserver } from "@/lib/diagnosis/answer-assumption";
import { AppError } from "@/lib/diagnosis/app-error";
import {
  type CloudCredentialSource,
  type CloudCredentials,
  currentCredentials,
} from "@/lib/diagnosis/cloud-credentials";
import { setNetworkEnvironment } from "@/lib/network/outgoing-route";
import type { ObjectStore } from "@/lib/oss/object-store";
import { reachesInternal } from "@/lib/oss/reach-internal";
import type { CallPace } from "@/lib/rds/call-pace";
import { openDefaultCredentials } from "@/lib/rds/default-credentials";
import type { RdsAccount, RdsAccountConfig } from "@/lib/rds/rds-account";
import { unpackCloudSecret } from "@/lib/services/connection/pack-secret";
import { secretRow } from "@/lib/services/connection/secret-row";
import type { SourceServer } from "@/lib/sqlserver/source-server";
import type { PrismaClient } from "@/lib/store/generated/client";
import { createEndpointGuard, type EndpointGuard } from "./endpoint-guard";

const CREDENTIALS_KEPT_MS = 15_000;

interface Entry {
  source?: Promise<SourceServer>;
  objects?: Promise<ObjectStore>;
  rds?: Promise<RdsAccount>;
}

/**
 * Adapters by connection, made once and kept until the connection changes. The only place where secrets are unsealed.
 * An adapter's SDK is loaded with the first connection of its kind: together they are half a start and 60 MB.
 */
export function createClients(input: {
  db: PrismaClient;
  sealer: Sealer;
  /** Asked before a client of a typed-in endpoint is made. Default: the public internet only. */
  endpoints?: EndpointGuard;
  /** Told what every service answers, for `doctor`. */
  onAnswer?: AnswerObserver | undefined;
  /** Told of every call to RDS, for `/metrics`. */
  onRdsCall?: RdsAccountConfig["onCall"];
  /** Of an account, by its connection. */
  rdsPace?: (connectionId: string) => CallPace;
}): Clients & { close(): Promise<void> } {
  setNetworkEnvironment(process.env);
  const { db, sealer, endpoints = createEndpointGuard({}), onAnswer, onRdsCall, rdsPace } = input;
  const entries = new Map<string, Entry>();
  const entryOf = (id: string): Entry => {
    const entry = entries.get(id) ?? {};
    entries.set(id, entry);
    return entry;
  };

  async function load(
    id: string,
    kind: string,
  ): Promise<{ config: unknown; secret: string; guard: EndpointGuard | null }> {
    const row = await db.connection.findUnique({ where: { id } });
    if (!row) throw new AppError("not_found", "connection_not_found");
    if (row.kind !== kind) throw new AppError("validation", "connection_wrong_kind", { expected: kind });
    const secret = sealer.unseal(row.secretSealed, secretRow(id));
    // Only start-up writes a sandbox's connections, and nobody can change them.
    return { config: row.config, secret, guard: row.sandbox ? null : endpoints };
  }

  const openSource: Clients["openSource"] = async (settings, password) => {
    const { connectSourceServer } = await import("@/lib/sqlserver/connect-source-server");
    const { certificateAuthority, ...rest } = settings;
    return connectSourceServer({
      ...rest,
      password,
      onAnswer,
      ...(certificateAuthority ? { certificateAuthority } : {}),
    });
  };
  const chain = openDefaultCredentials();
  const makeObjects = async (
    settings: CloudAccountSettings,
    source: CloudCredentialSource,
    guard: EndpointGuard | null,
  ) => {
    await guard?.require(settings.ossEndpoint);
    await guard?.require(settings.ossDomain ?? null);
    const { connectObjectStore } = await import("@/lib/oss/connect-object-store");
    return connectObjectStore({
      ...source,
      onAnswer,
      regionId: settings.regionId,
      endpoint: settings.ossEndpoint,
      domain: settings.ossDomain ?? null,
      certificateAuthority: settings.certificateAuthority ?? null,
      lookup: guard?.lookupFor(settings.ossEndpoint ?? settings.ossDomain ?? null),
      // An endpoint that somebody set by hand is the one.
      internal: settings.ossEndpoint === null && (await reachesInternal(settings.regionId)),
    });
  };
  const makeRds = async (
    settings: CloudAccountSettings,
    source: CloudCredentialSource,
    guard: EndpointGuard | null,
    pace?: CallPace,
  ) => {
    // The SDK resolves for itself. A name that means another machine by then meets TLS, which asks that machine for its proof.
    await guard?.require(settings.rdsEndpoint);
    await guard?.require(settings.ramEndpoint);
    const { connectRdsAccount } = await import("@/lib/rds/connect-rds-account");
    return connectRdsAccount({
      ...source,
      onAnswer,
      onCall: onRdsCall,
      pace,
      regionId: settings.regionId,
      endpoint: settings.rdsEndpoint,
      ramEndpoint: settings.ramEndpoint,
      certificateAuthority: settings.certificateAuthority ?? null,
    });
  };
  const given = (settings: CloudAccountSettings, secret: string): CloudCredentialSource =>
    unpackCloudSecret(settings, secret) ?? { credentials: chain };
  const openObjects: Clients["openObjects"] = (settings, secret) =>
    makeObjects(settings, given(settings, secret), endpoints);
  const openRds: Clients["openRds"] = (settings, secret) =>
    makeRds(settings, given(settings, secret), endpoints);

  /** Read again while a client is in use: a renewed STS token, saved by any process, counts without a restart. */
  function savedCredentials(id: string): () => Promise<CloudCredentials> {
    let known: { untilMs: number; source: CloudCredentialSource } | null = null;
    return async () => {
      if (known === null || Date.now() >= known.untilMs) {
        const { config, secret } = await load(id, "cloud_account");
        const source = given(CloudAccountSettings.parse(config), secret);
        known = { untilMs: Date.now() + CREDENTIALS_KEPT_MS, source };
      }
      return currentCredentials(known.source);
    };
  }

  /** A client that could not be made is not kept: the next call tries again. */
  function keep<K extends keyof Entry>(
    id: string,
    key: K,
    make: () => NonNullable<Entry[K]>,
  ): NonNullable<Entry[K]> {
    const entry = entryOf(id);
    const known = entry[key];
    if (known) return known;
    const made = make();
    entry[key] = made;
    made.catch(() => {
      if (entry[key] === made) delete entry[key];
    });
    return made;
  }

  async function forget(id: string): Promise<void> {
    const entry = entries.get(id);
    entries.delete(id);
    const source = await entry?.source?.catch(() => null);
    await source?.close().catch(() => undefined);
  }

  return {
    source: (id) =>
      keep(id, "source", async () => {
        const { config, secret } = await load(id, "sql_server");
        return openSource(SqlServerSettings.parse(config), secret);
      }),
    objects: (id) =>
      keep(id, "objects", async () => {
        const { config, guard } = await load(id, "cloud_account");
        return makeObjects(CloudAccountSettings.parse(config), { credentials: savedCredentials(id) }, guard);
      }),
    rds: (id) =>
      keep(id, "rds", async () => {
        const { config, guard } = await load(id, "cloud_account");
        const source = { credentials: savedCredentials(id) };
        return makeRds(CloudAccountSettings.parse(config), source, guard, rdsPace?.(id));
      }),
    openSource,
    openObjects,
    openRds,
    forget,
    close: async () => {
      for (const id of [...entries.keys()]) await forget(id);
    },
  };
}
