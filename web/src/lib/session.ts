/**
 * The sign-in token. It lives in localStorage, so a second tab and a restart stay signed in; the page's content
 * security policy (no foreign or inline script) guards it, signing out revokes it at the server and in every tab.
 * It is never put into an address.
 */
import { readStored, storedKeys, writeStored } from "./storage";
import { createStore } from "./store";

const KEY = "samvad.token";

export const session = createStore<string | null>(readStored<string | null>(KEY, null));

export function signIn(token: string): void {
  writeStored(KEY, token);
  session.set(token);
}

/** `forget` also drops drafts and unsent messages: a person signed out on a shared machine leaves nothing behind. */
export function signOut({ forget }: { forget: boolean }): void {
  writeStored(KEY, null);
  if (forget) storedKeys("samvad.work.").forEach((key) => writeStored(key, null));
  session.set(null);
}

window.addEventListener("storage", (event) => {
  if (event.key === KEY) session.set(readStored<string | null>(KEY, null));
});
