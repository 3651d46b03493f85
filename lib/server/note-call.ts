import type { Ctx } from "@/lib/context/context";
import type { Problem } from "@/lib/contracts/problem";
import { type Act, noteAct } from "@/lib/services/people/note-act";
import { notingDb } from "@/lib/services/people/noting-db";
import { redact, secretsIn } from "./redact";

/** Characters of a body that are kept. */
const TOLD = 1_000;

export type CallName = Pick<Act, "action" | "subject">;
type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What a call is, as the audit has it: `POST migrations/[id]/start`, and what its address names. */
export function describeCall(request: Request, params: Params): CallName {
  const { pathname } = new URL(request.url);
  const names = new Map(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === "string" ? [[encodeURIComponent(value), name] as const] : [],
    ),
  );
  const segments = pathname.replace(/^\/api\//, "").split("/");
  const route = segments.map((segment) => {
    const name = names.get(segment) ?? names.get(encodeURIComponent(segment));
    return name === undefined ? segment : `[${name}]`;
  });
  const subject = Object.values(params).flat().filter(Boolean).join(" ");
  return { action: `${request.method} ${route.join("/")}`.slice(0, 200), subject: subject.slice(0, 200) };
}

/**
 * The context for a call that is to be noted, and what notes it when the store was not written to. `before`: what it will change, as
 * it stands.
 */
export function noting(ctx: Ctx, call: CallName, { before, body }: { before: unknown; body: unknown }) {
  const detail = {
    ...(before === undefined ? {} : { before: told(before) }),
    ...(body === undefined ? {} : { sent: told(body) }),
  };
  const act: Act = { ...call, detail: Object.keys(detail).length === 0 ? null : detail };
  const { db, isNoted } = notingDb(ctx.db, (tx) => noteAct(ctx, tx, act));
  return {
    ctx: { ...ctx, db },
    done: async () => {
      if (!isNoted()) await ctx.db.$transaction((tx) => noteAct(ctx, tx, act));
    },
  };
}

/** A call that a rule refused, or that failed. Who is not signed in is not noted: anybody could fill the audit. */
export async function noteProblem(ctx: Ctx, call: CallName, problem: Problem): Promise<void> {
  if (ctx.actor.role === null || ctx.system.signIn === "off") return;
  const outcome = problem.status < 500 ? "refused" : "failed";
  const detail = { reason: problem.reason };
  await ctx.db.$transaction((tx) => noteAct(ctx, tx, { ...call, outcome, detail }));
}

/** A body or an answer without its secrets, as JSON, cut. */
function told(body: unknown): string {
  return redact(JSON.stringify(body) ?? "", secretsIn(body).map(inJson)).slice(0, TOLD);
}

/** As a text stands in JSON, without the quotes around it. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
