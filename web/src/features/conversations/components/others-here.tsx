import { Eye } from "lucide-react";
import { safeName } from "@/components/foreign";
import { t } from "@/lib/i18n";
import { usePresent } from "../hooks/use-presence";

/** Who else reads or answers right now, so that two people do not answer the same question. */
export function OthersHere({ conversationId }: { conversationId: string }) {
  const others = usePresent(conversationId);
  const writing = others.find((other) => other.state === "typing");
  const shown = writing ?? others[0];
  return (
    <div role="status" data-testid="others-here">
      {shown ? (
        <p className="flex items-center gap-2 border-t border-line bg-accent-soft px-4 py-1 text-small text-accent">
          <Eye size={12} aria-hidden />
          {t(writing ? "thread.writing" : "thread.watching", { name: safeName(shown.name, t("author.agent")) })}
        </p>
      ) : null}
    </div>
  );
}
