import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { apiGet } from "./api";
import { setPassword } from "./session-queries";

afterEach(() => vi.unstubAllGlobals());

const answerOf = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const SIGN_IN_NEEDED = {
  ...{ type: "about:blank", title: "t", status: 401, code: "unauthorized", reason: "sign_in_needed" },
  ...{ params: {}, requestId: "r", provider: null, invalidParams: [] },
};

test("what was asked before the password was set is asked again, and leads nobody out", async () => {
  const assign = vi.fn();
  vi.stubGlobal("location", { pathname: "/profile", assign });
  let isSet = false;
  let refuseOld = () => {};
  const asked: string[] = [];
  vi.stubGlobal("fetch", (path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`);
    if (method === "PUT") {
      isSet = true;
      // The old session's answer comes before that to the change.
      refuseOld();
      return new Promise((settle) => setTimeout(() => settle(new Response(null, { status: 204 })), 20));
    }
    if (isSet) return Promise.resolve(answerOf(200, { n: 1 }));
    return new Promise((settle) => {
      refuseOld = () => settle(answerOf(401, SIGN_IN_NEEDED));
    });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const observer = new QueryObserver(client, {
    queryKey: ["keys"],
    queryFn: ({ signal }) => apiGet("/api/keys", z.object({ n: z.number() }), { signal }),
  });
  const stop = observer.subscribe(() => undefined);
  const change = new MutationObserver(client, setPassword(client));
  await change.mutate({ currentPassword: null, newPassword: "drei gelbe Kutschen" });
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toEqual({ n: 1 }), 20_000);
  expect(asked).toEqual(["GET /api/keys", "PUT /api/profile/password", "GET /api/keys"]);
  expect(assign).not.toHaveBeenCalled();
  stop();
});
