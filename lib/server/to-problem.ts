import { z } from "zod";
import type { ErrorCode, Problem } from "@/lib/contracts/problem";
import { type AppErrorFields, isAppError } from "@/lib/diagnosis/app-error";
import { type ExternalErrorFields, isExternalError } from "@/lib/diagnosis/external-error";
import { externalFailure } from "@/lib/diagnosis/failure-of";
import { isStoreAway } from "@/lib/diagnosis/is-store-away";
import { invalidParamsOf } from "./field-reason";

const STATUS: Readonly<Record<ErrorCode, number>> = {
  validation: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  rate_limited: 429,
  external_failure: 502,
  external_timeout: 504,
  internal: 500,
};

const TITLE: Readonly<Record<ErrorCode, string>> = {
  validation: "The request is not valid",
  unauthorized: "Not signed in, or too long ago",
  forbidden: "Not allowed",
  not_found: "Not found",
  conflict: "The state has changed",
  precondition_failed: "Not possible in this state",
  rate_limited: "Too many requests",
  external_failure: "An outside service refused or failed",
  external_timeout: "An outside service did not answer in time",
  internal: "Something failed inside",
};

/** The database would not take a value: text it can't read as the column's type, out of range, longer than 64 bits. */
const VALUES_REFUSED: ReadonlySet<string> = new Set(["P2000", "P2007", "P2020", "P2033"]);

/**
 * The one mapper from anything thrown to RFC 9457 problem+json. Texts of bugs never leave: they may hold rows, settings or
 * secrets. Prisma's errors are told by shape, so that this room stays free of Prisma.
 */
export function toProblem(error: unknown, requestId: string): Problem {
  if (isAppError(error)) return appProblem(error.fields, requestId);
  if (isExternalError(error)) return externalProblem(error.fields, requestId);
  if (error instanceof z.ZodError) {
    const invalidParams = invalidParamsOf(error);
    return appProblem({ code: "validation", reason: "invalid_input", params: {}, invalidParams }, requestId);
  }
  // Clients come again, as at a start.
  if (isStoreAway(error)) return awayProblem("store_away", requestId);
  const prismaCode = prismaCodeOf(error);
  if (prismaCode !== null && VALUES_REFUSED.has(prismaCode)) {
    return appProblem(
      { code: "validation", reason: "invalid_input", params: {}, invalidParams: [] },
      requestId,
    );
  }
  if (prismaCode === "P2025") {
    return appProblem({ code: "not_found", reason: "not_found", params: {}, invalidParams: [] }, requestId);
  }
  if (prismaCode === "P2002") {
    return appProblem(
      { code: "conflict", reason: "already_exists", params: {}, invalidParams: [] },
      requestId,
    );
  }
  return appProblem({ code: "internal", reason: "internal", params: {}, invalidParams: [] }, requestId);
}

/** Until start-up has opened the store. Clients come again after `Retry-After`. */
export function startingProblem(requestId: string): Problem {
  return { ...awayProblem("starting", requestId), title: "Starting" };
}

function awayProblem(reason: "starting" | "store_away", requestId: string): Problem {
  const problem = appProblem({ code: "internal", reason, params: {}, invalidParams: [] }, requestId);
  return { ...problem, title: "The store does not answer", status: 503 };
}

function appProblem(fields: AppErrorFields, requestId: string): Problem {
  return {
    type: `urn:chainferry:problem:${fields.reason}`,
    title: TITLE[fields.code],
    status: STATUS[fields.code],
    code: fields.code,
    reason: fields.reason,
    params: fields.params,
    requestId,
    provider: null,
    invalidParams: fields.invalidParams,
  };
}

function externalProblem(fields: ExternalErrorFields, requestId: string): Problem {
  const { reason, params } = externalFailure(fields);
  const problem = appProblem(
    {
      code: externalCode(fields),
      reason,
      params,
      invalidParams: [],
    },
    requestId,
  );
  return {
    ...problem,
    provider: {
      system: fields.system,
      code: fields.providerCode,
      message: fields.providerMessage,
      requestId: fields.providerRequestId,
    },
  };
}

function externalCode(fields: ExternalErrorFields): ErrorCode {
  if (fields.kind === "timeout") return "external_timeout";
  return fields.kind === "throttled" ? "rate_limited" : "external_failure";
}

function prismaCodeOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== "PrismaClientKnownRequestError") return null;
  return "code" in error && typeof error.code === "string" ? error.code : null;
}
