import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/button";
import { Field } from "@/components/field";
import { t } from "@/lib/i18n";
import { type FieldName, SECRETS } from "../hooks/channel-draft";

interface DraftFieldProps {
  name: FieldName;
  value: string;
  error: string | undefined;
  editing: boolean;
  onChange(value: string): void;
}

/** One value of a channel; what must stay secret is hidden until asked for. */
export function DraftField({ name, value, error, editing, onChange }: DraftFieldProps) {
  const secret = SECRETS.has(name);
  const hidden = secret && name !== "verify_token";
  const [shown, setShown] = useState(false);
  const label = t(`channelForm.${name}`);
  return (
    <Field
      label={label}
      name={name}
      value={value}
      error={error}
      help={editing && secret ? t("channelForm.keep") : t(`channelForm.${name}Help`)}
      type={hidden && !shown ? "password" : "text"}
      inputMode={name.endsWith("_id") ? "numeric" : undefined}
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
