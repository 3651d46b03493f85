import { explanationOfCloud } from "./explanation-of-cloud";
import { explanationOfSource } from "./explanation-of-source";

/** What other messages mean than those of tasks (`diagnosis`): title, cause, what to check, remedy. */
export const explanation = {
  ...explanationOfCloud,
  ...explanationOfSource,
  "panel.unknown": "This message is not known here, and nothing is guessed. As it was given:",
} as const;
