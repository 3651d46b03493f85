import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { apiGet, apiSend } from "./api";
import { ApiProblem } from "./api-problem";
import { proving } from "./proving";

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

describe("a call that wants the password again", () => {
  const refusal = {
    type: "urn:chainferry:problem:reauthentication_required",
    title: "t",
    status: 401,
    code: "unauthorized",
    reason: "reauthentication_required",
    params: { by: "password" },
    requestId: "r-1",
    provider: null,
    invalidParams: [],
  };
  const sent: string[] = [];
  const serve = () => {
    vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
      sent.push(String(init.body));
      const isProved = sent.length > 1;
      return Promise.resolve(
        new Response(JSON.stringify(isProved ? { answer: 1 } : refusal), { status: isProved ? 200 : 401 }),
      );
    });
  };
  afterEach(() => {
    vi.unstubAllGlobals();
    proving.ask = null;
    sent.length = 0;
  });

  it("leads to the sign-in page where nobody is signed in, but not who is on the way out", async () => {
    const assign = vi.fn();
    vi.stubGlobal("location", { pathname: "/records", assign });
    vi.stubGlobal("fetch", () =>
      Promise.resolve(
        new Response(JSON.stringify({ ...refusal, reason: "sign_in_needed" }), { status: 401 }),
      ),
    );
    proving.left = true;
    await problemOf(apiSend("POST", "/x", {}, schema));
    expect(assign).not.toHaveBeenCalled();
    proving.left = false;
    await problemOf(apiSend("POST", "/x", {}, schema));
    expect(assign).toHaveBeenCalledWith("/sign-in?next=/records");
  });

  it("is sent once more, as it was, when the person has shown who they are", async () => {
    serve();
    proving.ask = ({ params }) => Promise.resolve(params.by === "password");
    expect(await apiSend("POST", "/x", { name: "cutover" }, schema)).toEqual({ answer: 1 });
    expect(sent).toEqual([JSON.stringify({ name: "cutover" }), JSON.stringify({ name: "cutover" })]);
  });

  it("fails as refused when they have not, or nobody can ask them", async () => {
    serve();
    proving.ask = () => Promise.resolve(false);
    expect((await problemOf(apiSend("POST", "/x", {}, schema))).reason).toBe("reauthentication_required");
    sent.length = 0;
    proving.ask = null;
    expect((await problemOf(apiSend("POST", "/x", {}, schema))).reason).toBe("reauthentication_required");
    expect(sent.length).toBe(1);
  });
});
