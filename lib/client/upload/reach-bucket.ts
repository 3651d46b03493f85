import { queryOptions } from "@tanstack/react-query";
import { UploadAccessView, type UploadWay } from "@/lib/contracts/browser-upload";
import { apiGet } from "../api";
import { migrationPath } from "../migration-keys";

/** `open`: parts may go straight to OSS. `closed`: OSS is there, its bucket does not let this page. `away`: no line to it. */
export type Reach = "open" | "closed" | "away";

export interface BucketReach {
  access: UploadAccessView;
  reach: Reach;
  way: UploadWay;
}

const PROBE_MS = 10_000;

/** What the bucket's rules say, and what this browser can do by trying: only the latter decides how parts travel. */
export function bucketReachQuery(migrationId: string) {
  return queryOptions({
    queryKey: ["uploads", "reach", migrationId],
    queryFn: async ({ signal }): Promise<BucketReach> => {
      const query = new URLSearchParams({ origin: window.location.origin });
      const path = `${migrationPath(migrationId)}/uploads/access?${query}`;
      const access = await apiGet(path, UploadAccessView, { signal });
      const reach = await tryBucket(access.probeUrl);
      return { access, reach, way: reach === "open" ? "direct" : "relay" };
    },
    staleTime: 60_000,
    retry: false,
  });
}

async function tryBucket(probeUrl: string): Promise<Reach> {
  const options = { cache: "no-store", credentials: "omit" } as const;
  try {
    // Refused for want of a signature: but that it is answered, and readable, shows that parts would be.
    const answer = await fetch(probeUrl, {
      ...options,
      method: "PUT",
      signal: AbortSignal.timeout(PROBE_MS),
    });
    return answer.headers.has("x-oss-request-id") ? "open" : "closed";
  } catch {
    return fetch(probeUrl, { ...options, mode: "no-cors", signal: AbortSignal.timeout(PROBE_MS) }).then(
      () => "closed",
      () => "away",
    );
  }
}
