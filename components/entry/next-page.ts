/** Where somebody wanted to go before they signed in, out of a page's query; never to another site. */
export function nextPage(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get("next") ?? "/";
  if (!URL.canParse(wanted, origin)) return "/";
  const url = new URL(wanted, origin);
  return url.origin === origin ? url.pathname + url.search : "/";
}
