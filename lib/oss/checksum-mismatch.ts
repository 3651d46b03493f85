import { ExternalError } from "@/lib/diagnosis/external-error";

/** `ChecksumMismatch`: a part, which can be sent again; `ObjectChecksumMismatch`: the whole, which cannot. */
export function checksumMismatch(
  code: "ChecksumMismatch" | "ObjectChecksumMismatch",
  what: string,
  own: bigint,
  theirs: string,
): ExternalError {
  return new ExternalError({
    system: "oss",
    kind: "invalid",
    providerCode: code,
    providerMessage: `${what}: OSS has CRC-64 ${theirs}, the file has ${own}.`,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}
