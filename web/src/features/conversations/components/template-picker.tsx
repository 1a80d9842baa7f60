import { Link } from "@tanstack/react-router";
import { ArrowLeft, SendHorizontal } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Foreign } from "@/components/foreign";
import { InlineError, Skeleton } from "@/components/notice";
import { TemplatePreview } from "@/components/template-preview";
import { TemplateValues } from "@/components/template-values";
import { useTemplates } from "@/lib/api/list-templates";
import type { Conversation, Template } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { useCan, useReachable } from "@/lib/me";
import { templateFaults } from "@/lib/template-faults";
import { HEADER_FILE, missing, shownOf, type Values } from "@/lib/templates";
import { useSendTemplate } from "../api/send-template";
import { taken } from "../hooks/sendable";
import { contactName, contactPhone } from "./names";

interface PickerProps {
  conversation: Conversation;
  onClose(): void;
}

/** Finds an approved template of this number, fills it, shows it as the customer will read it, sends it. */
export default function TemplatePicker({ conversation, onClose }: PickerProps) {
  const [chosen, setChosen] = useState<Template | null>(null);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("picker.title")}>
      {chosen ? (
        <Filling key={chosen.id} conversation={conversation} template={chosen} onBack={() => setChosen(null)} onSent={onClose} />
      ) : (
        <Choice conversation={conversation} onChoose={setChosen} />
      )}
    </Dialog>
  );
}

function Choice({ conversation, onChoose }: { conversation: Conversation; onChoose(template: Template): void }) {
  const [words, setWords] = useState("");
  const templates = useTemplates(conversation.channel_id);
  const sendable = templates.data?.filter((one) => one.status === "approved" && !one.layout.lacking);
  const found = sendable?.filter((one) => fits(one, words));
  if (templates.isError && !templates.data) {
    return <InlineError title={t("templates.failed")} error={templates.error} retry={() => void templates.refetch()} />;
  }
  if (!sendable || !found) return <Skeleton rows={4} className="h-16 py-1" />;
  if (sendable.length === 0) return <Empty />;
  return (
    <div className="flex flex-col gap-3">
      <Field type="search" label={t("picker.search")} value={words} onChange={(event) => setWords(event.target.value)} />
      {found.length ? null : <p className="text-muted">{t("picker.none")}</p>}
      <ul aria-label={t("templates.list")} className="rounded-card border border-line empty:hidden">
        {found.map((template) => (
          <Row key={template.id} template={template} unwanted={isUnwanted(template, conversation)} onChoose={() => onChoose(template)} />
        ))}
      </ul>
    </div>
  );
}

/** The server refuses it too. */
const isUnwanted = ({ category }: Template, { contact }: Conversation) => category === "marketing" && contact.opted_out;

function fits({ name, layout }: Template, words: string): boolean {
  const text = `${name} ${name.replaceAll("_", " ")} ${layout.body}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function Row({ template, unwanted, onChoose }: { template: Template; unwanted: boolean; onChoose(): void }) {
  const { name, language, category, layout } = template;
  return (
    <li data-testid="pick" className="border-b border-line last:border-0">
      <button
        type="button"
        disabled={unwanted}
        onClick={onChoose}
        className="target flex w-full flex-col gap-0.5 px-3 py-2 text-left hover:bg-surface disabled:cursor-not-allowed disabled:opacity-60"
      >
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{name}</span>
          <span className="text-small text-muted">{languageName(language)}</span>
          <Badge tone="plain" text={t(`template.category.${category}`)} />
        </span>
        <Foreign text={layout.body} className="line-clamp-2 text-muted" />
        {unwanted ? <span className="text-small">{t("picker.optedOut")}</span> : null}
      </button>
    </li>
  );
}

function Empty() {
  const canWrite = useCan()("changeChannels");
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{t("picker.empty")}</p>
      {canWrite ? (
        <Link to="/settings/templates" className="target inline-flex items-center font-medium text-accent underline">
          {t("picker.write")}
        </Link>
      ) : null}
    </div>
  );
}

interface FillingProps {
  conversation: Conversation;
  template: Template;
  onBack(): void;
  onSent(): void;
}

function Filling({ conversation, template: { name, language, layout, slots }, onBack, onSent }: FillingProps) {
  const [values, setValues] = useState<Values>({});
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const [clientId, setClientId] = useState(() => crypto.randomUUID()); // pressed twice it is sent once
  const reachable = useReachable();
  const free = slots.some((slot) => slot.name === HEADER_FILE && slot.kind === "link"); // not only the end of an address
  const takesFiles = free && taken(conversation, reachable) === "taken";
  const send = useSendTemplate(conversation.id);
  const said = send.error instanceof Invalid ? templateFaults(send.error) : {};
  const fileFault = send.error instanceof Invalid ? send.error.facts.fields.find(({ field }) => field === "file")?.detail : undefined;
  const needed = tried ? Object.fromEntries(missing(slots, values, file).map((slot) => [slot, t("picker.missing")])) : {};
  const person = { name: contactName(conversation.contact), phone: contactPhone(conversation.contact) ?? "" };

  function change(next: Values) {
    if (send.isError) send.reset();
    setValues(next);
  }

  function choose(next: File | null) {
    setFile(next);
    setClientId(crypto.randomUUID()); // another file is another message
    const { [HEADER_FILE]: _, ...rest } = values;
    change(rest);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    const focus = () => requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    if (missing(slots, values, file).length) return void focus();
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim()));
    const content = { name, language, values: given };
    const message = { conversation_id: conversation.id, client_id: clientId, kind: "template", content } as const;
    send.mutate({ message, file }, { onSuccess: onSent, onError: focus });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <Button look="quiet" onClick={onBack} className="self-start">
        <ArrowLeft size={16} aria-hidden />
        {t("picker.back")}
      </Button>
      <p className="font-medium [overflow-wrap:anywhere]">
        {name} <span className="text-small text-muted">{languageName(language)}</span>
      </p>
      <TemplateValues
        layout={layout}
        slots={slots}
        values={values}
        faults={{ ...said, ...needed }}
        onChange={change}
        {...(takesFiles ? { own: { file, share: file && send.isPending ? send.share : null, error: fileFault, onChoose: choose } } : {})}
      />
      <TemplatePreview shown={shownOf(layout, file ? { ...values, [HEADER_FILE]: file.name } : values, person)} />
      {send.isError && Object.keys(said).length === 0 && !fileFault ? <InlineError title={t("picker.failed")} error={send.error} /> : null}
      <div className="sticky bottom-0 -mx-4 -mb-4 flex justify-end border-t border-line bg-bg px-4 py-3">
        <Button type="submit" look="primary" busy={send.isPending}>
          <SendHorizontal size={16} aria-hidden />
          {t("picker.send")}
        </Button>
      </div>
    </form>
  );
}
