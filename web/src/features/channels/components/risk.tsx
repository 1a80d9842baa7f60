import { TriangleAlert } from "lucide-react";
import { useId } from "react";
import type { ProviderField } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { ACCEPTED } from "../hooks/channel-draft";

interface RiskProps {
  field: ProviderField;
  value: string;
  error: string | undefined;
  onChange(value: string): void;
}

/** A risk of a provider's, which somebody takes in so many words: nothing is ticked beforehand. */
export function Risk({ field, value, error, onChange }: RiskProps) {
  const id = useId();
  return (
    <fieldset className="rounded-card border border-amber bg-amber-soft px-4 py-3" aria-describedby={`${id}-what`}>
      <legend className="sr-only">{t("channelForm.risk")}</legend>
      <p className="flex items-center gap-2 font-medium">
        <TriangleAlert size={18} aria-hidden className="shrink-0 text-amber" />
        {t("channelForm.risk")}
      </p>
      <p id={`${id}-what`} className="mt-1 text-small">
        {field.help}
      </p>
      <label htmlFor={id} className="target mt-2 flex cursor-pointer items-center gap-3 font-medium">
        <input
          id={id}
          type="checkbox"
          name={field.name}
          checked={value === ACCEPTED}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-wrong` : undefined}
          onChange={(event) => onChange(event.target.checked ? ACCEPTED : "")}
          className="size-5 shrink-0 accent-accent"
        />
        {field.label}
      </label>
      {error ? (
        <p id={`${id}-wrong`} role="alert" className="mt-1 text-small text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
