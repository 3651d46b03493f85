/** Below HTTP, before a byte of a request could be sent: by reason, the codes of Node and of `lib/network`. */
export const NETWORK_CODES = {
  /** A proxy that cannot be reached or used. */
  proxy: ["ProxyUnreachable", "ProxyRefused", "ProxyAuthenticationRequired", "ProxyAddressInvalid"],
  nameUnknown: ["ENOTFOUND", "EAI_AGAIN"],
  notReached: ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENETDOWN"],
  /** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
  untrusted: [
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "CERT_UNTRUSTED",
    "CERT_REJECTED",
    "CERT_REVOKED",
    "CERT_CHAIN_TOO_LONG",
    "CERT_SIGNATURE_FAILURE",
    "INVALID_CA",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
  ],
} as const;

const NEVER_SENT: ReadonlySet<string> = new Set(Object.values(NETWORK_CODES).flat());

/** Whether a code says that nothing of the request has left: it had no effect, whatever it was. */
export function wasNeverSent(code: string | null): boolean {
  return (
    code !== null && (NEVER_SENT.has(code) || /^(?:EAI_|CERT_|UNABLE_TO_|SELF_SIGNED|ERR_TLS)/.test(code))
  );
}

/**
 * What is said of a failure without an answer. The SDKs' own texts hold whole requests with what they were asked
 * (`socket hang upPOST http://…?DBInstanceId=…`), or a line of their code that stumbled.
 */
export function unansweredWords(code: string | null): string {
  switch (code) {
    case "BadAnswer":
      return "The answer could not be read: not the service itself answered.";
    case "RequestTimeout":
    case "IdleTimeout":
      return "No answer came in time.";
    case "ECONNRESET":
    case "EPIPE":
      return `The connection was closed before an answer came (${code}).`;
    case null:
      return "No answer came.";
    default:
      return `No answer came (${code}).`;
  }
}
