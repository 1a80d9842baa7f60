import { Square } from "lucide-react";
import { Button } from "@/components/button";
import type { Conversation, Message } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useAiReply } from "../hooks/ai-reply";
import { useSwitchMode } from "../hooks/use-switch-mode";
import { WritingDots } from "./typing-mark";

interface WritingProps {
  conversation: Conversation;
  messages: readonly Message[];
  canStop: boolean;
}

/** A reply of the AI is due or leaves part by part; Stop takes over, which withdraws what has not left yet. */
export function AiWriting({ conversation, messages, canStop }: WritingProps) {
  const reply = useAiReply(conversation, messages);
  const switchTo = useSwitchMode(conversation.id);
  if (!reply) return null;
  return (
    <div role="status" className="flex min-h-10 shrink-0 items-center gap-2 px-4 pb-1 max-md:px-3">
      <WritingDots text={t(reply === "due" ? "thread.typing.assistant" : "thread.sending.assistant")} />
      {canStop ? (
        <Button aria-label={t("thread.stopLabel")} onClick={() => switchTo("human")}>
          <Square size={12} fill="currentColor" aria-hidden />
          {t("thread.stop")}
        </Button>
      ) : null}
    </div>
  );
}
