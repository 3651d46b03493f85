import { expect, test } from "vitest";
import { classifyRdsError } from "./classify-rds-error";

/** As @alicloud/openapi-core builds them from an error answer. */
function answered(name: string, statusCode: number, code: string, message = "Plain words."): Error {
  return Object.assign(new Error(`${code}: code: ${statusCode}, ${message} request id: R-1`), {
    name,
    statusCode,
    code,
    requestId: "R-1",
    detail: "undefined",
    data: { RequestId: "R-1", HostId: "rds.aliyuncs.com", Code: code, Message: message },
  });
}

test.each([
  [404, "InvalidAccessKeyId.NotFound", "auth"],
  [400, "SignatureDoesNotMatch", "auth"],
  [400, "IncompleteSignature", "auth"],
  [403, "Forbidden.RAM", "forbidden"],
  [403, "Forbidden.SomethingElse", "forbidden"],
  [404, "EntityNotExist.Role", "forbidden"],
  [404, "InvalidDBInstanceId.NotFound", "not_found"],
  [400, "InvalidMigrateTask", "not_found"],
  [404, "BakFilesNeeded", "not_found"],
  [403, "InvalidInstanceState", "conflict"],
  [403, "IncorrectDBInstanceState", "conflict"],
  [400, "InvalideStatus", "conflict"],
  [400, "ExceedUploadTime", "quota"],
  [400, "UploadLimitExceeded", "quota"],
  [400, "ExceedDiskSize", "quota"],
  [400, "DatabaseMustOnline", "invalid"],
  [400, "InvalidOssObjectStorageClassType", "invalid"],
  [403, "InvalidOssObjectPositions.Format", "invalid"],
  [400, "NeverHeardOf", "invalid"],
  [404, "NeverHeardOf", "not_found"],
])("ClientError %d %s is %s", (status, code, kind) => {
  const { fields } = classifyRdsError(answered("ClientError", status, code), { changes: true });
  expect(fields).toMatchObject({
    system: "rds",
    kind,
    providerCode: code,
    providerMessage: "Plain words.",
    providerRequestId: "R-1",
    httpStatus: status,
    mayHaveHappened: false,
  });
});

test("throttling by name and code, with the wait asked for, was refused", () => {
  const error = Object.assign(answered("ThrottlingError", 503, "Throttling.User"), { retryAfter: 400 });
  expect(classifyRdsError(error, { changes: true }).fields).toMatchObject({
    kind: "throttled",
    retryAfterMs: 400,
    mayHaveHappened: false,
  });
});

const shapes: [string, Error, string, string | null, boolean][] = [
  ["a 500", answered("ServerError", 500, "ExternalFailure"), "unavailable", "ExternalFailure", true],
  [
    "a page",
    new SyntaxError("Unexpected token '<', \"<html>\" is not valid JSON"),
    "unavailable",
    "BadAnswer",
    true,
  ],
  [
    "an answer of another shape",
    new Error("type of Items is mismatch, expect object, but string"),
    "unavailable",
    "BadAnswer",
    true,
  ],
  [
    "silence",
    Object.assign(new Error("ReadTimeout(3000). POST http://x/?DBName=secret failed."), {
      name: "RequestTimeoutError",
    }),
    "timeout",
    "RequestTimeout",
    true,
  ],
  [
    "a reset",
    Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
    "unavailable",
    "ECONNRESET",
    true,
  ],
  [
    "nobody there",
    Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
    "unavailable",
    "ECONNREFUSED",
    false,
  ],
  [
    "no such host",
    Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }),
    "unavailable",
    "ENOTFOUND",
    false,
  ],
  [
    "a parameter the SDK refuses",
    Object.assign(new Error("SDK.ValidateError: x is required."), {
      name: "BaseError",
      code: "SDK.ValidateError",
    }),
    "invalid",
    "SDK.ValidateError",
    false,
  ],
];

test.each(shapes)("after %s", (_, error, kind, code, mayHaveHappened) => {
  expect(classifyRdsError(error, { changes: true }).fields).toMatchObject({
    kind,
    providerCode: code,
    mayHaveHappened,
  });
  expect(classifyRdsError(error).fields.mayHaveHappened).toBe(false);
});

test("the text `undefined` is nothing, secrets are hidden, the SDK's error stays behind", () => {
  const error = Object.assign(answered("ClientError", 400, "X", "with s3cr3t inside"), {
    requestId: "undefined",
    data: { Message: "with s3cr3t inside" },
  });
  const classified = classifyRdsError(error, { secrets: ["s3cr3t", ""] });
  expect(classified.fields).toMatchObject({ providerRequestId: null, providerMessage: "with *** inside" });
  expect(classified.cause).toBeUndefined();
});

test("a request that the SDK appends to its words is not told", () => {
  const hungUp = Object.assign(
    new Error("socket hang upPOST http://127.0.0.1:1/?DBInstanceId=rm-1&DBName=orders failed."),
    { code: "ECONNRESET" },
  );
  const { fields } = classifyRdsError(hungUp, { changes: true });
  expect(fields).toMatchObject({ kind: "unavailable", providerCode: "ECONNRESET", mayHaveHappened: true });
  expect(fields.providerMessage).not.toMatch(/POST|rm-1|hang up/);
});

test("a proxy's refusal is told, and nothing has happened", () => {
  const error = Object.assign(new Error("The proxy p:1 asks for a login."), {
    name: "ProxyAuthenticationRequired",
    code: "ProxyAuthenticationRequired",
  });
  expect(classifyRdsError(error, { changes: true }).fields).toMatchObject({
    providerCode: "ProxyAuthenticationRequired",
    providerMessage: "The proxy p:1 asks for a login.",
    mayHaveHappened: false,
  });
});
