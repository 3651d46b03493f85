import type { IncomingMessage } from "node:http";
import { OssError } from "./oss-error";

/** A request as OSS understands it: bucket and key found, query decoded. */
export interface OssRequest {
  method: string;
  bucket: string | null;
  key: string | null;
  /** Decoded; a parameter without value has "". */
  query: ReadonlyMap<string, string>;
  incoming: IncomingMessage;
}

/** `bucket.oss-cn-hangzhou.aliyuncs.com`, or with nothing before the dot for a request about the account. */
const VIRTUAL_HOST = /^([a-z0-9-]*)\.oss-[a-z0-9-]+\.aliyuncs\.com(?::\d+)?$/;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new OssError("InvalidArgument", { message: "The request URI is not properly encoded." });
  }
}

function parseQuery(text: string): Map<string, string> {
  const query = new Map<string, string>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const cut = pair.indexOf("=");
    const name = cut < 0 ? pair : pair.slice(0, cut);
    query.set(
      decode(name.replaceAll("+", " ")),
      cut < 0 ? "" : decode(pair.slice(cut + 1).replaceAll("+", " ")),
    );
  }
  return query;
}

/**
 * Finds bucket and key: the bucket from a virtual host, else the first segment of the path. (`ali-oss` with an IP
 * endpoint sends the virtual host although it connects to the IP.) Throws OssError on an URI that can't be decoded.
 */
export function parseOssRequest(incoming: IncomingMessage): OssRequest {
  const [path = "/", queryText = ""] = splitOnce(incoming.url ?? "/", "?");
  const query = parseQuery(queryText);
  const method = incoming.method ?? "GET";
  const host = VIRTUAL_HOST.exec((incoming.headers.host ?? "").toLowerCase());
  const rest = decode(path).replace(/^\//, "");
  if (host !== null) {
    const bucket = host[1] ?? "";
    return { method, bucket: bucket === "" ? null : bucket, key: rest === "" ? null : rest, query, incoming };
  }
  const [bucket = "", key = ""] = splitOnce(rest, "/");
  return { method, bucket: bucket === "" ? null : bucket, key: key === "" ? null : key, query, incoming };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** A header's text, "" when absent. */
export function headerOf(request: OssRequest, name: string): string {
  const value = request.incoming.headers[name];
  return value === undefined ? "" : String(value);
}
