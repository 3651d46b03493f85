/** Before a phase of a cutover: what is answered then lets it begin, or not. */
export const HOOK_GATES = ["before_stop", "before_tail", "before_open"] as const;
export type HookGate = (typeof HOOK_GATES)[number];

/** After a phase: only told. Nothing waits for the answer, least of all a source that is given back. */
export const HOOK_TOLD = ["after_stop", "after_tail", "after_open", "online", "taken_back"] as const;
export type HookTold = (typeof HOOK_TOLD)[number];

/** When the hook of a cutover is called. Texts are `event.hook_moment.<moment>`. */
export const HOOK_MOMENTS = [...HOOK_GATES, ...HOOK_TOLD] as const;
export type HookMoment = (typeof HOOK_MOMENTS)[number];

/** What follows where a phase is not let begin: ask again for some minutes, or take the cutover back at once. */
export const HOOK_OTHERWISE = ["wait", "stop"] as const;
