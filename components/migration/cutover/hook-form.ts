import type { HookView, HookWish } from "@/lib/migration/cutover-hook";
import type { HookMoment } from "@/lib/migration/vocabulary/hook-moment";

const MOST = 60;
/** What most addresses are asked for: the two moments after which a way back costs downtime. */
const FIRST_MOMENTS: readonly HookMoment[] = ["before_stop", "before_open"];

/** As it is typed. */
export interface TypedHook {
  url: string;
  secret: string;
  moments: readonly HookMoment[];
  otherwise: HookWish["otherwise"];
  minutes: string;
  seconds: string;
}

export function typedHook(hook: HookView | null): TypedHook {
  return {
    url: "",
    secret: "",
    moments: hook?.moments ?? FIRST_MOMENTS,
    otherwise: hook?.otherwise ?? "wait",
    minutes: `${hook?.waitMinutes ?? 5}`,
    seconds: `${hook?.timeoutSeconds ?? 10}`,
  };
}

export type HookField = "url" | "moments" | "minutes" | "seconds";

/** What is wrong in what is typed; an empty address is right where one is kept. */
export function wrongInHook(typed: TypedHook, kept: HookView | null): HookField[] {
  const isKept = typed.url === "" && kept !== null;
  const isAddress = URL.canParse(typed.url) && /^https?:$/.test(new URL(typed.url).protocol);
  const wrong: [HookField, boolean][] = [
    ["url", !isKept && !isAddress],
    ["moments", typed.moments.length === 0],
    ["minutes", !isWhole(typed.minutes)],
    ["seconds", !isWhole(typed.seconds)],
  ];
  return wrong.flatMap(([field, is]) => (is ? [field] : []));
}

function isWhole(text: string): boolean {
  const value = Number(text);
  return text.trim() !== "" && Number.isInteger(value) && value >= 1 && value <= MOST;
}

export function wishOf(typed: TypedHook): HookWish {
  const isKept = typed.url === "";
  return {
    url: isKept ? null : typed.url,
    secret: isKept && typed.secret === "" ? null : typed.secret,
    moments: [...typed.moments],
    otherwise: typed.otherwise,
    waitMinutes: Number(typed.minutes),
    timeoutSeconds: Number(typed.seconds),
  };
}
