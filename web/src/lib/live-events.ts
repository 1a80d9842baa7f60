/** What the stream says, for those who react to an event instead of showing its data. */
import type { LiveFrame } from "./live-connection";
import { createStore } from "./store";

/** The latest event; set before the cache knows of it, so that a listener can compare. */
export const heard = createStore<LiveFrame | null>(null);
