import { t } from "@/lib/i18n";
import { SelectField } from "./select-field";

interface FilterSelectProps<Value extends string> {
  label: string;
  value: Value | undefined;
  /** What may be chosen beside "all", with its words. */
  choices: readonly (readonly [Value, string])[];
  onChoose(value: Value | undefined): void;
}

/** One of a list's filters: one of a few values, or all. */
export function FilterSelect<Value extends string>({ label, value, choices, onChoose }: FilterSelectProps<Value>) {
  return (
    <SelectField
      label={label}
      value={value ?? ""}
      onChange={(event) => onChoose(choices.find(([one]) => one === event.target.value)?.[0])}
    >
      <option value="">{t("filter.all")}</option>
      {choices.map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </SelectField>
  );
}
