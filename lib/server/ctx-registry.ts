import type { Actor, Ctx } from "@/lib/context/context";

export type CtxFactory = (actor: Actor) => Ctx;

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
export function getCtx(actor: Actor): Ctx | null {
  return (globalThis as Holder)[KEY]?.(actor) ?? null;
}
