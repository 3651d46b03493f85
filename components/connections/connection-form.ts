import {
  CloudAccountSettings,
  type ConnectionKind,
  type ConnectionView,
  type CredentialKind,
  credentialOf,
  SqlServerSettings,
} from "@/lib/contracts/connection";
import { SaveConnectionInput } from "@/lib/contracts/connection-input";
import { readServerAddress } from "@/lib/contracts/server-address";
import type { MessageKey } from "@/lib/i18n/message-key";

/** The drawer's fields as typed. One shape for both kinds: a field that is not shown is not read. */
export interface ConnectionForm {
  name: string;
  host: string;
  by: "port" | "instance";
  port: string;
  instanceName: string;
  user: string;
  encrypt: SqlServerSettings["encrypt"];
  trustServerCertificate: boolean;
  regionId: string;
  credential: CredentialKind;
  accessKeyId: string;
  securityToken: string;
  expiresAt: string;
  rdsEndpoint: string;
  ramEndpoint: string;
  ossEndpoint: string;
  ossDomain: string;
  certificateAuthority: string;
  secret: string;
}

/** A text, or the one that tells how an address is written instead. */
type FormError = MessageKey | { key: "connections.invalid.address.instead"; address: string };
export type FormErrors = Partial<Record<keyof ConnectionForm, FormError>>;

const EMPTY: ConnectionForm = {
  name: "",
  host: "",
  by: "port",
  port: "1433",
  instanceName: "",
  user: "",
  encrypt: "on",
  trustServerCertificate: false,
  regionId: "cn-hangzhou",
  credential: "access_key",
  accessKeyId: "",
  securityToken: "",
  expiresAt: "",
  rdsEndpoint: "",
  ramEndpoint: "",
  ossEndpoint: "",
  ossDomain: "",
  certificateAuthority: "",
  secret: "",
};

/** The form of a saved connection, or an empty one. The secret never comes back from the server. */
export function formOf(connection: ConnectionView | null): ConnectionForm {
  if (connection === null) return EMPTY;
  if (connection.kind === "sql_server") {
    const { settings } = connection;
    return {
      ...EMPTY,
      name: connection.name,
      host: settings.host,
      by: settings.instanceName === null ? "port" : "instance",
      port: settings.port === null ? "" : String(settings.port),
      instanceName: settings.instanceName ?? "",
      user: settings.user,
      encrypt: settings.encrypt,
      trustServerCertificate: settings.trustServerCertificate,
      certificateAuthority: settings.certificateAuthority ?? "",
    };
  }
  const { settings } = connection;
  return {
    ...EMPTY,
    name: connection.name,
    regionId: settings.regionId,
    credential: credentialOf(settings),
    accessKeyId: settings.accessKeyId,
    expiresAt: settings.expiresAt ?? "",
    rdsEndpoint: settings.rdsEndpoint ?? "",
    ramEndpoint: settings.ramEndpoint ?? "",
    ossEndpoint: settings.ossEndpoint ?? "",
    ossDomain: settings.ossDomain ?? "",
    certificateAuthority: settings.certificateAuthority ?? "",
  };
}

export type ReadForm = { ok: true; input: SaveConnectionInput } | { ok: false; errors: FormErrors };

/** Checks the form by the server's own schemas. `keepsSecret`: an empty secret stands for the saved one. */
export function readForm(kind: ConnectionKind, form: ConnectionForm, keepsSecret: boolean): ReadForm {
  const settings = kind === "sql_server" ? sqlServerOf(form) : cloudAccountOf(form);
  // A stand-in lets the schema check everything else; it is taken out again below.
  const needsNone = kind === "cloud_account" && form.credential === "default_chain";
  const stands = keepsSecret && form.secret === "" && !needsNone;
  const withToken = kind === "cloud_account" && form.credential === "sts";
  const parsed = SaveConnectionInput.safeParse({
    kind,
    name: form.name,
    settings,
    secret: needsNone ? "" : stands ? "-" : form.secret,
    ...(withToken ? { securityToken: stands ? "-" : form.securityToken } : {}),
  });
  const errors: FormErrors = addressError(kind, form);
  if (parsed.success && errors.host === undefined)
    return { ok: true, input: stands ? withoutSecrets(parsed.data) : parsed.data };
  for (const issue of parsed.error?.issues ?? []) {
    const field = fieldOf(issue.path);
    if (field) errors[field] ??= messageOf(field, form, issue.code);
  }
  return { ok: false, errors };
}

