/**
 * A one-time sign-in token arrives in the address (`#token=` or `?token=`). It is taken before anything else runs
 * and the address is cleaned at once, so it reaches neither the history nor a later request.
 */
function take(): string | null {
  if (window.location.pathname !== "/signin") return null;
  const fragment = new URLSearchParams(window.location.hash.slice(1));
  const query = new URLSearchParams(window.location.search);
  const token = fragment.get("token") ?? query.get("token");
  if (token === null) return null;
  query.delete("token");
  const rest = query.toString();
  window.history.replaceState(null, "", `/signin${rest ? `?${rest}` : ""}`);
  return token;
}

export const linkToken = take();
