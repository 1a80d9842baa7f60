/** How far the AI's reply is: due after the customer's word, or on its way out. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Conversation, Message } from "@/lib/api/types";
import { isAnswered } from "@/lib/message-state";
import { keys } from "@/lib/query-keys";
import { REPLY_LASTS_MS, useTyping } from "./use-typing";

export type AiReply = "due" | "leaving";

/** Whether parts of the newest reply still wait to leave. `messages`: newest first. Pure. */
export function isLeaving(messages: readonly Message[]): boolean {
  const since = messages.findIndex(({ author }) => author === "customer");
  const reply = since < 0 ? messages : messages.slice(0, since);
  return reply.some(({ author, status }) => author === "assistant" && (status === "queued" || status === "sending"));
}

/** When the newest message began to wait for the AI, in milliseconds; null where it does not. Pure. */
export function dueSince({ mode, contact }: Conversation, messages: readonly Message[]): number | null {
  const newest = messages.find(({ author, private: note }) => author !== "system" && !note);
  if (mode !== "ai" || contact.opted_out || newest?.author !== "customer" || !isAnswered(newest)) return null;
  return Date.parse(newest.created_at);
}

/** Of the open thread; whoever opens it while a reply is due sees that, too. */
export function useAiReply(conversation: Conversation, messages: readonly Message[]): AiReply | null {
  const cache = useQueryClient();
  const typing = useTyping(conversation.id);
  const since = dueSince(conversation, messages);
  useEffect(() => {
    const key = keys.typing(conversation.id);
    if (since === null || Date.now() - since > REPLY_LASTS_MS || cache.getQueryData(key)) return;
    cache.setQueryData(key, { conversation_id: conversation.id, author: "assistant", at: since });
  }, [cache, conversation.id, since]);
  if (conversation.mode !== "ai") return null;
  if (isLeaving(messages)) return "leaving";
  return typing?.author === "assistant" ? "due" : null;
}
