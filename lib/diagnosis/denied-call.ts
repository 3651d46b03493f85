import { CLOUD_CALLS } from "./cloud-calls";

export interface DeniedCall {
  /** The API's name: `CreateMigrateTask`, `PutObject`. */
  call: string;
  /** What a policy must allow, joined by commas: `rds:CreateMigrateTask`. */
  actions: string;
}

const ACTIONS = [...new Set(CLOUD_CALLS.flatMap(({ actions }) => actions))];

/**
 * The call that a refusal names, with the action to add to the policy: the action itself (`AuthAction`), or the name of
 * a call that this product makes. Null when the text names none.
 */
export function deniedCall(text: string): DeniedCall | null {
  const action = /(?<![\w:])(?:rds|oss|ram|sts):[a-z]\w+/i.exec(text)?.[0];
  if (action !== undefined) return told(ACTIONS.find((name) => sameWord(name, action)) ?? action);
  const words = new Set(text.match(/\w+/g)?.map((word) => word.toLowerCase()));
  const known = ACTIONS.find((name) => words.has(callOf(name).toLowerCase()));
  return known === undefined ? null : told(known);
}

const told = (action: string): DeniedCall => ({ call: callOf(action), actions: action });
const callOf = (action: string) => action.slice(action.indexOf(":") + 1);
const sameWord = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
