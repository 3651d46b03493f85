import {
  CloudAccountSettings,
  type ConnectionKind,
  type ConnectionView,
  SaveConnectionInput,
  SqlServerSettings,
} from "@/lib/contracts/connection";
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
  accessKeyId: string;
  rdsEndpoint: string;
  ramEndpoint: string;
  ossEndpoint: string;
  secret: string;
}

export type FormErrors = Partial<Record<keyof ConnectionForm, MessageKey>>;

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
  accessKeyId: "",
  rdsEndpoint: "",
  ramEndpoint: "",
  ossEndpoint: "",
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
    };
  }
  const { settings } = connection;
  return {
    ...EMPTY,
    name: connection.name,
    regionId: settings.regionId,
    accessKeyId: settings.accessKeyId,
    rdsEndpoint: settings.rdsEndpoint ?? "",
    ramEndpoint: settings.ramEndpoint ?? "",
    ossEndpoint: settings.ossEndpoint ?? "",
  };
}

export type ReadForm = { ok: true; input: SaveConnectionInput } | { ok: false; errors: FormErrors };

/** Checks the form by the server's own schemas. `keepsSecret`: an empty secret stands for the saved one. */
export function readForm(kind: ConnectionKind, form: ConnectionForm, keepsSecret: boolean): ReadForm {
  const settings =
    kind === "sql_server"
      ? {
          host: form.host,
          port: form.by === "port" ? numberOf(form.port) : null,
          instanceName: form.by === "instance" ? form.instanceName : null,
          user: form.user,
          encrypt: form.encrypt,
          trustServerCertificate: form.encrypt === "off" ? false : form.trustServerCertificate,
        }
      : {
          regionId: form.regionId,
          accessKeyId: form.accessKeyId,
          rdsEndpoint: form.rdsEndpoint.trim() || null,
          ramEndpoint: form.ramEndpoint.trim() || null,
          ossEndpoint: form.ossEndpoint.trim() || null,
        };
  // A stand-in lets the schema check everything else; it is taken out again below.
  const stands = keepsSecret && form.secret === "";
  const parsed = SaveConnectionInput.safeParse({
    kind,
    name: form.name,
    settings,
    secret: stands ? "-" : form.secret,
  });
  if (parsed.success) {
    return { ok: true, input: stands ? { ...parsed.data, secret: "" } : parsed.data };
  }
  const errors: FormErrors = {};
  for (const issue of parsed.error.issues) {
    const field = fieldOf(issue.path);
    if (field) errors[field] ??= messageOf(field, form, issue.code);
  }
  return { ok: false, errors };
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
  if (field === "regionId") return "connections.invalid.region";
  if (field.endsWith("Endpoint")) return "connections.invalid.url";
  return code === "too_big" ? "connections.invalid.tooLong" : "connections.invalid.required";
}

/** Whole digits only: `1433 ` is a port, `14e2` and the empty text are not. */
function numberOf(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
}

/** Fields in the order of the drawer, so that the first wrong one can take focus. */
export const FIELD_ORDER: Record<ConnectionKind, readonly (keyof ConnectionForm)[]> = {
  sql_server: ["name", ...keysOf(SqlServerSettings.shape), "secret"],
  cloud_account: ["name", "regionId", "accessKeyId", "secret", ...keysOf(CloudAccountSettings.shape)],
};

function keysOf(shape: object): (keyof ConnectionForm)[] {
  return Object.keys(shape).filter(isField);
}
