import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { Ctx } from "@/lib/context/context";
import { requireRole } from "@/lib/context/require-role";
import type { Problem } from "@/lib/contracts/problem";
import type { Role } from "@/lib/contracts/system";
import { AppError } from "@/lib/diagnosis/app-error";
import { listsMayDiffer } from "@/lib/services/migration/list-migrations";
import { type ProofNeed, requireProof } from "@/lib/services/people/require-proof";
import { noteUnknownProblem } from "@/lib/services/record/note-unknown-problem";
import { outOfScope, requireInScope, type ScopedTo, scopeOf } from "@/lib/services/scope/require-scope";
import { openCtx } from "./ctx-registry";
import { guardRequest } from "./guard-request";
import { type CallName, describeCall, noteProblem, noting } from "./note-call";
import { readCredentials } from "./read-credentials";
import { readJson } from "./read-json";
import { redact, secretsIn } from "./redact";
import { startingProblem, toProblem } from "./to-problem";

type Schema = z.ZodType | undefined;
type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface RouteCall<P, Q, B> {
  ctx: Ctx;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  request: Request;
}

export interface RouteSpec<P extends Schema, Q extends Schema, B extends Schema, O extends z.ZodType | null> {
  /** The least role that may call it; null: also who is not signed in. */
  role: Role | null;
  /**
   * What its calls are about, for who is limited to some connections, instances or databases: `nothing` that a limit is about, or
   * `filtered` by its service. Unless said: it is not for who is limited.
   */
  scope?:
    | "nothing"
    | "filtered"
    | ((call: Pick<RouteCall<P, Q, B>, "params" | "query" | "body">) => ScopedTo);
  /** Asks who came by a browser for their password again, after five minutes; or says of a body whether it does. */
  proof?: ProofNeed | ((body: Parsed<B>) => ProofNeed | null);
  /**
   * What of its calls is put into the audit: all, only what is refused (because its service notes the rest by itself, or because there
   * are thousands of them), or a refusal for want of a role. Unless said: all writes, and such refusals of reads.
   */
  noted?: "calls" | "refusals";
  /** What its calls change, as it stands, for the audit: as somebody may read it. */
  before?(call: RouteCall<P, Q, B>): Promise<unknown>;
  params?: P;
  query?: Q;
  body?: B;
  /** Parsed before it leaves, so that nothing undeclared does. Null: the handler answers with a Response of its own. */
  output: O;
  /** Default 200. */
  status?: number;
  handler(
    call: RouteCall<P, Q, B>,
  ): Promise<O extends z.ZodType ? z.input<O> : Response> | (O extends z.ZodType ? z.input<O> : Response);
}

export type RouteHandler = ((
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined> | undefined> },
) => Promise<Response>) & {
  /** Whether it has calls for which who is signed in has to show again who they are. */
  readonly asksAgain?: boolean;
};

/**
 * The only wrapper of route handlers: request id, guard, context, role, parsing, the call, parsing of the answer, and
 * every error as problem+json, logged once.
 */
export function route<
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
  O extends z.ZodType | null = null,
>(spec: RouteSpec<P, Q, B, O>): RouteHandler {
  const handle: RouteHandler = async (request, context) => {
    const requestId = randomUUID();
    let ctx: Ctx | null = null;
    let secrets: string[] = [];
    const noted = spec.noted ?? (isReading(request) ? "forbidden" : "calls");
    let described = describeCall(request, {});
    try {
      guardRequest(request);
      ctx = await openCtx(readCredentials((header) => request.headers.get(header), requestId));
      if (ctx === null) return problemResponse(startingProblem(requestId));
      const given = await context.params;
      // Next gives none to a route without brackets in its path.
      described = describeCall(request, given ?? {});
      if (spec.role !== null) requireRole(ctx.actor, spec.role);
      const isLimited = spec.role !== null && scopeOf(ctx.actor) !== null;
      if (isLimited && spec.scope === undefined) throw outOfScope();
      requireNoNul(given ?? {});
      const params = spec.params?.parse(given, { reportInput: true });
      const query = spec.query?.parse(queryOf(request), { reportInput: true });
      let body: unknown;
      if (spec.body) {
        const raw = await readJson(request);
        secrets = secretsIn(raw);
        body = spec.body.parse(raw, { reportInput: true });
      }
      if (isLimited && typeof spec.scope === "function") {
        await requireInScope(ctx, spec.scope({ params, query, body } as RouteCall<P, Q, B>));
      }
      const { proof } = spec;
      const need = typeof proof === "function" ? proof(body as Parsed<B>) : (proof ?? null);
      if (need !== null) await requireProof(ctx, need);
      // Where nobody signs in there is nobody to name.
      const isNoted = noted === "calls" && spec.role !== null && ctx.system.signIn === "required";
      const asked = { ctx, params, query, body, request } as RouteCall<P, Q, B>;
      const before = isNoted ? await spec.before?.(asked) : undefined;
      const note = isNoted ? noting(ctx, described, { before, body }) : null;
      const call = { ...asked, ctx: note?.ctx ?? ctx };
      const result = await spec.handler(call);
      if (!isReading(request)) listsMayDiffer(ctx);
      await note?.done();
      if (spec.output === null) return withRequestId(result as Response, requestId);
      return Response.json(parseOutput(spec.output, result), {
        status: spec.status ?? 200,
        headers: { "x-request-id": requestId, "cache-control": "no-store" },
      });
    } catch (error) {
      const problem = toProblem(error, requestId);
      logOnce(ctx, request, problem, error, secrets);
      const told = redactProblem(problem, secrets);
      await keepUnknown(ctx, request, told);
      if (spec.role !== null && (noted !== "forbidden" || told.code === "forbidden")) {
        await keepProblem(ctx, described, told);
      }
      return problemResponse(told);
    }
  };
  return Object.assign(handle, { asksAgain: spec.proof !== undefined });
}

