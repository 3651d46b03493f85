import type { SandboxHand } from "./context";

/** Nothing runs beside a test, and nothing is started after it. */
export const NO_SANDBOX_HAND: SandboxHand = {
  scenarios: [],
  isScenario: () => false,
  read: () => Promise.reject(new Error("this test has no sandbox")),
  choose: () => Promise.reject(new Error("this test has no sandbox")),
  noteReal: () => Promise.resolve(),
};
