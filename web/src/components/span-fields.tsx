import { t } from "@/lib/i18n";
import { Field } from "./field";

export interface Span {
  from?: string | undefined;
  to?: string | undefined;
}

/** From and to of a list by time; either may be open. */
export function SpanFields({ span, onChange }: { span: Span; onChange(span: Span): void }) {
  return (
    <>
      <Field
        type="datetime-local"
        label={t("span.from")}
        value={span.from ?? ""}
        onChange={(event) => onChange({ from: event.target.value || undefined })}
      />
      <Field
        type="datetime-local"
        label={t("span.to")}
        value={span.to ?? ""}
        onChange={(event) => onChange({ to: event.target.value || undefined })}
      />
    </>
  );
}
