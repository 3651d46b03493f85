import { CLOUD_CALLS, type CloudCall } from "./cloud-calls";
import { deniedPermission } from "./denied-permission";
import type { ExternalErrorFields, ExternalErrorKind } from "./external-error";
import type { ExternalReason } from "./failure-reasons";
import { OSS_CODES } from "./oss-errors";
import { isPaymentCode, RDS_CODES } from "./rds-errors";
import { SQL_SERVER_CODES } from "./sql-server-errors";

type Fields = Pick<ExternalErrorFields, "system" | "kind" | "providerCode" | "providerMessage" | "call">;

/** The call of ours that failed, with the actions it needs; null when it is not known. */
export function callOf({ system, call }: Pick<Fields, "system" | "call">): CloudCall | null {
  const own = CLOUD_CALLS.filter(({ service }) => (service === "oss") === (system === "oss"));
  return own.find((known) => known.call === call) ?? null;
}

/** The key of the text that tells an external failure. Codes first, then Node's socket errors, then the kind. */
export function externalReason(fields: Fields): ExternalReason {
  const reason = bareReason(fields);
  if (callOf(fields) === null) return reason;
  if (reason === "rds_forbidden") return "rds_call_forbidden";
  return reason === "oss_forbidden" ? "oss_call_forbidden" : reason;
}

function bareReason(fields: Fields): ExternalReason {
  const code = fields.providerCode ?? "";
  switch (fields.system) {
    case "sql_server":
      if (fields.providerCode === "ETLS") return tlsReason(fields.providerMessage);
      if (fields.kind === "forbidden" && deniedPermission(fields.providerMessage)) return "sql_permission";
      return (
        SQL_SERVER_CODES.get(code)?.reason ?? socketReason(fields.providerMessage) ?? SQL_KINDS[fields.kind]
      );
    case "oss":
      return OSS_CODES.get(code)?.reason ?? OSS_KINDS[fields.kind];
    case "rds":
      return isPaymentCode(code) ? "rds_payment" : (RDS_CODES.get(code)?.reason ?? RDS_KINDS[fields.kind]);
  }
}

/** A handshake that failed: over the certificate, or over the protocol. */
function tlsReason(message: string): ExternalReason {
  return socketReason(message) === "sql_tls_refused" ? "sql_tls_refused" : "sql_tls_untrusted";
}

/** The driver gives every failed connection one code (ESOCKET) and says which in words: Node's own error names. */
function socketReason(message: string): ExternalReason | null {
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return "sql_host_not_found";
  if (/ECONNREFUSED/.test(message)) return "sql_port_refused";
  if (
    /self[- ]signed certificate|unable to verify the first certificate|unable to get (?:local )?issuer|certificate has expired|ERR_TLS_CERT|does not match certificate/i.test(
      message,
    )
  ) {
    return "sql_tls_untrusted";
  }
  if (
    /unsupported protocol|wrong version number|handshake failure|no shared cipher|dh key too small|ERR_SSL/i.test(
      message,
    )
  ) {
    return "sql_tls_refused";
  }
  if (/ECONNRESET|EPIPE|socket hang up|Connection lost/i.test(message)) return "sql_connection_lost";
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(message)) return "sql_timeout";
  return null;
}

const SQL_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "sql_login_failed",
  forbidden: "sql_forbidden",
  not_found: "sql_failed",
  throttled: "sql_failed",
  timeout: "sql_timeout",
  unavailable: "sql_connection_lost",
  conflict: "sql_failed",
  invalid: "sql_failed",
  quota: "sql_failed",
};

const OSS_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "oss_signature",
  forbidden: "oss_forbidden",
  not_found: "oss_failed",
  throttled: "oss_throttled",
  timeout: "oss_timeout",
  unavailable: "oss_unavailable",
  conflict: "oss_failed",
  invalid: "oss_failed",
  quota: "oss_failed",
};

const RDS_KINDS: Readonly<Record<ExternalErrorKind, ExternalReason>> = {
  auth: "rds_signature",
  forbidden: "rds_forbidden",
  not_found: "rds_failed",
  throttled: "rds_throttled",
  timeout: "rds_timeout",
  unavailable: "rds_unavailable",
  conflict: "rds_failed",
  invalid: "rds_failed",
  quota: "rds_failed",
};
