import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/button";
import { Field } from "@/components/field";
import { SelectField } from "@/components/select-field";
import type { ProviderField } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { Risk } from "./risk";

interface DraftFieldProps {
  field: ProviderField;
  value: string;
  error: string | undefined;
  editing: boolean;
  onChange(value: string): void;
}

/** One value of a channel; what must stay secret is hidden until asked for. */
export function DraftField({ field, value, error, editing, onChange }: DraftFieldProps) {
  const { name, label, choices } = field;
  const hidden = field.secret && !field.made;
  const help = editing && field.secret ? t("channelForm.keep") : field.help || undefined;
  const [shown, setShown] = useState(false);
  if (field.accepted) return <Risk field={field} value={value} error={error} onChange={onChange} />;
  if (choices.length > 0) {
    return (
      <SelectField label={label} name={name} value={value} error={error} help={help} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <Field
      label={label}
      name={name}
      value={value}
      error={error}
      help={help}
      type={hidden && !shown ? "password" : "text"}
      autoComplete={hidden ? "new-password" : "off"}
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      end={
        hidden ? (
          <IconButton
            label={t(shown ? "channelForm.hide" : "channelForm.show", { what: label.toLowerCase() })}
            look="plain"
            className="w-9"
            onClick={() => setShown(!shown)}
          >
            {shown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </IconButton>
        ) : undefined
      }
    />
  );
}
