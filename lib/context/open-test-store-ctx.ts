import { openTestStore } from "@/lib/store/open-test-store";
import { type TestCtx, testCtxOn } from "./open-test-ctx";

/** For tests: a context over an empty embedded store. `clients` are put in by each test; others throw. */
export async function openTestCtx(): Promise<TestCtx> {
  return testCtxOn(await openTestStore());
}
