import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { PhoneAccess, PhoneEvent } from "../api/phone-shapes";
import { createLiveCache } from "@/lib/live-cache";
import { keys } from "@/lib/query-keys";
import { SignedOut } from "@/lib/errors";
import { pollPhoneEvents } from "../api/poll-phone-events";
import { applyPhoneEvent } from "./phone-cache";

const PAUSE_MS = 1_500;

/** Follows the phone from the first known cursor on; a pass that ended is renewed. */
export function usePhoneEvents(access: PhoneAccess, cursor: number | undefined): void {
  const cache = useQueryClient();
  const [from, setFrom] = useState(cursor);
  if (from === undefined && cursor !== undefined) setFrom(cursor);
  useEffect(() => {
    if (from === undefined) return;
    const stop = new AbortController();
    const live = createLiveCache<PhoneEvent>(cache, {
      about: "phone",
      update: (event) => applyPhoneEvent(cache, access.channel_id, event),
    });
    async function follow(start: number): Promise<void> {
      let reached = start;
      while (!stop.signal.aborted) {
        try {
          const changes = await pollPhoneEvents(access, reached, stop.signal);
          reached = changes.cursor;
          changes.items.forEach(live.apply);
        } catch (error) {
          if (stop.signal.aborted) return;
          if (error instanceof SignedOut) void cache.invalidateQueries({ queryKey: keys.sandbox });
          await new Promise((done) => window.setTimeout(done, PAUSE_MS));
        }
      }
    }
    void follow(from);
    return () => {
      stop.abort();
      live.close();
    };
  }, [access, from, cache]);
}
