import { ExternalError, type ExternalErrorKind } from "@/lib/diagnosis/external-error";

/** What this adapter found out itself, in place of an answer of the server; nothing was sent that could have had an effect. */
export function sourceFailure(kind: ExternalErrorKind, code: string, message: string): ExternalError {
  return new ExternalError({
    system: "sql_server",
    kind,
    providerCode: code,
    providerMessage: message,
    providerRequestId: null,
    mayHaveHappened: false,
  });
}
