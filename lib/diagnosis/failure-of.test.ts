import { describe, expect, test } from "vitest";
import { AppError } from "./app-error";
import { CLOUD_CALLS } from "./cloud-calls";
import { ExternalError, type ExternalErrorFields, type ExternalErrorKind } from "./external-error";
import { failureOf } from "./failure-of";
import { APP_REASONS, EXTERNAL_REASONS, FIELD_REASONS } from "./failure-reasons";

function external(fields: Partial<ExternalErrorFields>): ExternalError {
  return new ExternalError({
    system: "sql_server",
    kind: "unavailable",
    providerCode: null,
    providerMessage: "words",
    providerRequestId: null,
    mayHaveHappened: false,
    ...fields,
  });
}

describe("SQL Server", () => {
  test.each([
    ["18456", "Login failed for user 'sa'.", "sql_login_failed"],
    ["ELOGIN", "Login failed for user 'sa'.", "sql_login_failed"],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND prod", "sql_host_not_found"],
    ["ESOCKET", "Failed to connect to prod:1433 - getaddrinfo ENOTFOUND prod", "sql_host_not_found"],
    [
      "ESOCKET",
      "Failed to connect to 10.0.0.5:1433 - connect ECONNREFUSED 10.0.0.5:1433",
      "sql_port_refused",
    ],
    ["ETLS", "Failed to connect to prod:1433 - self-signed certificate", "sql_tls_untrusted"],
    ["ETLS", "Hostname/IP does not match certificate's altnames", "sql_tls_untrusted"],
    ["ETLS", "write EPROTO error:0A000102:SSL routines::unsupported protocol", "sql_tls_refused"],
    ["EENCRYPT", "Server requires encryption", "sql_tls_required"],
    ["ETIMEOUT", "Failed to connect to prod:1433 in 15000ms", "sql_timeout"],
    ["EINSTLOOKUP", "Failed to get response from SQL Server Browser", "sql_instance_not_found"],
    ["3201", "Cannot open backup device", "sql_backup_device"],
    [
      "4214",
      "BACKUP LOG cannot be performed because there is no current database backup.",
      "sql_log_needs_full",
    ],
    ["229", "The SELECT permission was denied", "sql_forbidden"],
    ["99999", "Something new", "sql_failed"],
  ])("%s %s -> %s", (providerCode, providerMessage, reason) => {
    const kind: ExternalErrorKind = providerCode === "99999" ? "invalid" : "unavailable";
    expect(failureOf(external({ providerCode, providerMessage, kind })).reason).toBe(reason);
  });
});

describe("OSS and RDS", () => {
  test.each([
    ["oss", "NoSuchBucket", "not_found", "oss_no_such_bucket"],
    ["oss", "AccessDenied", "forbidden", "oss_forbidden"],
    ["oss", "SignatureDoesNotMatch", "auth", "oss_signature"],
    ["oss", "SomethingNew", "invalid", "oss_failed"],
    ["oss", null, "timeout", "oss_timeout"],
    ["rds", "InvalidAccessKeyId.NotFound", "auth", "rds_access_key_unknown"],
    ["rds", "SignatureDoesNotMatch", "auth", "rds_signature"],
    ["rds", "Forbidden.RAM", "forbidden", "rds_forbidden"],
    ["rds", "Throttling.User", "throttled", "rds_throttled"],
    ["rds", "EntityNotExist.Role", "not_found", "rds_import_role_missing"],
    ["rds", "ExceedUploadTime", "quota", "rds_daily_limit"],
    ["rds", "UploadLimitExceeded", "quota", "rds_daily_limit"],
    ["rds", "OrderStatus.UnPaid", "forbidden", "rds_payment"],
    ["rds", "Pay.InsufficientBalance", "invalid", "rds_payment"],
    ["rds", "Order.NoRealNameAuthentication", "forbidden", "rds_payment"],
    ["rds", "Payload.Invalid", "invalid", "rds_failed"],
    ["rds", "UnsupportedOperation", "invalid", "rds_unsupported_operation"],
    ["rds", "BackupJobExists", "conflict", "rds_backup_running"],
    ["rds", "DbRestoring", "conflict", "rds_database_restoring"],
    ["rds", "InvalidTaskType.Invalid", "conflict", "rds_task_not_stoppable"],
    ["oss", "UserOverdue", "quota", "oss_payment"],
    ["rds", "SomethingNew", "invalid", "rds_failed"],
    ["rds", "SomethingNew", "unavailable", "rds_unavailable"],
    ["rds", "constructor", "invalid", "rds_failed"],
  ] as const)("%s %s (%s) -> %s", (system, providerCode, kind, reason) => {
    expect(failureOf(external({ system, providerCode, kind })).reason).toBe(reason);
  });
});

test("the provider's code, words and request id are kept", () => {
  const error = external({ system: "rds", kind: "invalid", providerCode: "X", providerRequestId: "R-1" });
  expect(failureOf(error)).toEqual({
    reason: "rds_failed",
    params: { code: "X" },
    system: "rds",
    providerCode: "X",
    providerMessage: "words",
    providerRequestId: "R-1",
  });
});

describe("a RAM user's refused call", () => {
  test.each(CLOUD_CALLS.filter(({ service }) => service !== "sts"))(
    "$service $call is told with what to add to the policy",
    ({ service, call, actions }) => {
      const system = service === "oss" ? "oss" : "rds";
      const providerCode = service === "oss" ? "AccessDenied" : "Forbidden.RAM";
      const { reason, params } = failureOf(external({ system, kind: "forbidden", providerCode, call }));
      expect(reason).toBe(`${system}_call_forbidden`);
      expect(params).toEqual({ code: providerCode, call, actions: actions.join(", ") });
    },
  );

  test("what is no refusal of a right, or of no known call, is told as before", () => {
    const forbidden = { system: "rds", kind: "forbidden" } as const;
    const reasonOf = (providerCode: string, call: string | null) =>
      failureOf(external({ ...forbidden, providerCode, call })).reason;
    expect(reasonOf("Forbidden.RAM", null)).toBe("rds_forbidden");
    expect(reasonOf("Forbidden.RAM", "somethingElse")).toBe("rds_forbidden");
    expect(reasonOf("OrderStatus.UnPaid", "createMigrateTask")).toBe("rds_payment");
  });
});

test("our own errors keep reason and params; of a bug nothing is told", () => {
  expect(failureOf(new AppError("conflict", "connection_in_use", { migrations: 2 }))).toMatchObject({
    reason: "connection_in_use",
    params: { migrations: 2 },
    system: null,
  });
  const bug = failureOf(new Error("planted"));
  expect(bug.reason).toBe("internal");
  expect(JSON.stringify(bug)).not.toContain("planted");
});

test("reasons are unique: each is one text", () => {
  const all: string[] = [...EXTERNAL_REASONS, ...APP_REASONS, ...FIELD_REASONS];
  expect(new Set(all).size).toBe(all.length);
});
