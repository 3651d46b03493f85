/**
 * Writes the page's query at once, without asking the server: `useSearchParams` follows. A router navigation would come
 * a moment later, and a second change in that moment would undo the first.
 */
export function replaceQuery(query: string): void {
  const { pathname } = window.location;
  window.history.replaceState(null, "", query === "" ? pathname : `${pathname}?${query}`);
}
