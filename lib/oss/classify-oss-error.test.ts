import { expect, test } from "vitest";
import { classifyOssError } from "./classify-oss-error";

/** As ali-oss builds them: `requestError` in its client, then what was thrown in a run against each answer. */
function answered(status: number, code: string | undefined, message: string): Error {
  return Object.assign(new Error(message), {
    name: code ? `${code}Error` : "UnknownError",
    status,
    code,
    requestId: "5C3D9175B6FC201293AD4890",
    params: { stream: "x" },
  });
}

function unanswered(name: string, status: -1 | -2): Error {
  return Object.assign(new Error("it broke"), { name, status, code: name });
}

test.each([
  [answered(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist."), "auth"],
  [answered(403, "SignatureDoesNotMatch", "The request signature we calculated does not match."), "auth"],
  [answered(403, "RequestTimeTooSkewed", "The difference is too large."), "auth"],
  [answered(403, "AccessDenied", "You have no right to access this object."), "forbidden"],
  [answered(404, "NoSuchBucket", "The specified bucket does not exist."), "not_found"],
  [answered(404, "NoSuchUpload", "The specified upload does not exist."), "not_found"],
  [answered(400, "InvalidPart", "One or more parts could not be found."), "invalid"],
  [answered(503, "QpsLimitExceeded", "Please reduce your request rate."), "throttled"],
  [answered(500, "InternalError", "Please contact the server administrator."), "unavailable"],
  [answered(400, "RequestTimeout", "Your socket connection was not read from."), "timeout"],
  [answered(403, undefined, "Unknow error, status: 403"), "forbidden"],
  [answered(502, undefined, "Unknow error, status: 502"), "unavailable"],
  [answered(418, "SomethingNew", "?"), "invalid"],
  [unanswered("ECONNREFUSED", -1), "unavailable"],
  [unanswered("ENOTFOUND", -1), "unavailable"],
  [unanswered("IdleTimeout", -2), "timeout"],
  [unanswered("ConnectTimeout", -2), "timeout"],
])("%s is %s", (error, kind) => {
  const { fields } = classifyOssError(error);
  expect(fields.kind).toBe(kind);
  expect(fields.providerCode).toBe(Reflect.get(error, "code") ?? null);
});

test("keeps the request id and the status", () => {
  const { fields } = classifyOssError(answered(404, "NoSuchKey", "gone"));
  expect(fields).toMatchObject({
    system: "oss",
    httpStatus: 404,
    providerRequestId: "5C3D9175B6FC201293AD4890",
    mayHaveHappened: false,
  });
});

test.each([
  ["a lost answer", unanswered("ECONNRESET", -1), true],
  ["silence", unanswered("IdleTimeout", -2), true],
  ["a server error", answered(500, "InternalError", "x"), true],
  ["a refusal", answered(403, "AccessDenied", "x"), false],
  ["no connection", unanswered("ECONNREFUSED", -1), false],
  ["no connection in time", unanswered("ConnectTimeout", -2), false],
])("after %s a change may have happened: %s", (_, error, expected) => {
  expect(classifyOssError(error, { changes: true }).fields.mayHaveHappened).toBe(expected);
  expect(classifyOssError(error).fields.mayHaveHappened).toBe(false);
});

test("reads Retry-After and the request id from the answer's head", () => {
  const answer = { status: 503, headers: { "retry-after": "7", "x-oss-request-id": "ABC" } };
  const { fields } = classifyOssError(new Error("bad xml\nraw xml: <html>proxy</html>"), { answer });
  expect(fields).toMatchObject({ retryAfterMs: 7000, providerRequestId: "ABC", providerMessage: "bad xml" });
  expect(fields.kind).toBe("unavailable");
});

test("a bucket name that ali-oss refuses itself", () => {
  const error = new Error("The bucket must be conform to the specifications");
  expect(classifyOssError(error).fields).toMatchObject({ providerCode: "InvalidBucketName" });
});

test("hides secrets and does not carry the client's error along", () => {
  const error = classifyOssError(answered(403, "AccessDenied", "sign with s3cr3t please"), {
    secrets: ["s3cr3t", ""],
  });
  expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain("s3cr3t");
  expect(error.cause).toBeUndefined();
});

test.each([
  [new TypeError("Cannot read properties of undefined (reading 'Owner')"), "BadAnswer"],
  [Object.assign(new Error("socket hang up"), { code: "ECONNRESET", status: -1 }), "ECONNRESET"],
  [
    Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:443"), { code: "ECONNREFUSED", status: -1 }),
    "ECONNREFUSED",
  ],
])("what the client stumbled over is told in words of ours: %s", (error, code) => {
  const { fields } = classifyOssError(error);
  expect(fields).toMatchObject({ providerCode: code, kind: "unavailable" });
  expect(fields.providerMessage).not.toContain(error.message);
  expect(fields.providerMessage).not.toBe("");
});

test("what OSS or the transport said is kept", () => {
  expect(classifyOssError(answered(403, "AccessDenied", "no right")).fields.providerMessage).toBe("no right");
  const timeout = Object.assign(unanswered("ConnectTimeout", -2), { message: "No connection to oss:443." });
  expect(classifyOssError(timeout).fields.providerMessage).toBe("No connection to oss:443.");
});

test("the public endpoint is refused for good", () => {
  const { fields } = classifyOssError(answered(400, "PublicEndpointForbidden", "Use a custom domain."));
  expect(fields).toMatchObject({ kind: "forbidden", mayHaveHappened: false });
});
