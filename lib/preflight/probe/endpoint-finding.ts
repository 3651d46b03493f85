import { isExternalError } from "@/lib/diagnosis/external-error";
import type { ObjectStore, ObjectWay } from "@/lib/oss/object-store";
import { askPatiently } from "@/lib/preflight/world/ask-patiently";
import type { ProbeWorld } from "@/lib/preflight/world/probe-world";
import { probeObject, tryObject } from "./check-bucket-write";
import type { Finding } from "./probe";

type Way = "internal" | "domain" | "accelerate";

/** OSS's endpoint for buckets with transfer acceleration, the same in every region. */
const ACCELERATE = "oss-accelerate.aliyuncs.com";

/**
 * Whether OSS lets this account's data through the endpoint that is used: accounts of after March 2025 it refuses at the
 * public ones of the mainland. Then every other way is tried with a read and a write of a few bytes, and the first that
 * works is named. https://www.alibabacloud.com/help/en/oss/user-guide/manage-a-domain/
 */
export async function endpointFinding(world: ProbeWorld, bucket: string): Promise<Finding> {
  const store = await world.store();
  const object = { bucket, key: `${world.draft.prefix}.chainferry-probe` };
  const refused = await publicRefusal(() => askPatiently(() => store.headObject(object)));
  if (refused === null)
    return { verdict: "pass", params: { way: "ok", host: "" }, answer: "GetObject answered" };
  for (const { way, host, by } of await otherWays(world, store, bucket)) {
    if (await works(store.by(by), probeObject(world, bucket))) {
      return { verdict: "block", params: { way, host }, answer: `${refused}; ${host} reads and writes` };
    }
  }
  return { verdict: "block", params: { way: "none", host: "" }, answer: refused };
}

/** OSS's words when it refuses the public endpoint; null: it does not. Throws when nothing is known. */
async function publicRefusal(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (!isExternalError(error)) throw error;
    const { kind, providerCode, providerMessage } = error.fields;
    if (providerCode === "PublicEndpointForbidden") return `${providerCode}: ${providerMessage}`;
    // Rights and a bucket that is not there are other probes' matter: OSS has let the call in.
    if (kind === "forbidden" || kind === "not_found") return null;
    throw error;
  }
}

/** The cheapest first: traffic inside the region is free, acceleration costs by the gigabyte. */
async function otherWays(
  world: ProbeWorld,
  store: ObjectStore,
  bucket: string,
): Promise<{ way: Way; host: string; by: ObjectWay }[]> {
  const [{ intranetEndpoint }, endpoint] = await Promise.all([world.bucket(), world.ossEndpoint()]);
  // Without the right to list them there may be some all the same; the others can be tried.
  const domains = await askPatiently(() => store.listDomains(bucket)).catch((error: unknown) => {
    if (!isExternalError(error)) throw error;
    return [];
  });
  const own = domains.map((host) => ({ way: "domain" as const, host, by: { domain: `https://${host}` } }));
  // Another cloud's OSS, or one that is played: Alibaba's endpoints know nothing of it.
  if (endpoint !== null && !new URL(endpoint).hostname.endsWith(".aliyuncs.com")) return own;
  const at = (way: Way, host: string) => ({ way, host, by: { endpoint: `https://${host}` } });
  return [
    ...(intranetEndpoint === "" ? [] : [at("internal", intranetEndpoint)]),
    ...own,
    at("accelerate", ACCELERATE),
  ];
}

async function works(store: ObjectStore, object: { bucket: string; key: string }): Promise<boolean> {
  try {
    return (await tryObject(store, object)).cause === "ok";
  } catch (error) {
    if (!isExternalError(error)) throw error;
    return false;
  }
}
