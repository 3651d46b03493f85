import type { Caller, Ctx } from "@/lib/context/context";

/** By what a request says who sends it. */
export interface Credentials {
  /** The session's token, from its cookie. */
  token: string | null;
  /** The key that commands on this machine have. */
  machineKey: string | null;
  caller: Caller;
}

/** The context of whoever has these credentials: of nobody, when they are worth nothing. */
export type CtxFactory = (credentials: Credentials) => Promise<Ctx>;

/** On globalThis: Next bundles the routes apart from start-up, so module state would exist twice. */
const KEY = Symbol.for("chainferry.ctx-factory");
type Holder = { [KEY]?: CtxFactory };

/** Set once by start-up, when the store is open; null takes it away (tests, shutdown). */
export function setCtxFactory(factory: CtxFactory | null): void {
  const holder = globalThis as Holder;
  if (factory === null) delete holder[KEY];
  else holder[KEY] = factory;
}

/** The context of one request, or null while the application starts. */
export async function openCtx(credentials: Credentials): Promise<Ctx | null> {
  return (await (globalThis as Holder)[KEY]?.(credentials)) ?? null;
}