function withoutSecrets(input: SaveConnectionInput): SaveConnectionInput {
  if (input.kind === "sql_server") return { ...input, secret: "" };
  const { securityToken: _standIn, ...rest } = input;
  return { ...rest, secret: "" };
}

function sqlServerOf(form: ConnectionForm) {
  const address = splitAddress(form);
  return {
    ...address,
    user: form.user,
    encrypt: form.encrypt,
    trustServerCertificate: form.encrypt === "off" ? false : form.trustServerCertificate,
    ...authorityOf(form),
  };
}

function authorityOf({ certificateAuthority }: ConnectionForm): { certificateAuthority?: string } {
  return certificateAuthority.trim() === "" ? {} : { certificateAuthority };
}

/** An address as SQL Server's own tools take it counts as typed into its fields; what names no port or instance leaves them. */
function splitAddress(form: ConnectionForm) {
  const read = readServerAddress(form.host);
  // Refused: the schema would take it for the name of a host.
  if (!read.ok) return { host: form.host, port: null, instanceName: null };
  const { host, port, instanceName } = read.address;
  if (port !== null || instanceName !== null) return { host, port, instanceName };
  return {
    host,
    port: form.by === "port" ? numberOf(form.port) : null,
    instanceName: form.by === "instance" ? form.instanceName : null,
  };
}

function addressError(kind: ConnectionKind, form: ConnectionForm): FormErrors {
  const read = readServerAddress(kind === "sql_server" ? form.host : "");
  if (read.ok) return {};
  const { problem, instead } = read;
  return {
    host:
      instead === null
        ? `connections.invalid.address.${problem}`
        : { key: "connections.invalid.address.instead", address: instead },
  };
}

function cloudAccountOf(form: ConnectionForm) {
  const own = form.credential !== "default_chain";
  return {
    regionId: form.regionId,
    credential: form.credential,
    accessKeyId: own ? form.accessKeyId : "",
    ...(form.credential === "sts" ? { expiresAt: form.expiresAt.trim() || null } : {}),
    rdsEndpoint: form.rdsEndpoint.trim() || null,
    ramEndpoint: form.ramEndpoint.trim() || null,
    ossEndpoint: form.ossEndpoint.trim() || null,
    ossDomain: form.ossDomain.trim() || null,
    ...authorityOf(form),
  };
}

/** `settings.host` and `secret` alike → the field of the form; null for what has none. */
export function fieldOf(path: readonly PropertyKey[]): keyof ConnectionForm | null {
  const last = path.at(-1);
  return typeof last === "string" && isField(last) ? last : null;
}

function isField(name: string): name is keyof ConnectionForm {
  return name in EMPTY;
}

function messageOf(field: keyof ConnectionForm, form: ConnectionForm, code: string): MessageKey {
  if (field === "port") return "connections.invalid.port";
  if (String(form[field]).trim() === "") return "connections.invalid.required";
  if (field === "user") return "connections.invalid.login";
  if (field === "expiresAt") return "connections.invalid.instant";
  if (field === "regionId") return "connections.invalid.region";
  if (field === "certificateAuthority") return "connections.invalid.pem";
  if (field.endsWith("Endpoint") || field === "ossDomain") return "connections.invalid.url";
  return code === "too_big" ? "connections.invalid.tooLong" : "connections.invalid.required";
}

/** Whole digits only: `1433 ` is a port, `14e2` and the empty text are not. */
function numberOf(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Fields in the order of the drawer, so that the first wrong one can take focus. */
export const FIELD_ORDER: Record<ConnectionKind, readonly (keyof ConnectionForm)[]> = {
  sql_server: ["name", ...keysOf(SqlServerSettings.shape), "secret"],
  cloud_account: [
    "name",
    "regionId",
    "accessKeyId",
    "secret",
    "securityToken",
    ...keysOf(CloudAccountSettings.shape),
  ],
};

function keysOf(shape: object): (keyof ConnectionForm)[] {
  return Object.keys(shape).filter(isField);
}
