import { z } from "zod";

export const ERROR_CODES = [
  "validation",
  "unauthorized",
  "forbidden",
  "not_found",
  "conflict",
  "precondition_failed",
  "rate_limited",
  "external_failure",
  "external_timeout",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** RFC 9457 problem+json as every route answers it. The UI's text is `error.<reason>`, else `error.<code>`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string().optional(),
  code: z.enum(ERROR_CODES),
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  requestId: z.string(),
  provider: z
    .object({
      system: z.string(),
      code: z.string().nullable(),
      message: z.string(),
      requestId: z.string().nullable(),
    })
    .nullable(),
  invalidParams: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type Problem = z.infer<typeof Problem>;
