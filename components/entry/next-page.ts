/** Where somebody wanted to go before they signed in, out of a page's query; never to another site. */
export function nextPage(search: string, origin: string): string {
  const wanted = new URLSearchParams(search).get("next") ?? "/";
  if (!URL.canParse(wanted, origin)) return "/";
  const url = new URL(wanted, origin);
  // `/.//evil.example` has our origin, and a path that names another.
  return url.origin === origin ? url.pathname.replace(/^\/+/, "/") + url.search : "/";
}
