import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Conversation } from "@/lib/api/types";
import { chime } from "@/lib/chime";
import { knownConversation } from "@/lib/conversation-cache";
import { t } from "@/lib/i18n";
import { heard } from "@/lib/live-events";
import { meQuery } from "@/lib/me";
import { contactName, reasonText } from "../components/names";
import { alertSettings, noticeState } from "./alert-settings";
import { type Call, callFor } from "./call-for-person";

/** A burst is one call. */
const QUIET_MS = 3_000;

/** Calls the reader by sound and notice, where they allowed it; `inSight` is the conversation on screen. */
export function useAlerts({ inSight, onOpen }: { inSight: string | null; onOpen(id: string): void }): void {
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.member?.id ?? null;
  const latest = useRef({ inSight, onOpen, me });
  useEffect(() => {
    latest.current = { inSight, onOpen, me };
  });
  useEffect(() => {
    let rangAt = 0;
    return heard.subscribe(() => {
      const now = changedConversation(heard.get());
      if (!now) return;
      const call = callFor(knownConversation(cache, now.id), now, latest.current.me);
      const seen = document.visibilityState === "visible" && latest.current.inSight === now.id;
      if (!call || seen) return;
      const { sound, notices } = alertSettings.get();
      if (sound && Date.now() - rangAt > QUIET_MS) {
        rangAt = Date.now();
        chime();
      }
      if (notices && noticeState() === "granted") tell(now, call, () => latest.current.onOpen(now.id));
    });
  }, [cache]);
}

function changedConversation(frame: ReturnType<typeof heard.get>): Conversation | null {
  if (frame?.type !== "conversation.updated" && frame?.type !== "conversation.created") return null;
  return (frame.data as { conversation: Conversation }).conversation;
}

/** What the customer wrote stays in the app: notices show on locked screens. */
function tell(conversation: Conversation, call: Call, open: () => void): void {
  const reason = reasonText(conversation.needs_person_reason);
  const body = call === "needs" ? reason || t("inbox.needsPerson") : t("alerts.newMessage");
  const notice = new Notification(contactName(conversation.contact), { body, tag: conversation.id, icon: "/favicon.svg" });
  notice.onclick = () => {
    window.focus();
    notice.close();
    open();
  };
}
