/**
 * What `Promise.all` answers, but not before every one has ended: what a probe makes on the source, in a folder or in a bucket
 * it removes itself, and whoever goes on earlier meets it. Throws the first one's reason, in their order.
 */
export async function awaitAll<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}
