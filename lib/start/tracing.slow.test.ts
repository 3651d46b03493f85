import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Clients } from "@/lib/context/context";
import { only } from "@/lib/context/open-test-ctx";
import { ExternalError } from "@/lib/diagnosis/external-error";
import type { RdsAccount } from "@/lib/rds/rds-account";
import { tracedClients } from "./traced-client";
import { startTracing } from "./tracing";

const SECRET = "LTAI5tSecretKeyOfSomebody";
const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Traces = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              status: z.object({ code: z.number().optional() }),
              attributes: z.array(Attribute),
            }),
          ),
        }),
      ),
    }),
  ),
});

let collector: Server;
let came: { path: string; authorization: string | undefined; body: string }[];

beforeEach(async () => {
  came = [];
  collector = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (piece: string) => {
      body += piece;
    });
    request.on("end", () => {
      came.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
      response.setHeader("content-type", "application/json");
      response.end("{}");
    });
  });
  collector.listen(0, "127.0.0.1");
  await once(collector, "listening");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  collector.closeAllConnections();
  await new Promise((settle) => collector.close(settle));
});

function address(): string {
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
}

test("what is done in a span of another is below it, with its name, its outcome and no secret", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", address());
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer token-of-the-collector");
  vi.stubEnv("OTEL_SERVICE_NAME", "ferry-of-the-night");
  const tracing = await startTracing(process.env);
  if (tracing === null) throw new Error("nothing is traced");
  const account = only<RdsAccount>({
    listDatabases: async () => [],
    findTask: () =>
      Promise.reject(
        new ExternalError({
          ...{ system: "rds", kind: "throttled", mayHaveHappened: false, providerCode: "Throttling.User" },
          ...{ providerMessage: `too often with ${SECRET}`, providerRequestId: "R-1" },
        }),
      ),
  });
  const { rds } = tracedClients(only<Clients>({ rds: async () => account }), tracing.inSpan);
  await tracing.inSpan({ name: "step await_import", kind: "internal" }, async (note) => {
    const asked = await rds("cloud");
    await asked.listDatabases(SECRET);
    await expect(asked.findTask({ instanceId: "rm-1", taskId: SECRET })).rejects.toThrow();
    note({ "chainferry.outcome": "wait" });
  });
  await tracing.stop();
  expect(came.map(({ path, authorization }) => [path, authorization])).toEqual([
    ["/v1/traces", "Bearer token-of-the-collector"],
  ]);
  const text = came[0]?.body ?? "";
  expect(text).not.toContain(SECRET);
  const [told] = Traces.parse(JSON.parse(text)).resourceSpans;
  expect(told?.resource.attributes).toContainEqual({
    key: "service.name",
    value: { stringValue: "ferry-of-the-night" },
  });
  const spans = told?.scopeSpans.flatMap((scope) => scope.spans) ?? [];
  expect(spans.map(({ name }) => name)).toEqual(["rds listDatabases", "rds findTask", "step await_import"]);
  const [, failed, step] = spans;
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(failed?.parentSpanId).toBe(step?.spanId);
  expect(step?.parentSpanId ?? "").toBe("");
  expect(failed?.status.code).toBe(2);
  expect(failed?.attributes).toContainEqual({ key: "error.type", value: { stringValue: "throttled" } });
  expect(step?.attributes).toContainEqual({ key: "chainferry.outcome", value: { stringValue: "wait" } });
});

test.each([
  {},
  { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" },
  { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_TRACES_EXPORTER: "none" },
])("nothing is traced unless a collector is named: %o", async (environment) => {
  expect(await startTracing(environment)).toBeNull();
});

test("a collector that is not there keeps nobody, not even the end of the process", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
  const tracing = await startTracing(process.env);
  expect(await tracing?.inSpan({ name: "a", kind: "internal" }, async () => 7)).toBe(7);
  await expect(tracing?.stop()).resolves.toBeUndefined();
});
