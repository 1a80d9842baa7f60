import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/button";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import { t } from "@/lib/i18n";
import { placesOf } from "@/lib/templates";
import { ACTS, type ButtonDraft, type Faults, LIMITS, newButton } from "../hooks/template-draft";

interface FieldsProps {
  buttons: readonly ButtonDraft[];
  faults: Faults;
  /** Codes to copy stand in marketing templates alone. */
  marketing: boolean;
  onChange(buttons: ButtonDraft[]): void;
}

export function ButtonFields({ buttons, faults, marketing, onChange }: FieldsProps) {
  const set = (at: number, part: Partial<ButtonDraft>) =>
    onChange(buttons.map((button, place) => (place === at ? { ...button, ...part } : button)));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium">{t("templateForm.buttons")}</legend>
      {faults["layout.buttons"] ? <p className="text-small text-danger">{faults["layout.buttons"]}</p> : null}
      {buttons.map((button, at) => (
        <div key={at} className="grid items-start gap-3 rounded-card border border-line p-3 md:grid-cols-[11rem_minmax(0,1fr)_auto]">
          <SelectField
            label={t("templateForm.buttonKind", { n: at + 1 })}
            value={button.act}
            error={faults[`layout.buttons.${at}.act`]}
            onChange={(event) => set(at, { act: event.target.value as ButtonDraft["act"] })}
          >
            {ACTS.filter((act) => marketing || act !== "copy_code" || button.act === act).map((act) => (
              <option key={act} value={act}>
                {t(`template.act.${act}`)}
              </option>
            ))}
          </SelectField>
          <div className="flex min-w-0 flex-col gap-3">
            <Parts button={button} at={at} faults={faults} onChange={(part) => set(at, part)} />
          </div>
          <IconButton
            label={t("templateForm.removeButton", { n: at + 1 })}
            onClick={() => onChange(buttons.filter((_, place) => place !== at))}
            className="md:mt-6"
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button disabled={buttons.length >= LIMITS.buttons} onClick={() => onChange([...buttons, newButton("quick_reply")])} className="self-start">
        <Plus size={16} aria-hidden />
        {t("templateForm.addButton")}
      </Button>
    </fieldset>
  );
}

interface PartsProps {
  button: ButtonDraft;
  at: number;
  faults: Faults;
  onChange(part: Partial<ButtonDraft>): void;
}

function Parts({ button, at, faults, onChange }: PartsProps) {
  const n = at + 1;
  const fault = (name: string) => faults[`layout.buttons.${at}.${name}`];
  const example = (label: string, most: number) => (
    <Field label={label} maxLength={most} value={button.example} error={fault("example")} onChange={(event) => onChange({ example: event.target.value })} />
  );
  if (button.act === "copy_code") return example(t("templateForm.buttonCode"), LIMITS.code);
  return (
    <>
      <Field
        label={t("templateForm.buttonText", { n })}
        help={t("templateForm.count", { n: [...button.text].length, most: LIMITS.button })}
        value={button.text}
        error={fault("text")}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      {button.act === "url" ? (
        <Field
          type="url"
          label={t("templateForm.buttonUrl", { n })}
          help={t("templateForm.buttonUrlHelp")}
          placeholder="https://…"
          maxLength={LIMITS.url}
          value={button.url}
          error={fault("url")}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      ) : null}
      {button.act === "url" && placesOf(button.url).length ? example(t("templateForm.buttonExample"), LIMITS.url) : null}
      {button.act === "phone" ? (
        <Field
          type="tel"
          label={t("templateForm.buttonPhone", { n })}
          placeholder="+91…"
          maxLength={LIMITS.phone}
          value={button.phone}
          error={fault("phone")}
          onChange={(event) => onChange({ phone: event.target.value })}
        />
      ) : null}
    </>
  );
}
