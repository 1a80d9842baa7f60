import { ExternalLink, List, MapPin } from "lucide-react";
import { Foreign } from "@/components/foreign";
import type { Message } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { answersOf, cardsOf, choicesOf, linkOf } from "../hooks/message-facts";

const CHIP = "inline-flex max-w-full items-center gap-1 rounded-full border border-control px-2 py-0.5 text-small text-bubble-muted";

/** What stands under the words: what the customer can press, where a link leads, numbers of contact cards. */
export function MessageParts({ message }: { message: Message }) {
  const choices = choicesOf(message);
  const link = linkOf(message);
  const numbers = cardsOf(message);
  const answers = answersOf(message);
  return (
    <>
      {numbers.map((number, at) => (
        <Foreign key={at} text={number} className="block text-small text-bubble-muted" />
      ))}
      {answers.length ? (
        <span data-testid="form-answers" className="mt-1 flex flex-col gap-0.5">
          {answers.map(({ field, value }, at) => (
            <span key={at} className="[overflow-wrap:anywhere]">
              {field ? <Foreign text={`${field}: `} className="text-small text-bubble-muted" /> : null}
              <Foreign text={value} />
            </span>
          ))}
        </span>
      ) : null}
      {choices ? (
        <span data-testid="message-choices" role="group" aria-label={t("thread.choices")} className="mt-1 flex flex-wrap items-center gap-1">
          {choices.opener ? (
            <span className="inline-flex items-center gap-1 text-small text-bubble-muted">
              <List size={14} aria-hidden className="shrink-0" />
              <Foreign text={choices.opener} />
            </span>
          ) : null}
          {choices.titles.map((title, at) => (
            <span key={at} className={CHIP}>
              <Foreign text={title} className="truncate" />
            </span>
          ))}
        </span>
      ) : null}
      {link ? (
        <a
          href={link.url}
          title={link.url}
          target="_blank"
          rel="noopener noreferrer"
          className="target mt-1 flex w-fit max-w-full items-center gap-1 text-small text-accent underline"
        >
          <ExternalLink size={14} aria-hidden className="shrink-0" />
          <Foreign text={link.text} className="truncate" />
        </a>
      ) : null}
      {message.kind === "location_request" ? (
        <span className="mt-1 flex items-center gap-1 text-small text-bubble-muted">
          <MapPin size={14} aria-hidden className="shrink-0" />
          {t("kind.location_request")}
        </span>
      ) : null}
    </>
  );
}
