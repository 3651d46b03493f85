import { type ErrorCode, Problem } from "@/lib/contracts/problem";

/** What the browser throws when a call fails: the server's problem, or one of our own (`offline`, `timed_out`). */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(`${problem.code}: ${problem.reason}`, options);
    this.name = "ApiProblem";
    this.problem = problem;
  }

  get reason(): string {
    return this.problem.reason;
  }
  get code(): ErrorCode {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
  get params(): Problem["params"] {
    return this.problem.params;
  }
  get requestId(): string {
    return this.problem.requestId;
  }
}

/** A problem that no server wrote. `status` 0: no answer came. */
export function localProblem(code: ErrorCode, reason: string, status: number, cause?: unknown): ApiProblem {
  return new ApiProblem(
    {
      type: "about:blank",
      title: reason,
      status,
      code,
      reason,
      params: {},
      requestId: "",
      provider: null,
      invalidParams: [],
    },
    { cause },
  );
}

/** Anything thrown as a problem, so that one panel can show it. */
export function toApiProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : localProblem("internal", "unexpected", 0, error);
}

/** The problem in a failed answer: problem+json, or by status when something between us answered instead. */
export function parseProblem(status: number, body: unknown): ApiProblem {
  const parsed = Problem.safeParse(body);
  if (parsed.success) return new ApiProblem(parsed.data);
  return localProblem(codeOf(status), status >= 500 ? "server_unavailable" : "unexpected_answer", status);
}

function codeOf(status: number): ErrorCode {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "external_failure" : "internal";
}
