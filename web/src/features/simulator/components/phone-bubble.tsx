import { EllipsisVertical, Smile } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Ticks } from "@/components/ticks";
import { cx } from "@/lib/cx";
import { formatTime } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { PhoneAccess, PhoneMessage } from "../api/phone-shapes";
import type { CustomerDraft } from "../api/send-as-customer";
import { PhoneBody } from "./phone-body";
import { PhoneChoices } from "./phone-choices";

interface BubbleProps {
  access: PhoneAccess;
  message: PhoneMessage;
  /** What it answers, where that is on this phone. */
  quoted: PhoneMessage | null;
  reaction: string | null;
  /** Something that answers this message. */
  onAnswer(draft: CustomerDraft): void;
  onReact(emoji: string): void;
  onEdit(): void;
  onDelete(): void;
}

/** One message on the customer's screen: their own at the right, with ticks; the business at the left. */
export function PhoneBubble({ access, message, quoted, reaction, onAnswer, onReact, onEdit, onDelete }: BubbleProps) {
  const own = message.direction === "in";
  return (
    <article
      data-testid="phone-message"
      data-direction={message.direction}
      className={cx("group flex flex-col", own ? "items-end" : "items-start")}
    >
      <span className="sr-only">{own ? t("sim.you") : t("sim.business")}:</span>
      <div className="flex max-w-full items-center gap-1">
        {own && message.kind !== "deleted" ? <OwnMenu editable={message.kind === "text"} onEdit={onEdit} onDelete={onDelete} /> : null}
        <div className={cx("relative max-w-[80cqw] min-w-0 rounded-xl px-3 py-1.5 shadow-soft", own ? "bg-outbound" : "bg-raised")}>
          <PhoneBody access={access} message={message} quoted={quoted} />
          <span className="float-right mt-1.5 ml-3 inline-flex translate-y-0.5 items-center gap-1 text-small text-bubble-muted">
            <time dateTime={new Date(message.at_ms).toISOString()}>{formatTime(new Date(message.at_ms).toISOString())}</time>
            {message.content.edited === true ? t("sim.edited") : null}
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
      {own ? null : <PhoneChoices content={message.content} onAnswer={onAnswer} />}
    </article>
  );
}

const QUIET =
  "target inline-flex items-center justify-center rounded-full text-muted opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 [@media(hover:none)]:opacity-60";
const ITEM = "target flex items-center rounded-card px-3 outline-none data-highlighted:bg-surface";

/** What a customer does to a message of their own. */
function OwnMenu({ editable, onEdit, onDelete }: { editable: boolean; onEdit(): void; onDelete(): void }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger aria-label={t("sim.ownMenu")} title={t("sim.ownMenu")} className={QUIET}>
        <EllipsisVertical size={15} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} className="animate-rise z-50 min-w-36 rounded-card border border-line bg-raised p-1 text-text shadow-lg">
          {editable ? (
            <DropdownMenu.Item className={ITEM} onSelect={onEdit}>
              {t("sim.edit")}
            </DropdownMenu.Item>
          ) : null}
          <DropdownMenu.Item className={ITEM} onSelect={onDelete}>
            {t("sim.delete")}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
