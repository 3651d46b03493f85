import type { IncomingMessage, ServerResponse } from "node:http";
import type { InSpan } from "@/lib/diagnosis/in-span";

/** Nobody looks for these in traces: files of the build, and pages that stay open. */
const UNTRACED = /^\/_next\/|\/stream$/;
/** What a part of an address is, where it names a kind of thing and not one thing. */
const WORD = /^[a-z][a-z-]*$/;

/**
 * Does `work`, which answers the request, as a span: of its address the kinds of things are told, without what stands for one of them and
 * without its query. Attributes: https://opentelemetry.io/docs/specs/semconv/http/http-spans
 */
export function traceRequest(
  inSpan: InSpan,
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<void>,
): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (UNTRACED.test(path)) return work();
  const route = path
    .split("/")
    .map((part) => (part === "" || WORD.test(part) ? part : "{}"))
    .join("/");
  const method = request.method ?? "GET";
  return inSpan(
    {
      name: `${method} ${route}`,
      kind: "server",
      attributes: { "http.request.method": method, "http.route": route },
    },
    async (note) => {
      await work();
      const requestId = response.getHeader("x-request-id");
      note({
        "http.response.status_code": response.statusCode,
        ...(typeof requestId === "string" ? { "chainferry.request_id": requestId } : {}),
      });
    },
  );
}
