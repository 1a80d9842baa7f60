import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { liveState, tell } from "@/lib/live-connection";
import { meQuery } from "@/lib/me";
import { keys } from "@/lib/query-keys";
import type { Presence, PresenceEvent } from "@/lib/realtime";
import { useStore } from "@/lib/store";

/** The other members who have this conversation open. */
export function usePresent(conversationId: string): PresenceEvent[] {
  const me = useQuery(meQuery).data?.member?.id;
  const { data = {} } = useQuery<Presence>({ queryKey: keys.presence(conversationId), queryFn: skipToken });
  return Object.values(data).filter((event) => event.member_id !== me);
}

/** Tells the others that this conversation is open here, and whether something is being written. */
export function useTellPresence(conversationId: string, writing: boolean): void {
  const live = useStore(liveState) === "live";
  useEffect(() => {
    if (live) tell({ type: "presence", conversation_id: conversationId, state: writing ? "typing" : "viewing" });
  }, [live, conversationId, writing]);
  useEffect(() => () => tell({ type: "presence", conversation_id: conversationId, state: "left" }), [conversationId]);
}
