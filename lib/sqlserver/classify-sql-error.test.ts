import { describe, expect, test } from "vitest";
import { classifySqlError } from "./classify-sql-error";

/** As mssql throws: the last ERROR token, the ones before it beside it. Shapes recorded from runs of the driver. */
function serverError(...tokens: [number, string][]): Error {
  const errors = tokens.map(([number, message]) =>
    Object.assign(new Error(message), {
      name: "RequestError",
      code: "EREQUEST",
      number,
      class: 16,
      state: 1,
    }),
  );
  const last = errors.pop() ?? new Error("no token");
  return Object.assign(last, { precedingErrors: errors });
}

/** A connection that failed: mssql around tedious around the socket. */
function connectionError(code: string, message: string, cause?: Error): Error {
  const original = Object.assign(new Error(message, { cause }), { code });
  return Object.assign(new Error(message), { name: "ConnectionError", code, originalError: original });
}

/** A request whose connection broke: mssql puts the system's code into `number` too. */
function lostConnection(): Error {
  const original = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  return Object.assign(new Error("socket hang up"), {
    name: "RequestError",
    code: "ECONNRESET",
    number: "ECONNRESET",
    originalError: original,
    precedingErrors: [],
  });
}

const socketError = (code: string, message = code) => Object.assign(new Error(message), { code });

test.each([
  [18456, "auth"],
  [18487, "auth"],
  [229, "forbidden"],
  [262, "forbidden"],
  [297, "forbidden"],
  [916, "forbidden"],
  [3110, "forbidden"],
  [911, "not_found"],
  [3023, "conflict"],
  [3035, "conflict"],
  [3101, "conflict"],
  [4208, "conflict"],
  [4214, "conflict"],
  [1105, "quota"],
  [9002, "quota"],
  [3257, "quota"],
  [1222, "timeout"],
  [6005, "unavailable"],
  [1844, "invalid"],
  [3241, "invalid"],
  [102, "invalid"],
  [999_999, "invalid"],
])("%d is %s", (number, kind) => {
  expect(classifySqlError(serverError([number, "text"])).fields).toMatchObject({
    kind,
    providerCode: String(number),
    mayHaveHappened: false,
  });
});

describe("a failed BACKUP", () => {
  test.each([
    ["Cannot open backup device 'D:\\B\\x.bak'. Operating system error 5(Access is denied.).", "forbidden"],
    [
      "Cannot open backup device 'D:\\B\\x.bak'. Operating system error 3(The system cannot find).",
      "not_found",
    ],
    [
      "Gerät 'D:\\1(2)\\x.bak' kann nicht geöffnet werden. Betriebssystemfehler 32(In Verwendung).",
      "conflict",
    ],
    ["Cannot open backup device 'D:\\B\\x.bak'. Operating system error 4711(?).", "unavailable"],
    ["Cannot open backup device.", "unavailable"],
  ])("%s", (message, kind) => {
    const error = serverError([3201, message], [3013, "BACKUP DATABASE is terminating abnormally."]);
    expect(classifySqlError(error).fields).toMatchObject({
      kind,
      providerCode: "3201",
      providerMessage: message,
    });
  });

  test("a full disk is a quota", () => {
    const write = 'Write on "D:\\B\\x.bak" failed: 112(There is not enough space on the disk.)';
    const error = serverError([3202, write], [3013, "BACKUP LOG is terminating abnormally."]);
    expect(classifySqlError(error).fields).toMatchObject({ kind: "quota", providerCode: "3202" });
  });

  test("with nothing but its summary keeps that", () => {
    expect(classifySqlError(serverError([3013, "terminating"])).fields.providerCode).toBe("3013");
  });
});

