import { Trash2, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/badge";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Facts } from "@/components/facts";
import { safeName } from "@/components/foreign";
import { SelectField } from "@/components/select-field";
import { TemplatePreview } from "@/components/template-preview";
import { TemplateValues } from "@/components/template-values";
import type { Template } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { CONTACT_NAME, type Person, shownOf, type Values } from "@/lib/templates";
import { useDeleteTemplate } from "../api/delete-template";
import { useSomeContacts } from "../api/list-contacts";
import { toneOf } from "../hooks/template-filter";

interface PanelProps {
  template: Template;
  canChange: boolean;
  canSeeContacts: boolean;
  onDeleted(): void;
}

/** One template: where it stands and why, and how it reads with values of one's own. */
export function TemplatePanel({ template, canChange, canSeeContacts, onDeleted }: PanelProps) {
  const { layout, slots, status, reason, language, category, quality } = template;
  const [values, setValues] = useState<Values>(() => Object.fromEntries(slots.map((slot) => [slot.name, slot.example])));
  const [person, setPerson] = useState<Person>();
  const firstOfBody = slots.find((slot) => slot.name.startsWith("body."))?.name;

  function readAs(next: Person | undefined) {
    setPerson(next);
    if (next && firstOfBody) setValues({ ...values, [firstOfBody]: CONTACT_NAME });
  }

  return (
    <div data-testid="template-panel" className="flex flex-col gap-5">
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone={toneOf(template)} text={t(`template.status.${status}`)} />
      </span>
      {layout.lacking ? (
        <p className="flex items-start gap-2 rounded-card bg-amber-soft px-3 py-2 text-amber">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          {t("templates.lacking", { what: layout.lacking })}
        </p>
      ) : null}
      <TemplatePreview shown={shownOf(layout, values, person)} />
      <Facts
        facts={[
          [t("templates.reason"), reason || null],
          [t("templates.category"), t(`template.category.${category}`)],
          [t("templates.language"), languageName(language)],
          [t("templates.quality"), t(`template.quality.${quality}`)],
        ]}
      />
      {canSeeContacts && firstOfBody ? <AsContact onChoose={readAs} /> : null}
      <TemplateValues layout={layout} slots={slots} values={values} faults={{}} onChange={setValues} />
      {canChange ? <DeleteTemplate template={template} onDeleted={onDeleted} /> : null}
    </div>
  );
}

function AsContact({ onChoose }: { onChoose(person: Person | undefined): void }) {
  const contacts = useSomeContacts().data ?? [];
  function choose(id: string) {
    const found = contacts.find((one) => one.id === id);
    const phone = found?.identities.find((one) => one.kind === "phone")?.value ?? "";
    onChoose(found && { name: safeName(found.name || found.profile_name, phone), phone });
  }
  return (
    <SelectField label={t("templates.as")} defaultValue="" onChange={(event) => choose(event.target.value)}>
      <option value="">{t("templates.example")}</option>
      {contacts.map(({ id, name, profile_name, identities }) => (
        <option key={id} value={id}>
          {safeName(name || profile_name, identities[0]?.value ?? id)}
        </option>
      ))}
    </SelectField>
  );
}

function DeleteTemplate({ template: { id, name, language }, onDeleted }: { template: Template; onDeleted(): void }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteTemplate();

  function confirm() {
    remove.mutate(id, {
      onSuccess: () => {
        notify(t("templates.deleted", { name }));
        onDeleted();
      },
      onError: (error) => {
        setAsking(false);
        notifyFailure(explain(error));
      },
    });
  }

  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)} className="self-start">
        <Trash2 size={16} aria-hidden />
        {t("templates.delete")}
      </Button>
      <Confirm
        open={asking}
        title={t("templates.deleteTitle", { name, language })}
        body={t("templates.deleteBody")}
        deed={t("templates.delete")}
        busy={remove.isPending}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
