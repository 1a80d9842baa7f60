import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { InlineError, Skeleton } from "@/components/notice";
import { SelectField } from "@/components/select-field";
import { TemplatePreview } from "@/components/template-preview";
import { TemplateValues } from "@/components/template-values";
import { useTemplates } from "@/lib/api/list-templates";
import type { Channel, Template } from "@/lib/api/types";
import { Invalid } from "@/lib/errors";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { templateFaults } from "@/lib/template-faults";
import { missing, REPLY, shownOf, type Values } from "@/lib/templates";
import { useChooseWindowTemplate } from "../api/choose-window-template";

interface FormProps {
  channel: Channel;
  onClose(): void;
}

/** Chooses the template that automations use in a closed window, and what stands in its places. */
export default function WindowTemplateForm({ channel, onClose }: FormProps) {
  const templates = useTemplates(channel.id);
  const usable = templates.data?.filter((one) => one.status === "approved" && one.category === "utility" && !one.layout.lacking);
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t("windowTemplate.title")} description={t("windowTemplate.lead")}>
      {templates.isError && !templates.data ? (
        <InlineError title={t("templates.failed")} error={templates.error} retry={() => void templates.refetch()} />
      ) : usable ? (
        <Choice channel={channel} usable={usable} onClose={onClose} />
      ) : (
        <Skeleton rows={3} className="h-12 py-1" />
      )}
    </Dialog>
  );
}

function Choice({ channel, usable, onClose }: FormProps & { usable: Template[] }) {
  const before = channel.window_template ?? null;
  const [id, setId] = useState(() => usable.find((one) => one.name === before?.name && one.language === before.language)?.id ?? "");
  const [values, setValues] = useState<Values>(before?.values ?? {});
  const [tried, setTried] = useState(false);
  const choose = useChooseWindowTemplate(channel.id);
  const template = usable.find((one) => one.id === id);
  const slots = template?.slots ?? [];
  const said = choose.error instanceof Invalid ? templateFaults(choose.error) : {};
  const needed = tried ? Object.fromEntries(missing(slots, values).map((slot) => [slot, t("picker.missing")])) : {};

  function change(next: Values) {
    if (choose.isError) choose.reset();
    setValues(next);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (missing(slots, values).length) return;
    const names = new Set(slots.map((slot) => slot.name));
    const given = Object.fromEntries(Object.entries(values).filter(([name, value]) => names.has(name) && value.trim()));
    const choice = template ? { name: template.name, language: template.language, values: given } : null;
    choose.mutate(choice, {
      onSuccess: () => {
        notify(t("windowTemplate.saved"));
        onClose();
      },
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off" className="flex flex-col gap-4">
      <SelectField
        label={t("windowTemplate.which")}
        value={id}
        help={usable.length ? "" : t("windowTemplate.noneApproved")}
        onChange={(event) => {
          setId(event.target.value);
          setTried(false);
          change({});
        }}
      >
        <option value="">{t("windowTemplate.none")}</option>
        {usable.map(({ id: one, name, language }) => (
          <option key={one} value={one}>
            {name} ({languageName(language)})
          </option>
        ))}
      </SelectField>
      {template ? (
        <>
          <TemplateValues
            layout={template.layout}
            slots={slots}
            values={values}
            faults={{ ...said, ...needed }}
            onChange={change}
            insert={{ text: REPLY, label: t("windowTemplate.reply"), title: t("windowTemplate.insertReply") }}
          />
          <p className="text-small text-muted">{t("windowTemplate.replyHelp")}</p>
          <TemplatePreview shown={shownOf(template.layout, sampled(values), { name: "Asha", phone: "+919811500001" })} />
        </>
      ) : null}
      {choose.isError && Object.keys(said).length === 0 ? <InlineError error={choose.error} /> : null}
      <div className="sticky bottom-0 -mx-4 -mb-4 flex justify-end gap-2 border-t border-line bg-bg px-4 py-3">
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" busy={choose.isPending}>
          {t("windowTemplate.save")}
        </Button>
      </div>
    </form>
  );
}

function sampled(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, value.replaceAll(REPLY, t("windowTemplate.sample"))]));
}
