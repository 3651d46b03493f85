export const EXTERNAL_SYSTEMS = ["sql_server", "oss", "rds"] as const;
export type ExternalSystem = (typeof EXTERNAL_SYSTEMS)[number];

/** What went wrong with somebody else's service, classified once, in the adapter. */
export type ExternalErrorKind =
  | "auth"
  | "forbidden"
  | "not_found"
  | "throttled"
  | "timeout"
  | "unavailable"
  | "conflict"
  | "invalid"
  | "quota";

export interface ExternalErrorFields {
  system: ExternalSystem;
  kind: ExternalErrorKind;
  /** SQL Server's error number, OSS's or RDS's Code. */
  providerCode: string | null;
  /** The provider's own words, secrets removed. */
  providerMessage: string;
  providerRequestId: string | null;
  /** The call that failed, as `CLOUD_CALLS` names it, where the adapter knows it. */
  call?: string | null;
  httpStatus?: number | null;
  /** Milliseconds the provider asked us to wait. */
  retryAfterMs?: number | null;
  /** Whether the call may have had its effect although no answer came: look before repeating. */
  mayHaveHappened: boolean;
}

/** Thrown by adapters only. The message is the provider's; the UI shows texts by `kind` and `providerCode`. */
export class ExternalError extends Error {
  readonly fields: ExternalErrorFields;

  constructor(fields: ExternalErrorFields, options?: { cause?: unknown }) {
    super(`${fields.system}: ${fields.providerCode ?? fields.kind}: ${fields.providerMessage}`, options);
    this.name = "ExternalError";
    this.fields = fields;
  }
}

/** By shape, not instanceof: server bundles may each hold a copy of the class. */
export function isExternalError(error: unknown): error is ExternalError {
  return error instanceof Error && error.name === "ExternalError" && "fields" in error;
}
