/**
 * What `Promise.all` answers, but not before every one has ended: what a probe makes on the source, in a folder or in a bucket
 * it removes itself, and whoever goes on earlier meets it. Throws the first one's reason, in their order.
 */
export async function awaitAll<T extends readonly unknown[] | []>(
  promises: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
