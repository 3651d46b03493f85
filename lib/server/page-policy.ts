export interface PagePolicy {
  /** Next's development server: evaluates code and talks over a socket of its own. */
  dev: boolean;
  /** Origins beside https that a page sends a file's parts to: the sandbox's OSS. */
  connectTo: readonly string[];
}

/** A request's header with the nonce of its answer, for the script that a page writes itself. Next reads it from the policy. */
export const NONCE_HEADER = "x-nonce";

/**
 * What a page may load and who may frame it: scripts of this address that are files of the build or carry this answer's nonce,
 * nothing written into the page. Parts of files go straight to a bucket, whose name is known only later: any https address.
 * https://www.w3.org/TR/CSP3
 */
export function contentSecurityPolicy({ dev, connectTo }: PagePolicy, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", "https:", ...connectTo, ...(dev ? ["ws:"] : [])].join(" ")}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** For answers that are data: they load nothing, whoever shows them. */
export const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Of every answer: pages, assets and API. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "permissions-policy":
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
};
