import { ArrowLeft } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import { TemplatePreview } from "@/components/template-preview";
import { TextArea } from "@/components/text-area";
import type { Template, TemplateChannel } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { languageName } from "@/lib/format";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { placeOf, placesOf, shownOf } from "@/lib/templates";
import { useCreateTemplate } from "../api/create-template";
import { bodyOf, check, emptyDraft, exampleValues, type Faults, faultsOf, FILES, type HeaderChoice, LANGUAGES, isFile, layoutOf, LIMITS, type TemplateDraft } from "../hooks/template-draft";
import { ButtonFields } from "./button-fields";
import { type ExampleWay, HeaderFile } from "./header-file";

interface FormProps {
  channels: readonly TemplateChannel[];
  onClose(): void;
  onCreated(made: Template): void;
}

const HEADERS = ["none", "text", ...FILES, "location"] as const satisfies readonly HeaderChoice[];

/** Written at the left, read as the customer will at the right; the provider reviews it. */
export function TemplateForm({ channels, onClose, onCreated }: FormProps) {
  const usable = channels.filter((one) => one.account);
  const [draft, setDraft] = useState(() => emptyDraft(usable[0]?.channel_id ?? ""));
  const [tried, setTried] = useState(false);
  const create = useCreateTemplate();
  const said = faultsOf(create.error);
  const faults: Faults = tried ? { ...said, ...check(draft) } : {};

  function set(part: Partial<TemplateDraft>) {
    if (create.isError) create.reset();
    setDraft((now) => ({ ...now, ...part })); // a file may have gone up meanwhile
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    const form = event.currentTarget;
    const focus = () => requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    if (Object.keys(check(draft)).length) return void focus();
    create.mutate(bodyOf(draft), {
      onSuccess: (made) => {
        notify(t("templateForm.created", { name: made.name }));
        onCreated(made);
      },
      onError: focus,
    });
  }

  return (
    <form onSubmit={submit} noValidate autoComplete="off" aria-label={t("templateForm.title")} className="flex min-w-0 flex-col gap-4">
      <Button look="quiet" onClick={onClose} className="self-start">
        <ArrowLeft size={16} aria-hidden />
        {t("templates.back")}
      </Button>
      <div>
        <h2 className="text-title font-semibold">{t("templateForm.title")}</h2>
        <p className="text-muted">{t("templateForm.lead")}</p>
      </div>
      {create.isError && Object.keys(said).length === 0 ? (
        <p role="alert" className="foreign rounded-card bg-danger-soft px-3 py-2 text-danger">
          {explain(create.error)}
        </p>
      ) : null}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Naming draft={draft} channels={usable} faults={faults} onChange={set} />
          <Words draft={draft} faults={faults} onChange={set} way={wayOf(usable.find((one) => one.channel_id === draft.channel))} />
          <Examples draft={draft} faults={faults} onChange={set} />
          <ButtonFields buttons={draft.buttons} faults={faults} marketing={draft.category === "marketing"} onChange={(buttons) => set({ buttons })} />
        </div>
        <section className="flex flex-col gap-2 lg:sticky lg:top-6">
          <h3 className="font-medium">{t("templateForm.preview")}</h3>
          <TemplatePreview shown={shownOf(layoutOf(draft), exampleValues(draft))} />
        </section>
      </div>
      <div className="sticky bottom-0 flex gap-2 border-t border-line bg-bg py-3">
        <Button type="submit" look="primary" busy={create.isPending} disabled={usable.length === 0}>
          {t("templateForm.send")}
        </Button>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: TemplateDraft;
  faults: Faults;
  onChange(part: Partial<TemplateDraft>): void;
}

const counted = (text: string, most: number) => t("templateForm.count", { n: [...text].length, most });

function Naming({ draft, channels, faults, onChange }: PartProps & { channels: readonly TemplateChannel[] }) {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Field
        label={t("templateForm.name")}
        help={t("templateForm.nameHelp")}
        maxLength={LIMITS.name}
        value={draft.name}
        error={faults.name}
        onChange={(event) => onChange({ name: event.target.value.toLowerCase().replaceAll(/[\s-]+/g, "_") })}
      />
      <SelectField label={t("templateForm.channel")} value={draft.channel} error={faults.channel_id} onChange={(event) => onChange({ channel: event.target.value })}>
        {channels.map(({ channel_id, name }) => (
          <option key={channel_id} value={channel_id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("templateForm.language")} value={draft.language} error={faults.language} onChange={(event) => onChange({ language: event.target.value })}>
        {LANGUAGES.map((code) => (
          <option key={code} value={code}>
            {languageName(code)}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("templates.category")} value={draft.category} error={faults.category} onChange={(event) => onChange({ category: event.target.value as TemplateDraft["category"] })}>
        <option value="utility">{t("template.category.utility")}</option>
        <option value="marketing">{t("template.category.marketing")}</option>
      </SelectField>
    </div>
  );
}

function wayOf(channel: TemplateChannel | undefined): ExampleWay | null {
  if (channel?.takes_examples) return "file";
  return channel?.links_examples ? "link" : null;
}

function Words({ draft, faults, onChange, way }: PartProps & { way: ExampleWay | null }) {
  return (
    <>
      <SelectField label={t("templateForm.header")} className="max-w-64" value={draft.header} onChange={(event) => onChange({ header: event.target.value as HeaderChoice, headerExample: "", headerFile: null })}>
        {HEADERS.filter((header) => way || !isFile(header)).map((header) => (
          <option key={header} value={header}>
            {header === "none" ? t("templateForm.noHeader") : t(`template.format.${header}`)}
          </option>
        ))}
      </SelectField>
      {draft.header === "text" ? (
        <Field
          label={t("templateForm.headerText")}
          help={counted(draft.headerText, LIMITS.header)}
          value={draft.headerText}
          error={faults["layout.header.text"]}
          onChange={(event) => onChange({ headerText: event.target.value })}
        />
      ) : null}
      {way && isFile(draft.header) ? (
        <HeaderFile key={draft.header} way={way} draft={draft} header={draft.header} fault={faults["layout.header.example"]} onChange={onChange} />
      ) : null}
      <TextArea
        label={t("templateForm.body")}
        help={`${t("templateForm.bodyHelp")} ${counted(draft.body, LIMITS.body)}`}
        rows={5}
        value={draft.body}
        error={faults["layout.body"]}
        onChange={(event) => onChange({ body: event.target.value })}
      />
      <Field
        label={t("templateForm.footer")}
        help={counted(draft.footer, LIMITS.footer)}
        value={draft.footer}
        error={faults["layout.footer"]}
        onChange={(event) => onChange({ footer: event.target.value })}
      />
    </>
  );
}

function Examples({ draft, faults, onChange }: PartProps) {
  const places = placesOf(draft.body);
  const header = draft.header === "text" ? placesOf(draft.headerText)[0] : undefined;
  if (places.length === 0 && header === undefined) return null;
  return (
    <fieldset className="flex flex-col gap-3 rounded-card border border-line p-3">
      <legend className="px-1 font-medium">{t("templateForm.examples")}</legend>
      <p className="text-small text-muted">{t("templateForm.examplesHelp")}</p>
      {header === undefined ? null : (
        <Field
          label={t("template.slot.header", { place: placeOf(header) })}
          value={draft.headerExample}
          error={faults["layout.header.example"]}
          onChange={(event) => onChange({ headerExample: event.target.value })}
        />
      )}
      {places.map((place) => (
        <Field
          key={place}
          label={t("templateForm.example", { place: placeOf(place) })}
          value={draft.examples[place] ?? ""}
          error={faults[`layout.examples.${place}`]}
          onChange={(event) => onChange({ examples: { ...draft.examples, [place]: event.target.value } })}
        />
      ))}
    </fieldset>
  );
}
