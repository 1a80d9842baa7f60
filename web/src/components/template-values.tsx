import { t } from "@/lib/i18n";
import { CONTACT_NAME, placeOf, type Slot, type Values } from "@/lib/templates";
import type { TemplateLayout } from "@/lib/api/types";
import { Button } from "./button";
import { Field } from "./field";

interface ValuesProps {
  layout: TemplateLayout;
  slots: readonly Slot[];
  values: Values;
  /** What is wrong with a value, by its slot. */
  faults: Readonly<Record<string, string>>;
  onChange(values: Values): void;
  /** More that can be put into a text, beside the contact's name. */
  insert?: { text: string; label: string; title: string };
}

/** A field for each place of a template, from top to bottom. */
export function TemplateValues({ layout, slots, values, faults, onChange, insert }: ValuesProps) {
  const set = (slot: string, value: string) => onChange({ ...values, [slot]: value });
  if (slots.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">{t("template.values")}</legend>
      {slots.map(({ name, kind, required, example }) => (
        <Field
          key={name}
          label={labelOf(name, layout) + (required ? "" : ` ${t("template.optional")}`)}
          type={kind === "link" ? "url" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
          placeholder={example || (kind === "link" ? "https://…" : undefined)}
          value={values[name] ?? ""}
          error={faults[name]}
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
