/**
 * One reading at a time, however many ask: who asks while one is under way gets the next, which all who wait for it share. What
 * anybody gets was so read after they asked. Of those who share one the first's `input` counts. Rejects, for all who share it, as `read` does.
 */
export function nextReading<Input, Answer>(
  read: (input: Input) => Promise<Answer>,
): (input: Input) => Promise<Answer> {
  let underWay: Promise<unknown> | null = null;
  let next: Promise<Answer> | null = null;
  const readAfter = async (before: Promise<unknown> | null, input: Input): Promise<Answer> => {
    // Its failure is told to those who asked for it.
    await before?.catch(() => undefined);
    next = null;
    const reading = read(input);
    underWay = reading;
    try {
      return await reading;
    } finally {
      if (underWay === reading) underWay = null;
    }
  };
  return (input) => {
    next ??= readAfter(underWay, input);
    return next;
  };
}
