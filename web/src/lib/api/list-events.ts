import { api, call } from "../api-client";
import type { EventPage } from "./types";

/** What happened after a cursor; the fallback when no WebSocket gets through. */
export function listEvents(cursor: string): Promise<EventPage> {
  return call(api.GET("/api/v1/events", { params: { query: { cursor, limit: 200 } } }));
}