function isReading({ method }: Request): boolean {
  return method === "GET" || method === "HEAD";
}

/** A handler's answer that breaks its own contract is a bug of ours, not of the caller. */
function parseOutput(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join(".")} (${issue.code})`);
  throw new Error(`The answer does not fit its contract: ${paths.join(", ")}`);
}

/** No id and no name has one, and PostgreSQL takes none. */
function requireNoNul(params: Readonly<Record<string, string | string[] | undefined>>): void {
  const texts = Object.values(params).flatMap((value) => value ?? []);
  if (texts.some((text) => text.includes("\0") || text.includes("%00"))) {
    throw new AppError("validation", "invalid_address");
  }
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

function problemResponse(problem: Problem): Response {
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-request-id": problem.requestId,
  };
  if (problem.status === 503) headers["retry-after"] = "1";
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** For handlers whose service has written the answer, and parsed what is in it. */
export function jsonText(text: string): Response {
  return new Response(text, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
}

/** For handlers that have nothing to say. */
export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** For handlers that give or take a session, and say nothing else. */
export function onlyCookie(cookie: string): Response {
  return new Response(null, { status: 204, headers: { "set-cookie": cookie } });
}

function withRequestId(response: Response, requestId: string): Response {
  response.headers.set("x-request-id", requestId);
  return response;
}

/** Params and provider words could repeat what was sent. */
function redactProblem(problem: Problem, secrets: readonly string[]): Problem {
  if (secrets.length === 0) return problem;
  const clean = (text: string): string => redact(text, secrets);
  const params = Object.entries(problem.params).map(([key, value]) => [
    key,
    typeof value === "string" ? clean(value) : value,
  ]);
  const provider = problem.provider && { ...problem.provider, message: clean(problem.provider.message) };
  return { ...problem, params: Object.fromEntries(params), provider };
}

/** The answer counts more than the list: a store that fails here has failed the call already, or will fail the next. */
async function keepUnknown(ctx: Ctx | null, request: Request, problem: Problem): Promise<void> {
  if (ctx === null || problem.provider === null) return;
  const place = `${request.method} ${new URL(request.url).pathname}`;
  await noteUnknownProblem({ ctx, input: { provider: problem.provider, place } }).catch((error: unknown) =>
    ctx.log.warn({ requestId: problem.requestId, error: describeBug(error, []) }, "message not kept"),
  );
}

/** Like the list of unknown messages: the caller is told what happened, whether or not it could be noted. */
async function keepProblem(ctx: Ctx | null, call: CallName, problem: Problem): Promise<void> {
  if (ctx === null) return;
  await noteProblem(ctx, call, problem).catch((error: unknown) =>
    ctx.log.error({ requestId: problem.requestId, error: describeBug(error, []) }, "refusal not noted"),
  );
}

function logOnce(
  ctx: Ctx | null,
  request: Request,
  problem: Problem,
  error: unknown,
  secrets: readonly string[],
): void {
  if (ctx === null) return;
  const fields: Record<string, unknown> = {
    requestId: problem.requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    status: problem.status,
    reason: problem.reason,
  };
  if (problem.provider) {
    fields.system = problem.provider.system;
    fields.providerCode = problem.provider.code;
    fields.providerRequestId = problem.provider.requestId;
  }
  if (problem.status < 500) {
    // Whose session has ended asks on until the page is left.
    const level = problem.reason === "sign_in_needed" ? "info" : "warn";
    ctx.log[level](fields, "request refused");
    return;
  }
  if (problem.reason === "internal") fields.error = describeBug(error, secrets);
  ctx.log.error(fields, "request failed");
}

/** Prisma prints the whole call, rows and settings included, into its messages: of those only the place is kept. */
function describeBug(error: unknown, secrets: readonly string[]): string {
  if (!(error instanceof Error)) return typeof error;
  if (!error.name.startsWith("Prisma"))
    return redact(error.stack ?? `${error.name}: ${error.message}`, secrets);
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return redact([error.name, ...frames].join("\n"), secrets);
}
