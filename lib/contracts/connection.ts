import { z } from "zod";
import { EXTERNAL_SYSTEMS } from "@/lib/diagnosis/external-error";

export const ConnectionKind = z.enum(["sql_server", "cloud_account"]);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

/** PEM: one certificate or several, of authorities that are trusted besides the usual ones. Absent: none. */
const CertificateAuthority = z
  .string()
  .trim()
  .max(65_536)
  .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/)
  .nullish();

/** Everything of a source server but its password. */
export const SqlServerSettings = z.strictObject({
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65535).nullable(),
  instanceName: z.string().trim().min(1).max(128).nullable(),
  /** A SQL Server login, or a Windows account as `DOMAIN\\user`. */
  user: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .regex(/^[^\\]+(\\[^\\]+)?$/),
  encrypt: z.enum(["on", "strict", "legacy", "optional", "off"]),
  trustServerCertificate: z.boolean(),
  certificateAuthority: CertificateAuthority,
});
export type SqlServerSettings = z.infer<typeof SqlServerSettings>;

/**
 * Where a cloud account's credentials come from: an AccessKey, a temporary one with an STS token, or what the machine
 * itself has (environment, credentials file, RAM role of the ECS instance).
 */
export const CredentialKind = z.enum(["access_key", "sts", "default_chain"]);
export type CredentialKind = z.infer<typeof CredentialKind>;

/** Everything of a cloud account but its secrets. Endpoints are URLs; null means the region's own. */
export const CloudAccountSettings = z.strictObject({
  regionId: z
    .string()
    .trim()
    .regex(/^[a-z]{2}-[a-z0-9-]+$/),
  /** Absent: `access_key`, as it was before there was a choice. */
  credential: CredentialKind.optional(),
  /** Empty for `default_chain`. */
  accessKeyId: z.string().trim().max(128),
  /** When the STS token ends, as its issuer said. */
  expiresAt: z.iso.datetime().nullish(),
  rdsEndpoint: z.url({ protocol: /^https?$/ }).nullable(),
  ramEndpoint: z.url({ protocol: /^https?$/ }).nullable(),
  ossEndpoint: z.url({ protocol: /^https?$/ }).nullable(),
  /** A custom domain (CNAME) bound to the bucket: objects are read and written over it, everything else over the endpoint. */
  ossDomain: z.url({ protocol: /^https?$/ }).nullish(),
  certificateAuthority: CertificateAuthority,
});
export type CloudAccountSettings = z.infer<typeof CloudAccountSettings>;

export function credentialOf(settings: Pick<CloudAccountSettings, "credential">): CredentialKind {
  return settings.credential ?? "access_key";
}

/** A failed external call, told so that the UI can say what to do. `reason` keys `error.*` texts. */
export const Failure = z.object({
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  system: z.enum(EXTERNAL_SYSTEMS).nullable(),
  providerCode: z.string().nullable(),
  providerMessage: z.string().nullable(),
  providerRequestId: z.string().nullable(),
});
export type Failure = z.infer<typeof Failure>;

/** One fact found by a test: `key` names its label in `connections.fact.*`. */
export const ConnectionFact = z.object({ key: z.string(), value: z.string(), ok: z.boolean().nullable() });

export const ConnectionTest = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    at: z.iso.datetime(),
    elapsedMs: z.number(),
    facts: z.array(ConnectionFact),
  }),
  z.object({
    ok: z.literal(false),
    at: z.iso.datetime(),
    elapsedMs: z.number(),
    facts: z.array(ConnectionFact),
    failure: Failure,
  }),
]);
export type ConnectionTest = z.infer<typeof ConnectionTest>;

export const ConnectionView = z.discriminatedUnion("kind", [
  z.object({
    id: z.string(),
    kind: z.literal("sql_server"),
    name: z.string(),
    sandbox: z.boolean(),
    settings: SqlServerSettings,
    createdAt: z.iso.datetime(),
    lastTest: ConnectionTest.nullable(),
    migrations: z.number(),
  }),
  z.object({
    id: z.string(),
    kind: z.literal("cloud_account"),
    name: z.string(),
    sandbox: z.boolean(),
    settings: CloudAccountSettings,
    createdAt: z.iso.datetime(),
    lastTest: ConnectionTest.nullable(),
    migrations: z.number(),
  }),
]);
export type ConnectionView = z.infer<typeof ConnectionView>;
export const ConnectionListView = z.object({ connections: z.array(ConnectionView) });
export type ConnectionListView = z.infer<typeof ConnectionListView>;
