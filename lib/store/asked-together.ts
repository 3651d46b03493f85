import { setImmediate } from "node:timers/promises";

/**
 * Answers by key, of which whatever is asked for in one turn of the event loop is one `read`, however many ask. Undefined: `read` had none for
 * it. Rejects as `read` does, for all who asked in that turn.
 */
export function askedTogether<Key, Answer>(
  read: (keys: Key[]) => Promise<ReadonlyMap<Key, Answer>>,
): (key: Key) => Promise<Answer | undefined> {
  let next: { keys: Set<Key>; answers: Promise<ReadonlyMap<Key, Answer>> } | null = null;
  const readSoon = async () => {
    await setImmediate();
    const keys = [...(next?.keys ?? [])];
    next = null;
    return read(keys);
  };
  return async (key) => {
    next ??= { keys: new Set(), answers: readSoon() };
    next.keys.add(key);
    return (await next.answers).get(key);
  };
}
