import { Sparkles } from "lucide-react";
import { Button } from "@/components/button";
import { t } from "@/lib/i18n";
import { useSwitchMode } from "../hooks/use-switch-mode";

/** Shown to whoever writes while the AI answers; sending would take over too. */
export function AiReplies({ conversationId }: { conversationId: string }) {
  const switchTo = useSwitchMode(conversationId);
  return (
    <div role="status" data-testid="ai-replies" className="mb-2 flex items-center gap-2 rounded-card bg-accent-soft py-1 pr-1 pl-3 text-accent">
      <Sparkles size={14} aria-hidden className="shrink-0" />
      <span className="min-w-0 flex-1">{t("composer.aiReplies")}</span>
      <Button onClick={() => switchTo("human")}>
        {t("composer.takeOver")}
      </Button>
    </div>
  );
}
