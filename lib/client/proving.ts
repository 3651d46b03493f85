import type { ApiProblem } from "./api-problem";

/**
 * Who asks the person for their password again when a call is refused for that, put in by the page; resolves to whether they
 * have shown who they are, and the call is then sent once more.
 */
export const proving: {
  ask: ((problem: ApiProblem) => Promise<boolean>) | null;
  /**
   * Signed out, and on the way to where the provider is signed out of too; or on the way to another session: what is refused meanwhile leads
   * nowhere else.
   */
  left?: boolean;
} = { ask: null };
