import { Square } from "lucide-react";
import { Button } from "@/components/button";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { useSwitchMode } from "../hooks/use-switch-mode";
import { useTyping } from "../hooks/use-typing";
import { TypingMark } from "./typing-mark";

/** A reply of the AI is due; Stop takes over, which withdraws it wherever it is on its way. */
export function AiWriting({ conversation, canStop }: { conversation: Conversation; canStop: boolean }) {
  const typing = useTyping(conversation.id);
  const switchTo = useSwitchMode(conversation.id);
  if (typing?.author !== "assistant" || conversation.mode !== "ai") return null;
  return (
    <div role="status" className="flex min-h-10 shrink-0 items-center gap-2 px-4 pb-1 max-md:px-3">
      <TypingMark typing={typing} contact="" />
      {canStop ? (
        <Button aria-label={t("thread.stopLabel")} onClick={() => switchTo("human")}>
          <Square size={12} fill="currentColor" aria-hidden />
          {t("thread.stop")}
        </Button>
      ) : null}
    </div>
  );
}
