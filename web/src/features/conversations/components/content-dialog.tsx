import { SendHorizontal } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { InlineError } from "@/components/notice";
import { TextArea } from "@/components/text-area";
import type { Conversation } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { t } from "@/lib/i18n";
import { useSendContent } from "../api/send-content";
import { type ContentField, type ContentKind, type FieldName, type Given, placed } from "../hooks/content-kinds";

interface DialogProps {
  conversation: Conversation;
  kind: ContentKind;
  onClose(): void;
}

/** The fields of one kind; what the provider would refuse is said beside them. */
export default function ContentDialog({ conversation, kind, onClose }: DialogProps) {
  const [given, setGiven] = useState<Given>({});
  const [tried, setTried] = useState(false);
  const [clientId] = useState(() => crypto.randomUUID()); // pressed twice it is sent once
  const send = useSendContent(conversation.id);
  const said = send.error instanceof Invalid ? placed(kind, send.error.facts.fields) : { faults: {}, left: [] };
  const missing = kind.fields.filter(({ name, needed }) => needed && !given[name]?.trim());
  const needed = tried ? Object.fromEntries(missing.map(({ name }) => [name, t("business.needed")])) : {};
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  useEffect(() => {
    if (send.isError) focus(); // once what was said stands beside its field
  }, [send.isError]);
  const faults: Partial<Record<FieldName, string>> = { ...said.faults, ...needed };

  function set(name: FieldName, value: string) {
    if (send.isError) send.reset();
    setGiven((now) => ({ ...now, [name]: value }));
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    event.stopPropagation(); // a portal's events reach the composer's own form
    setTried(true);
    if (missing.length) return void requestAnimationFrame(focus);
    const message = { conversation_id: conversation.id, client_id: clientId, kind: kind.kind, content: kind.content(given) };
    send.mutate(message, { onSuccess: onClose });
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t(kind.text)}>
      <form ref={form} onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
        {kind.fields.map((field) => (
          <ContentInput key={field.name} field={field} value={given[field.name] ?? ""} fault={faults[field.name]} onChange={(value) => set(field.name, value)} />
        ))}
        {send.isError && Object.keys(said.faults).length === 0 ? <InlineError title={t("more.failed")} error={send.error} /> : null}
        <div className="sticky bottom-0 -mx-4 -mb-4 flex justify-end border-t border-line bg-bg px-4 py-3">
          <Button type="submit" look="primary" busy={send.isPending}>
            <SendHorizontal size={16} aria-hidden />
            {t("composer.send")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface InputProps {
  field: ContentField;
  value: string;
  fault: string | undefined;
  onChange(value: string): void;
}

function ContentInput({ field: { label, help, input, needed }, value, fault, onChange }: InputProps) {
  const shared = { label: t(label) + (needed ? "" : ` ${t("template.optional")}`), ...(help ? { help: t(help) } : {}), value, error: fault };
  if (input === "area") return <TextArea {...shared} rows={3} onChange={(event) => onChange(event.target.value)} />;
  return (
    <Field
      {...shared}
      dir="auto"
      type={input === "url" || input === "tel" ? input : "text"}
      inputMode={input === "number" ? "decimal" : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