describe("connections", () => {
  test("a wrong host, a wrong port, a silent one", () => {
    const host = connectionError("ESOCKET", "Failed to connect", socketError("ENOTFOUND"));
    expect(classifySqlError(host).fields).toMatchObject({ kind: "unavailable", providerCode: "ENOTFOUND" });
    const tries = Object.assign(
      new AggregateError([socketError("ECONNREFUSED", "connect ECONNREFUSED ::1:1")]),
      {
        message: "Could not connect (sequence)",
      },
    );
    const port = connectionError("ESOCKET", "Failed to connect to x - Could not connect (sequence)", tries);
    expect(classifySqlError(port).fields).toMatchObject({
      kind: "unavailable",
      providerCode: "ECONNREFUSED",
      providerMessage: "connect ECONNREFUSED ::1:1",
    });
    const silent = connectionError("ETIMEOUT", "Failed to connect to x:1433 in 15000ms");
    expect(classifySqlError(silent).fields).toMatchObject({ kind: "timeout", providerCode: "ETIMEOUT" });
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "ETLS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ETLS"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "ETLSNAME"],
    ["CERT_HAS_EXPIRED", "ETLSEXPIRED"],
    ["ERR_SSL_UNSUPPORTED_PROTOCOL", "ETLSVERSION"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "ETLSVERSION"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "ETLSHANDSHAKE"],
    ["EPROTO", "ETLSHANDSHAKE"],
  ])("%s is TLS", (code, expected) => {
    const error = connectionError("ESOCKET", "Failed to connect", socketError(code, "self-signed"));
    expect(classifySqlError(error).fields).toMatchObject({
      kind: "unavailable",
      providerCode: expected,
      providerMessage: "self-signed",
    });
  });

  test("a server that wants encryption", () => {
    const error = connectionError("EENCRYPT", "Server requires encryption");
    expect(classifySqlError(error).fields).toMatchObject({ kind: "invalid", providerCode: "EENCRYPT" });
  });

  test("a refused login, with the number the driver drops", () => {
    const error = connectionError("ELOGIN", "Login failed for user 'sa'.");
    expect(classifySqlError(error).fields).toMatchObject({ kind: "auth", providerCode: "ELOGIN" });
    expect(classifySqlError(error, { loginErrors: [{ number: 18456, state: 1 }] }).fields).toMatchObject({
      kind: "auth",
      providerCode: "18456",
    });
    expect(
      classifySqlError(error, {
        loginErrors: [
          { number: 4060, state: 1 },
          { number: 18456, state: 1 },
        ],
      }).fields.kind,
    ).toBe("forbidden");
  });

  test("no free connection in the pool", () => {
    const error = Object.assign(new Error("Failed to acquire a connection"), { name: "TimeoutError" });
    expect(classifySqlError(error, { changes: true }).fields).toMatchObject({
      kind: "timeout",
      providerCode: "EPOOL",
      mayHaveHappened: false,
    });
  });
});

describe("whether it may have happened", () => {
  test("a change whose connection was lost", () => {
    expect(classifySqlError(lostConnection(), { changes: true }).fields).toMatchObject({
      kind: "unavailable",
      providerCode: "ECONNRESET",
      mayHaveHappened: true,
    });
  });
  test("not a read", () => {
    expect(classifySqlError(lostConnection()).fields.mayHaveHappened).toBe(false);
  });
  test("not when no connection was made", () => {
    const error = connectionError("ESOCKET", "Failed to connect", socketError("ECONNREFUSED"));
    expect(classifySqlError(error, { changes: true }).fields.mayHaveHappened).toBe(false);
  });
  test("when the server acknowledged a cancel: the batch may have been done by then", () => {
    const error = Object.assign(new Error("Canceled."), { name: "RequestError", code: "ECANCEL" });
    expect(classifySqlError(error, { changes: true }).fields).toMatchObject({
      providerCode: "ECANCEL",
      mayHaveHappened: true,
    });
    expect(classifySqlError(error).fields.mayHaveHappened).toBe(false);
  });
  test("when a cancel was not acknowledged", () => {
    const error = Object.assign(new Error("Failed to cancel request in 5000ms"), {
      name: "RequestError",
      code: "ETIMEOUT",
    });
    expect(classifySqlError(error, { changes: true }).fields).toMatchObject({
      kind: "timeout",
      mayHaveHappened: true,
    });
  });
});

test("hides the password, and leaves the driver's error behind", () => {
  const error = classifySqlError(serverError([50_000, "user sa with pa$$w0rd"]), {
    secrets: ["pa$$w0rd", ""],
  });
  expect(error.fields.providerMessage).toBe("user sa with ***");
  expect(error.cause).toBeUndefined();
});
