/**
 * The live stream: a WebSocket that authenticates in its first frame, replays from the last cursor, and gives way
 * to polling after three failures in a row. Cursors are opaque: the last one is kept, never compared.
 */
import type { EventPage } from "./api/types";
import { createStore } from "./store";

export type LiveState = "connecting" | "live" | "polling" | "offline";

export interface LiveFrame {
  type: string;
  cursor?: string | null;
  data?: unknown;
}

interface LiveOptions {
  token: string;
  url: string;
  /** A new stream begins: whoever was present says so again. */
  onReady(): void;
  onEvent(frame: LiveFrame): void;
  /** Everything on screen must be read again: the first connection, or a cursor too old to replay from. */
  onRefetch(): void;
  /** The server would not have us: the token may be gone. */
  onRefused(): void;
  poll(cursor: string): Promise<EventPage>;
}

export const liveState = createStore<LiveState>("connecting");

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
const POLL_MS = 3_000;
const FAILURES_BEFORE_POLLING = 3;
const REFUSED = new Set([4401, 4403]);
/** A network can die without closing anything, so silence is asked about and then not trusted. */
const ASK_MS = 10_000;
const SILENCE_MS = 25_000;

let tellServer: ((message: object) => void) | null = null;

/** Says something to the server when the stream is live; presence is not worth a queue. */
export function tell(message: object): void {
  tellServer?.(message);
}

/** Opens the stream and returns how to close it. */
export function openLive(options: LiveOptions): () => void {
  let socket: WebSocket | null = null;
  let cursor: string | null = null;
  let failures = 0;
  let retryTimer = 0;
  let pollTimer = 0;
  let heardAt = 0;
  let closed = false;

  function receive(frame: LiveFrame): void {
    const known = cursor !== null;
    heardAt = Date.now();
    if (frame.cursor) cursor = frame.cursor;
    if (frame.type === "ready") {
      failures = 0;
      window.clearTimeout(pollTimer);
      options.onReady();
      liveState.set("live");
      if (!known) options.onRefetch();
    } else if (frame.type === "reset") options.onRefetch();
    else options.onEvent(frame);
  }

  function connect(): void {
    window.clearTimeout(retryTimer);
    if (closed || socket || !navigator.onLine) return;
    const opened = new WebSocket(options.url);
    socket = opened;
    opened.onopen = () => opened.send(JSON.stringify({ type: "auth", token: options.token, cursor }));
    opened.onmessage = (event: MessageEvent<string>) => receive(JSON.parse(event.data) as LiveFrame);
    opened.onclose = (event) => {
      if (socket === opened) lost(event.code);
    };
  }

  function lost(code: number): void {
    socket = null;
    failures += 1;
    if (REFUSED.has(code)) options.onRefused();
    settle();
    retry();
  }

  function say(message: object): void {
    if (socket?.readyState === WebSocket.OPEN && liveState.get() === "live") socket.send(JSON.stringify(message));
  }

  function watch(): void {
    if (!socket || liveState.get() !== "live") return;
    if (Date.now() - heardAt < SILENCE_MS) return say({ type: "ping" });
    const silent = socket;
    lost(0);
    silent.close();
  }

  function settle(): void {
    if (!navigator.onLine) liveState.set("offline");
    else if (failures < FAILURES_BEFORE_POLLING || cursor === null) liveState.set("connecting");
    else if (liveState.get() !== "polling") {
      liveState.set("connecting");
      void pollOnce();
    }
  }

  function retry(): void {
    if (closed) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 8));
    retryTimer = window.setTimeout(connect, wait * (0.5 + Math.random() / 2));
  }

  async function pollOnce(): Promise<void> {
    window.clearTimeout(pollTimer);
    if (closed || socket?.readyState === WebSocket.OPEN || cursor === null) return;
    try {
      const page = await options.poll(cursor);
      if (liveState.get() === "live") return;
      liveState.set("polling");
      page.items.forEach((event) => receive(event));
      if (page.next_cursor) cursor = page.next_cursor;
    } catch {
      if (liveState.get() === "polling") liveState.set("connecting");
    }
    if (!closed && liveState.get() !== "live") pollTimer = window.setTimeout(() => void pollOnce(), POLL_MS);
  }

  // The browser does not close a socket whose network went away, so we do.
  function onOffline(): void {
    socket?.close();
    socket = null;
    liveState.set("offline");
  }

  function onOnline(): void {
    failures = 0;
    liveState.set("connecting");
    connect();
  }

  const watchTimer = window.setInterval(watch, ASK_MS);
  tellServer = say;
  window.addEventListener("offline", onOffline);
  window.addEventListener("online", onOnline);
  liveState.set(navigator.onLine ? "connecting" : "offline");
  connect();

  return () => {
    closed = true;
    tellServer = null;
    window.clearInterval(watchTimer);
    window.clearTimeout(retryTimer);
    window.clearTimeout(pollTimer);
    window.removeEventListener("offline", onOffline);
    window.removeEventListener("online", onOnline);
    const open = socket;
    socket = null;
    open?.close();
  };
}
