import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import type { InSpan, SpanAttributes, SpanStart } from "@/lib/diagnosis/in-span";
import { traceRequest } from "./trace-request";

async function trace(method: string, url: string) {
  const spans: (SpanStart & { noted: SpanAttributes[] })[] = [];
  const inSpan: InSpan = (span, work) => {
    const noted: SpanAttributes[] = [];
    spans.push({ ...span, noted });
    return work((more) => noted.push(more));
  };
  const request = Object.assign(new IncomingMessage(new Socket()), { method, url });
  const response = new ServerResponse(request);
  await traceRequest(inSpan, request, response, async () => {
    response.statusCode = 409;
    response.setHeader("x-request-id", "r-1");
  });
  return spans;
}

test("an address is told by its kinds of things: no id, no name, no query", async () => {
  const [span] = await trace("POST", "/api/migrations/cm4x7abc/steps/Sales%20DB/retry?token=hush");
  expect(span).toEqual({
    name: "POST /api/migrations/{}/steps/{}/retry",
    kind: "server",
    attributes: {
      "http.request.method": "POST",
      "http.route": "/api/migrations/{}/steps/{}/retry",
    },
    noted: [{ "http.response.status_code": 409, "chainferry.request_id": "r-1" }],
  });
});

test.each(["/_next/static/a.js", "/api/migrations/m1/stream"])("%s is not traced", async (url) => {
  expect(await trace("GET", url)).toEqual([]);
});
