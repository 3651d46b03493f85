import { isIP } from "node:net";
import type { BrowserAccess } from "./browser-access";
import { corsDocument, parseCors } from "./cors-document";
import { type CallContext, httpTransport } from "./http-transport";
import { createOssClient, type OssClient, type OssClientOptions } from "./oss-client";

/** Long enough for a part that waits for a free connection; the URL is used at once and never again. */
const RELAY_SECONDS = 900;

/** Runs a call with the classification of the object store's other calls. */
type Call = <T>(
  call: { bucket: string; changes?: boolean; controls?: boolean; signal?: AbortSignal | undefined },
  work: (client: OssClient, ctx: CallContext) => Promise<T>,
) => Promise<T>;

/** See BrowserAccess. */
export function connectBrowserAccess(options: OssClientOptions, call: Call): BrowserAccess {
  const sign = (
    endpoint: Partial<OssClientOptions>,
    part: { bucket: string; key: string; uploadId: string; number: number; seconds: number },
  ): Promise<string> => {
    const idle: CallContext = { idleTimeoutMs: 0, maxResponseBytes: 0 };
    const client = createOssClient({ ...options, ...endpoint, bucket: part.bucket }, idle);
    const queries = { partNumber: String(part.number), uploadId: part.uploadId };
    return client.signatureUrlV4("PUT", part.seconds, { queries }, part.key);
  };

  return {
    presignPart: (part) => call({ bucket: part.bucket }, () => sign(publicEndpoint(options), part)),

    relayPart: ({ body, sizeBytes, ...part }, signal) =>
      call({ bucket: part.bucket, changes: true, signal }, async (_client, ctx) => {
        const url = await sign(pathStyle(options), { ...part, seconds: RELAY_SECONDS });
        const { status, headers, data } = await httpTransport.request(url, {
          method: "PUT",
          headers: { "content-length": sizeBytes },
          stream: body,
          ctx,
        });
        if (status !== 200) throw refusal(status, data.toString("utf8"), headers["x-oss-request-id"]);
        const etag = headers.etag ?? "";
        const crc64 = headers["x-oss-hash-crc64ecma"];
        return { number: part.number, etag, sizeBytes, crc64: typeof crc64 === "string" ? crc64 : null };
      }),

    bucketCors: (bucket) =>
      call({ bucket, controls: true }, async (client) => {
        try {
          const answer = await client.request({
            method: "GET",
            bucket,
            subres: "cors",
            successStatuses: [200],
            xmlResponse: true,
          });
          return parseCors(answer.data);
        } catch (error) {
          const code = error instanceof Error ? Reflect.get(error, "code") : undefined;
          if (code === "NoSuchCORSConfiguration") return { rules: [], responseVary: false };
          throw error;
        }
      }),

    setBucketCors: (bucket, cors) =>
      call({ bucket, changes: true, controls: true }, async (client) => {
        await client.request({
          method: "PUT",
          bucket,
          subres: "cors",
          content: corsDocument(cors),
          mime: "xml",
          successStatuses: [200],
        });
      }),
  };
}

/** An address has no room for a bucket in front: it stands in the path, which ali-oss does only when told. */
function pathStyle(options: OssClientOptions): Partial<OssClientOptions> {
  if (options.cname) return {};
  const host = options.endpoint ? new URL(options.endpoint).hostname.replace(/^\[|\]$/g, "") : "";
  return isIP(host) === 0 ? {} : { sldEnable: true };
}

/** Browsers are outside of Alibaba's network, wherever this process runs. */
function publicEndpoint(options: OssClientOptions): Partial<OssClientOptions> {
  const endpoint = options.endpoint?.replace(/-internal(?=\.aliyuncs\.com$)/, "");
  // A browser is not inside the cloud, even where this process is.
  return { ...pathStyle(options), internal: false, ...(endpoint === undefined ? {} : { endpoint }) };
}

/** An error as ali-oss makes it of OSS's XML. */
function refusal(status: number, document: string, requestId: unknown): Error {
  const text = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(document)?.[1];
  const error = new Error(text("Message") ?? `OSS answered ${status}`);
  return Object.assign(error, { status, code: text("Code"), requestId });
}
