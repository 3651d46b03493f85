/** As Alibaba names it: `describeMigrateTasks` of the SDK is DescribeMigrateTasks. `none`: no call was made. */
export function apiName(method: string | null): string {
  return method === null ? "none" : method.charAt(0).toUpperCase() + method.slice(1);
}
