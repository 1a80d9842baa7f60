import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { listEvents } from "@/lib/api/list-events";
import { createLiveCache } from "@/lib/live-cache";
import { type LiveFrame, openLive } from "@/lib/live-connection";
import { heard } from "@/lib/live-events";
import { keys } from "@/lib/query-keys";
import { applyEvent } from "@/lib/realtime";
import { session } from "@/lib/session";
import { useStore } from "@/lib/store";

/** Keeps the live stream open while somebody is signed in. */
export function useLive(): void {
  const cache = useQueryClient();
  const token = useStore(session);
  useEffect(() => {
    if (!token) return;
    const { protocol, host } = window.location;
    const live = createLiveCache<LiveFrame>(cache, {
      about: "conversations",
      update: ({ type, data }) => applyEvent(cache, type, data),
    });
    const close = openLive({
      token,
      url: `${protocol === "https:" ? "wss" : "ws"}://${host}/ws`,
      onReady: () => cache.removeQueries({ queryKey: keys.presences }),
      onEvent(frame) {
        heard.set(frame);
        live.apply(frame);
      },
      onRefetch: live.restart,
      onRefused: () => void cache.invalidateQueries({ queryKey: keys.me }),
      poll: listEvents,
    });
    return () => {
      close();
      live.close();
    };
  }, [cache, token]);
}
