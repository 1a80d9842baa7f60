import { t } from "@/lib/i18n";
import type { TypingEvent } from "@/lib/realtime";

/** Who is writing, but for the AI, which can be stopped. */
export function TypingMark({ typing, contact }: { typing: TypingEvent; contact: string }) {
  const name = typing.name ?? t("author.agent");
  return <WritingDots text={typing.author === "agent" ? t("thread.typing.agent", { name }) : t("thread.typing.customer", { name: contact })} />;
}

/** Three dots and what goes on. */
export function WritingDots({ text }: { text: string }) {
  return (
    <p className="flex items-center gap-2 px-1 py-1 text-small text-muted" data-testid="typing">
      <span aria-hidden className="inline-flex gap-1">
        {[0, 150, 300].map((delay) => (
          <span key={delay} className="animate-blink size-1.5 rounded-full bg-muted" style={{ animationDelay: `${delay}ms` }} />
        ))}
      </span>
      {text}
    </p>
  );
}
