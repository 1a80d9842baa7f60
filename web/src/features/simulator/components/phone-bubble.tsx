import { Smile } from "lucide-react";
import { Foreign } from "@/components/foreign";
import { Ticks } from "@/components/ticks";
import { cx } from "@/lib/cx";
import { formatTime } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import type { PhoneAccess, PhoneMessage } from "../api/phone-shapes";
import { attachedOf, type Choice, choicesOf } from "../hooks/phone-content";
import { PhoneMedia, PhonePlace } from "./phone-media";

interface BubbleProps {
  access: PhoneAccess;
  message: PhoneMessage;
  reaction: string | null;
  onChoose(choice: Choice): void;
  onReact(emoji: string): void;
}

/** One message on the customer's screen: their own at the right, with ticks; the business at the left. */
export function PhoneBubble({ access, message, reaction, onChoose, onReact }: BubbleProps) {
  const own = message.direction === "in";
  const choices = own ? [] : choicesOf(message.content);
  return (
    <article
      data-testid="phone-message"
      data-direction={message.direction}
      className={cx("group flex flex-col", own ? "items-end" : "items-start")}
    >
      <span className="sr-only">{own ? t("sim.you") : t("sim.business")}:</span>
      <div className="flex max-w-full items-center gap-1">
        <div className={cx("relative max-w-[80cqw] min-w-0 rounded-xl px-3 py-1.5 shadow-soft", own ? "bg-outbound" : "bg-raised")}>
          <Content access={access} message={message} />
          <span className="float-right mt-1.5 ml-3 inline-flex translate-y-0.5 items-center gap-1 text-small text-bubble-muted">
            <time dateTime={new Date(message.at_ms).toISOString()}>{formatTime(new Date(message.at_ms).toISOString())}</time>
            {own ? <Ticks status={message.state} /> : null}
          </span>
          {reaction ? (
            <span className="absolute right-2 -bottom-3 rounded-full border border-line bg-raised px-1 text-small">{reaction}</span>
          ) : null}
        </div>
        {own ? null : (
          <button
            type="button"
            aria-label={t("sim.react")}
            title={t("sim.react")}
            onClick={() => onReact(reaction ? "" : "👍")}
            className="target inline-flex items-center justify-center rounded-full text-muted opacity-0 group-hover:opacity-100 focus-visible:opacity-100 [@media(hover:none)]:opacity-60"
          >
            <Smile size={15} aria-hidden />
          </button>
        )}
      </div>
      {choices.length > 0 ? (
        <div className="mt-1 flex w-60 max-w-[80cqw] flex-col gap-1">
          {choices.map((choice) => (
            <button
              key={choice.id}
              type="button"
              onClick={() => onChoose(choice)}
              className="target rounded-card bg-raised px-3 text-center text-accent shadow-soft hover:brightness-95"
            >
              {choice.title}
            </button>
          ))}
        </div>
      ) : null}
    </article>
  );
}

function Content({ access, message }: { access: PhoneAccess; message: PhoneMessage }) {
  const media = attachedOf(message.content);
  const words = message.text?.trim();
  return (
    <>
      {media ? <PhoneMedia access={access} kind={message.kind} media={media} /> : null}
      {message.kind === "location" ? <PhonePlace message={message} /> : null}
      {words ? (
        <span className="whitespace-pre-wrap">
          <Foreign text={words} />
        </span>
      ) : null}
      {media || words || message.kind === "location" ? null : (
        <span className="text-small text-bubble-muted">{tWord("kind", message.kind, t("kind.unknown"))}</span>
      )}
    </>
  );
}
