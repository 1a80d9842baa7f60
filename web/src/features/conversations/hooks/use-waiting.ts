import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveState } from "@/lib/live-connection";
import { heard } from "@/lib/live-events";
import { keys } from "@/lib/query-keys";
import { setWaiting } from "@/lib/title";
import { useCounts } from "../api/count-conversations";

/** Counts are asked for again after a change, but not more often than this. */
const PAUSE_MS = 1_000;

/** How many conversations wait for a person, kept fresh; shown in the browser tab with those that mention the reader. */
export function useWaiting(): number {
  const cache = useQueryClient();
  const { waiting = 0, mentions = 0 } = useCounts({ status: "active" }).data ?? {};
  useEffect(() => setWaiting(waiting + mentions), [waiting, mentions]);
  useEffect(() => () => setWaiting(0), []);
  useEffect(() => {
    let timer = 0;
    function later() {
      if (timer) return;
      timer = window.setTimeout(() => {
        timer = 0;
        void cache.invalidateQueries({ queryKey: keys.allCounts });
      }, PAUSE_MS);
    }
    const stops = [
      heard.subscribe(() => heard.get()?.type.startsWith("conversation.") && later()),
      liveState.subscribe(() => liveState.get() === "live" && later()),
    ];
    return () => {
      window.clearTimeout(timer);
      stops.forEach((stop) => stop());
    };
  }, [cache]);
  return waiting;
}
