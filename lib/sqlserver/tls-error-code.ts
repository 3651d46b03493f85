const names = /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/;
const expired = /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/;
const untrusted =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|INVALID_CA|INVALID_PURPOSE)$/;
/** What OpenSSL says when the sides share no version, or only signatures that its security level refuses. */
const tooOld =
  /^(ERR_SSL_(TLSV1_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS_AVAILABLE|WRONG_SIGNATURE_TYPE|LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED|DH_KEY_TOO_SMALL|EE_KEY_TOO_SMALL|CA_KEY_TOO_SMALL|CA_MD_TOO_WEAK|INTERNAL_ERROR|NO_CIPHERS_AVAILABLE|UNSAFE_LEGACY_RENEGOTIATION_DISABLED)|ERR_OSSL_\w+)$/;
const other = /^(ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/;

/**
 * Which part of TLS failed, by the code of Node or OpenSSL; null when the code is not of TLS. `ETLS` nobody vouches for
 * the certificate, `ETLSNAME` it is for another name, `ETLSEXPIRED`, `ETLSVERSION` too old, `ETLSHANDSHAKE` the rest.
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
export function tlsErrorCode(code: string): string | null {
  if (names.test(code)) return "ETLSNAME";
  if (expired.test(code)) return "ETLSEXPIRED";
  if (untrusted.test(code)) return "ETLS";
  if (tooOld.test(code)) return "ETLSVERSION";
  return other.test(code) ? "ETLSHANDSHAKE" : null;
}
