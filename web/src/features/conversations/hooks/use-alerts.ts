import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { Conversation, Message } from "@/lib/api/types";
import { chime } from "@/lib/chime";
import { knownConversation } from "@/lib/conversation-cache";
import { t } from "@/lib/i18n";
import type { LiveFrame } from "@/lib/live-connection";
import { heard } from "@/lib/live-events";
import { meQuery } from "@/lib/me";
import { contactName, reasonText } from "../components/names";
import { alertSettings, noticeState } from "./alert-settings";
import { callFor, mentionsMe } from "./call-for-person";

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
      const call = calledBy(heard.get(), (id) => knownConversation(cache, id), latest.current.me);
      if (!call || (document.visibilityState === "visible" && latest.current.inSight === call.id)) return;
      const { sound, notices } = alertSettings.get();
      if (sound && Date.now() - rangAt > QUIET_MS) {
        rangAt = Date.now();
        chime();
      }
      if (notices && noticeState() === "granted") tell(call, () => latest.current.onOpen(call.id));
    });
  }, [cache]);
}

interface Notice {
  id: string;
  title: string;
  body: string;
}

function calledBy(frame: LiveFrame | null, known: (id: string) => Conversation | undefined, me: string | null): Notice | null {
  if (frame?.type === "message.created") {
    const { message } = frame.data as { message: Message };
    const talk = known(message.conversation_id);
    const title = talk ? contactName(talk.contact) : t("app.name");
    const body = t("alerts.mention", { name: message.member?.name ?? t("author.agent") });
    return mentionsMe(message, me) ? { id: message.conversation_id, title, body } : null;
  }
  if (frame?.type !== "conversation.updated" && frame?.type !== "conversation.created") return null;
  const { conversation } = frame.data as { conversation: Conversation };
  const call = callFor(known(conversation.id), conversation, me);
  const reason = reasonText(conversation.needs_person_reason) || t("inbox.needsPerson");
  const body = call === "needs" ? reason : t("alerts.newMessage");
  return call && { id: conversation.id, title: contactName(conversation.contact), body };
}

/** What the customer wrote stays in the app: notices show on locked screens. */
function tell({ id, title, body }: Notice, open: () => void): void {
  const notice = new Notification(title, { body, tag: id, icon: "/favicon.svg" });
  notice.onclick = () => {
    window.focus();
    notice.close();
    open();
  };
}
