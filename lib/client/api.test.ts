import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { apiGet, apiSend } from "./api";
import { ApiProblem } from "./api-problem";

const schema = z.object({ answer: z.number() });

function answer(status: number, body: string) {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body === "" ? null : body, { status })));
}

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiProblem)) throw new Error(`not a problem: ${String(error)}`);
  return error;
}

describe("apiGet and apiSend", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("gives what the schema lets through", async () => {
    answer(200, '{"answer":42,"more":true}');
    expect(await apiGet("/x", schema)).toEqual({ answer: 42 });
    answer(204, "");
    expect(await apiSend("DELETE", "/x", null, z.null())).toBeNull();
  });

  it("keeps the server's problem, its request id and params", async () => {
    const problem = {
      type: "about:blank",
      title: "t",
      status: 412,
      code: "precondition_failed",
      reason: "draft_has_blockers",
      params: { count: 2 },
      requestId: "r-1",
      provider: null,
      invalidParams: [],
    };
    answer(412, JSON.stringify(problem));
    const error = await problemOf(apiGet("/x", schema));
    expect([error.reason, error.requestId, error.params, error.status]).toEqual([
      "draft_has_blockers",
      "r-1",
      { count: 2 },
      412,
    ]);
  });

  it("turns what is no problem into one: HTML of a proxy, a wrong shape, no network", async () => {
    answer(502, "<html>Bad Gateway</html>");
    expect((await problemOf(apiGet("/x", schema))).reason).toBe("server_unavailable");
    answer(404, "");
    expect((await problemOf(apiGet("/x", schema))).code).toBe("not_found");
    answer(200, '{"answer":"x"}');
    expect((await problemOf(apiGet("/x", schema))).reason).toBe("unexpected_answer");
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect((await problemOf(apiGet("/x", schema))).reason).toBe("offline");
  });

  it("lets an aborted call throw its abort", async () => {
    const abort = new AbortController();
    vi.stubGlobal("fetch", () => Promise.reject(new DOMException("aborted", "AbortError")));
    abort.abort();
    await expect(apiGet("/x", schema, { signal: abort.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
