import { isAppError } from "./app-error";
import { deniedPermission } from "./denied-permission";
import { type ExternalErrorFields, type ExternalSystem, isExternalError } from "./external-error";
import { callOf, externalReason } from "./external-reason";

/** A failed call as it is stored and shown; the contracts' `Failure` fits. */
export interface FailureFields {
  reason: string;
  params: Record<string, string | number>;
  system: ExternalSystem | null;
  providerCode: string | null;
  providerMessage: string | null;
  providerRequestId: string | null;
}

/**
 * What the user is told of an error. Provider's words only come from ExternalError; of a bug nothing but `internal` is
 * told, because its text may hold anything.
 */
export function failureOf(error: unknown): FailureFields {
  if (isExternalError(error)) return externalFailure(error.fields);
  if (isAppError(error)) {
    return { reason: error.fields.reason, params: error.fields.params, ...NO_PROVIDER };
  }
  return { reason: "internal", params: {}, ...NO_PROVIDER };
}

const NO_PROVIDER = { system: null, providerCode: null, providerMessage: null, providerRequestId: null };

/** A failure of somebody else's service, with the params of its texts. */
export function externalFailure(fields: ExternalErrorFields): FailureFields {
  const params: Record<string, string | number> = {};
  if (fields.providerCode !== null) params.code = fields.providerCode;
  const reason = externalReason(fields);
  if (reason === "sql_permission") Object.assign(params, deniedPermission(fields.providerMessage));
  const call = reason.endsWith("_call_forbidden") ? callOf(fields) : null;
  if (call) Object.assign(params, { call: call.call, actions: call.actions.join(", ") });
  return {
    reason,
    params,
    system: fields.system,
    providerCode: fields.providerCode,
    providerMessage: fields.providerMessage,
    providerRequestId: fields.providerRequestId,
  };
}
