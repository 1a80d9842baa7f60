import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Avatar } from "@/components/avatar";
import { Button } from "@/components/button";
import { Foreign, safeName } from "@/components/foreign";
import { InlineError, Skeleton } from "@/components/notice";
import type { PhoneAccess } from "../api/phone-shapes";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { meQuery } from "@/lib/me";
import { notifyFailure } from "@/lib/notify";
import { usePhoneMessages } from "../api/list-phone-messages";
import { useOpenChat } from "../api/open-chat";
import type { Customer, PhoneMessage } from "../api/phone-shapes";
import { type CustomerDraft, useSendAsCustomer } from "../api/send-as-customer";
import { asChanged, reactionOf } from "../hooks/phone-content";
import { PhoneBubble } from "./phone-bubble";
import { PhoneComposer } from "./phone-composer";

interface PhoneProps {
  access: PhoneAccess;
  customer: Customer;
  ask: readonly string[] | null;
}

/** The customer's screen. Looking at it reads what the business wrote. */
export function Phone({ access, customer, ask }: PhoneProps) {
  const messages = usePhoneMessages(access, customer.id);
  const send = useSendAsCustomer(access, customer.id);
  const name = safeName(customer.name, customer.phone ?? customer.bsuid);
  const business = useQuery(meQuery).data?.tenant.name ?? access.business;
  const [editing, setEditing] = useState<PhoneMessage | null>(null);
  useReadOnSight(access, customer, messages.data);
  const say = (draft: CustomerDraft) =>
    send.mutate(draft, { onError: (error) => notifyFailure(t("sim.sendFailed"), explain(error)) });

  return (
    <section aria-label={t("sim.phone", { name })} className="flex min-h-0 flex-1 flex-col" data-testid="phone">
      <header className="flex items-center gap-3 bg-phone px-3 py-2 text-on-phone">
        <Avatar name={business} seed={business} size="size-8 text-small" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">
            <Foreign text={business} />
          </p>
          <p className="h-4 text-small leading-4" role="status" data-testid="phone-typing">
            {customer.typing ? `${t("sim.typing")}…` : access.number}
          </p>
        </div>
      </header>
      {messages.data && (ask || messages.data.length > 0) ? (
        <Screen access={access} messages={messages.data} name={name} ask={ask ?? []} onSend={say} onEdit={setEditing} />
      ) : (
        <div className="min-h-0 flex-1 overflow-hidden bg-thread">
          {messages.isError ? (
            <InlineError title={t("sim.failed")} error={messages.error} retry={() => void messages.refetch()} />
          ) : (
            <Skeleton rows={4} className="h-14 p-2" />
          )}
        </div>
      )}
      <PhoneComposer key={editing?.id ?? "new"} editing={editing} onEdited={() => setEditing(null)} onSend={say} />
    </section>
  );
}

interface ScreenProps {
  access: PhoneAccess;
  messages: PhoneMessage[];
  name: string;
  ask: readonly string[];
  onSend(draft: CustomerDraft): void;
  onEdit(message: PhoneMessage): void;
}

function Screen({ access, messages, name, ask, onSend, onEdit }: ScreenProps) {
  const reactions = useMemo(() => latestReactions(messages), [messages]);
  const byWamid = useMemo(() => new Map(messages.map((message) => [message.wamid, message])), [messages]);
  const shown = useMemo(() => asChanged(messages), [messages]);
  return (
    <div
      role="log"
      aria-label={t("sim.phone", { name })}
      tabIndex={0}
      className="@container flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain bg-thread p-3 outline-offset-[-2px]"
    >
      <div className="flex flex-col gap-2">
        {shown.length === 0 ? <Beginning name={name} ask={ask} onSend={onSend} /> : null}
        {shown.map((message) => (
          <PhoneBubble
            key={message.id}
            access={access}
            message={message}
            quoted={message.reply_to ? (byWamid.get(message.reply_to) ?? null) : null}
            reaction={reactions.get(message.wamid) ?? null}
            onAnswer={(draft) => onSend({ ...draft, reply_to: message.wamid })}
            onEdit={() => onEdit(message)}
            onDelete={() => onSend({ kind: "revoke", content: { original_message_id: message.wamid } })}
            onReact={(emoji) => onSend({ kind: "reaction", content: { message_id: message.wamid, emoji } })}
          />
        ))}
      </div>
    </div>
  );
}

function Beginning({ name, ask, onSend }: Omit<ScreenProps, "access" | "messages" | "onEdit">) {
  return (
    <div className="flex flex-col items-center gap-2 py-8">
      <p className="text-center text-muted">{t(ask.length ? "sim.emptyAsk" : "sim.empty", { name })}</p>
      {ask.map((question) => (
        <Button key={question} onClick={() => onSend({ kind: "text", content: { body: question } })}>
          {question}
        </Button>
      ))}
    </div>
  );
}

/** The last word on each message; an empty one takes it back. */
function latestReactions(messages: PhoneMessage[]): Map<string, string> {
  const latest = new Map<string, string>();
  for (const message of messages) {
    const reaction = reactionOf(message.kind, message.content);
    if (reaction) latest.set(reaction.to, reaction.emoji);
  }
  return latest;
}

function useReadOnSight(access: PhoneAccess, customer: Customer, messages: PhoneMessage[] = []): void {
  const { mutate } = useOpenChat(access, customer.id);
  const newest = messages.findLast((message) => message.direction !== "in" && message.state !== "failed");
  const unread = newest && newest.state !== "read" ? newest.id : null;
  useEffect(() => {
    if (unread !== null) mutate();
  }, [unread, mutate]);
}
