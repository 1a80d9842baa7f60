import type { ReactNode } from "react";
import { Avatar } from "@/components/avatar";
import { Button } from "@/components/button";
import { Foreign } from "@/components/foreign";
import { LabelChip } from "@/components/label-chip";
import { InlineError, Skeleton } from "@/components/notice";
import type { Conversation } from "@/lib/api/types";
import { formatDate, formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { useContact } from "../api/get-contact";
import type { CareDesk } from "../hooks/use-care-desk";
import { ConsentList } from "./consent-list";
import { contactName, reasonText } from "./names";
import { PriorityIcon } from "./priority-mark";
import { SamePerson } from "./same-person";

interface PanelProps {
  conversation: Conversation;
  desk: CareDesk;
}

/** Who this is, how they are reached, what they agreed to, and who looks after them. */
export function ContactPanel({ conversation, desk }: PanelProps) {
  const can = useCan();
  const { contact } = conversation;
  const name = contactName(contact);
  return (
    <div className="flex flex-col gap-5" data-testid="contact-panel">
      <div className="flex flex-col items-center gap-2 text-center">
        <Avatar name={name} seed={contact.id} size="size-16 text-title" />
        <p className="text-lead font-semibold">
          <Foreign text={name} />
        </p>
      </div>
      <Section title={t("panel.conversation")}>
        <Facts>
          <Fact name={t("panel.answers")}>{t(`mode.${conversation.mode}`)}</Fact>
          <Fact name={t("inbox.status")}>
            {t(`inbox.status.${conversation.status}`)}
            {conversation.snoozed_until ? ` · ${formatFull(conversation.snoozed_until)}` : ""}
          </Fact>
          {conversation.needs_person ? <Fact name={t("inbox.needsPerson")}>{reasonText(conversation.needs_person_reason)}</Fact> : null}
          <Fact name={t("panel.assignee")}>
            {conversation.assignee ? <Foreign text={conversation.assignee.name} /> : t("assign.nobody")}
          </Fact>
          {conversation.priority === "none" ? null : (
            <Fact name={t("priority.title")}>
              <span className="inline-flex items-center gap-1">
                <PriorityIcon priority={conversation.priority} />
                {t(`priority.${conversation.priority}`)}
              </span>
            </Fact>
          )}
          {conversation.labels.length ? (
            <Fact name={t("label.title")}>
              <span className="flex flex-wrap justify-end gap-1">
                {conversation.labels.map((label) => (
                  <LabelChip key={label.id} label={label} />
                ))}
              </span>
            </Fact>
          ) : null}
        </Facts>
        {can("care") ? (
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => desk.ask("assign")}>{t("assign.do")}</Button>
            <Button onClick={() => desk.ask("snooze")}>{t("snooze.do")}</Button>
            <Button onClick={() => desk.ask("priority")}>{t("priority.do")}</Button>
            <Button onClick={() => desk.ask("label")}>{t("label.do")}</Button>
          </div>
        ) : null}
      </Section>
      {can("seeContacts") ? <Person id={contact.id} name={name} /> : null}
    </div>
  );
}

function Person({ id, name }: { id: string; name: string }) {
  const query = useContact(id);
  if (query.isPending) return <Skeleton rows={4} className="h-9 py-1" />;
  if (!query.data) return <InlineError error={query.error} retry={() => void query.refetch()} />;
  const { identities, created_at, opted_out_at, language, former_names } = query.data;
  return (
    <>
      <Section title={t("panel.reached")}>
        <Facts>
          {identities.map(({ kind, value }) => (
            <Fact key={`${kind} ${value}`} name={tWord("identity", kind, kind)}>
              <Foreign text={value} className="select-all" />
            </Fact>
          ))}
          <Fact name={t("panel.firstSeen")}>{formatDate(created_at)}</Fact>
          {former_names.length ? (
            <Fact name={t("panel.formerNames")}>
              {former_names.map((former) => (
                <span key={former.until} className="block">
                  <Foreign text={former.name} /> <span className="text-small text-muted">{t("panel.until", { date: formatDate(former.until) })}</span>
                </span>
              ))}
            </Fact>
          ) : null}
          {language ? <Fact name={t("panel.language")}>{tWord("language", language, language)}</Fact> : null}
        </Facts>
        <SamePerson id={id} name={name} />
      </Section>
      <Section title={t("panel.consent")}>
        <p className={opted_out_at ? "rounded-card bg-amber-soft px-3 py-2 text-amber" : "text-muted"}>
          {opted_out_at ? t("panel.optedOut", { time: formatFull(opted_out_at) }) : t("panel.optedIn")}
        </p>
        <ConsentList contact={id} />
      </Section>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-small font-semibold text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-1.5">{children}</dl>;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </>
  );
}
