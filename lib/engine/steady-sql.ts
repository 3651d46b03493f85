import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "@/lib/diagnosis/error-code";
import type { Store } from "@/lib/store/store";

const PAUSE_MS = 500;
/** Of the operating system, and SQLSTATEs of a server that shuts down, starts up or has no room. */
const LOST_CODES =
  /^(?:E(?:CONN\w+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)|08\w{3}|57P0[1-3]|53300)$/;
/** What `pg` says without a code. */
const LOST_WORDS = /^Connection terminated|^timeout exceeded when trying to connect|not queryable/;

/** What pg-boss reads a number from, whatever comes: that a job is over, for one. */
const COUNTS = /\bselect\s+count\(\*\)(?:\s+as\s+count)?\s+from\s+\S+\s*$/i;

export interface SteadySql {
  executeSql: Store["executeSql"];
  /** Whatever still waits for the server is answered as if there were nothing. */
  stop(): void;
}

/**
 * SQL for pg-boss, which does not await all that it asks: one rejection while the server restarts would end the process. A
 * statement that finds no server is repeated until there is one, and one that met another in a deadlock too; pg-boss's may run twice, they look for
 * what to change. Any other error is thrown. Each loss is told once, and its end.
 */
export function steadySql(input: {
  executeSql: Store["executeSql"];
  onLost: (error: unknown) => void;
  onBack: () => void;
  /** Between two tries. */
  pauseMs?: number;
}): SteadySql {
  const { executeSql, onLost, onBack, pauseMs = PAUSE_MS } = input;
  const stopping = new AbortController();
  let lost = false;
  return {
    executeSql: async (text, values) => {
      for (;;) {
        try {
          const answer = await executeSql(text, values);
          if (lost) onBack();
          lost = false;
          return answer;
        } catch (error) {
          // Asked on behind our back while the store closes: nobody hears an error, and it would end the process.
          if (stopping.signal.aborted) return { rows: COUNTS.test(text) ? [{ count: "0" }] : [] };
          if (!isDeadlock(error)) {
            if (!isConnectionLost(error)) throw error;
            if (!lost) onLost(error);
            lost = true;
          }
        }
        await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    },
    stop: () => stopping.abort(),
  };
}

/** Of two that wait for one another PostgreSQL ends one, which has changed nothing: processes that start at once make the same queues. */
function isDeadlock(error: unknown): boolean {
  return errorCode(error) === "40P01";
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = errorCode(error);
  return code !== null ? LOST_CODES.test(code) : LOST_WORDS.test(error.message);
}
