import { t } from "@/lib/i18n";
import { ACCEPTS, CONTACT_NAME, HEADER_FILE, placeOf, type Slot, type Values } from "@/lib/templates";
import type { TemplateLayout } from "@/lib/api/types";
import { Button } from "./button";
import { Field } from "./field";
import { FileField } from "./file-field";

interface ValuesProps {
  layout: TemplateLayout;
  slots: readonly Slot[];
  values: Values;
  /** What is wrong with a value, by its slot. */
  faults: Readonly<Record<string, string>>;
  onChange(values: Values): void;
  /** More that can be put into a text, beside the contact's name. */
  insert?: { text: string; label: string; title: string };
  /** Where a file of one's own may stand in the header, not only a link to one. */
  own?: { file: File | null; share: number | null; error: string | undefined; onChoose(file: File | null): void };
}

/** A field for each place of a template, from top to bottom. */
export function TemplateValues({ layout, slots, values, faults, onChange, insert, own }: ValuesProps) {
  const set = (slot: string, value: string) => onChange({ ...values, [slot]: value });
  if (slots.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">{t("template.values")}</legend>
      {own && slots.some(({ name }) => name === HEADER_FILE) ? (
        <FileField
          label={t("template.ownFile")}
          name={own.file?.name ?? null}
          share={own.share}
          error={own.error ?? (values[HEADER_FILE] ? undefined : faults[HEADER_FILE])}
          accept={ACCEPTS[layout.header?.format ?? ""] ?? ""}
          onChoose={own.onChoose}
        />
      ) : null}
      {slots.filter(({ name }) => !(own?.file && name === HEADER_FILE)).map(({ name, kind, required, example }) => (
        <Field
          key={name}
          label={labelled(name, layout, { required, own: own !== undefined })}
          type={kind === "link" ? "url" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
          placeholder={example || (kind === "link" ? "https://…" : undefined)}
          value={values[name] ?? ""}
          error={own && name === HEADER_FILE && !values[name] ? undefined : faults[name]}
          onChange={(event) => set(name, event.target.value)}
          end={
            kind === "text" && name.startsWith("body.") ? (
              <>
                <Button onClick={() => set(name, `${values[name] ?? ""}${CONTACT_NAME}`)} title={t("template.insertName")}>
                  {t("template.name")}
                </Button>
                {insert ? (
                  <Button onClick={() => set(name, `${values[name] ?? ""}${insert.text}`)} title={insert.title}>
                    {insert.label}
                  </Button>
                ) : null}
              </>
            ) : null
          }
        />
      ))}
    </fieldset>
  );
}

function labelled(slot: string, layout: TemplateLayout, { required, own }: { required: boolean; own: boolean }): string {
  if (own && slot === HEADER_FILE) return t("template.orLink");
  const fixed = layout.header?.link?.split("{{")[0];
  if (fixed && slot === HEADER_FILE) return t("template.slot.header.rest", { address: fixed });
  return labelOf(slot, layout) + (required ? "" : ` ${t("template.optional")}`);
}

function labelOf(slot: string, layout: TemplateLayout): string {
  const [part, name = ""] = slot.split(".");
  if (part === "button") {
    const button = layout.buttons?.[Number(name)];
    return button?.act === "copy_code" ? t("template.slot.code") : t("template.slot.button", { text: button?.text ?? name });
  }
  if (part === "body") return t("template.slot.body", { place: placeOf(name) });
  const known = ["link", "filename", "latitude", "longitude", "name", "address"];
  return layout.header?.format !== "text" && known.includes(name)
    ? t(`template.slot.header.${name as "link"}`)
    : t("template.slot.header", { place: placeOf(name) });
}
