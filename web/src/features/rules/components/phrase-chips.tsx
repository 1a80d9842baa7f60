import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Foreign } from "@/components/foreign";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";

interface ChipsProps {
  phrases: string[];
  help: string;
  error: string | undefined;
  /** Those that another rule takes first. */
  doubtful: ReadonlySet<string>;
  disabled: boolean;
  onChange(phrases: string[]): void;
}

/** Phrases one by one: Enter adds, Backspace in the empty field takes the last one back to be changed. */
export function PhraseChips({ phrases, help, error, doubtful, disabled, onChange }: ChipsProps) {
  const id = useId();
  const [text, setText] = useState("");

  function add() {
    const added = text.split("\n").map((one) => one.trim()).filter((one) => one && !phrases.includes(one));
    if (added.length) onChange([...phrases, ...new Set(added)]);
    setText("");
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && !text && phrases.length) {
      event.preventDefault();
      setText(phrases.at(-1) ?? "");
      onChange(phrases.slice(0, -1));
    }
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {t("ruleForm.phrases")}
      </label>
      <div className={cx("flex flex-wrap gap-1.5 rounded-card border p-1.5", error ? "border-danger" : "border-control")}>
        {phrases.map((phrase) => (
          <span
            key={phrase}
            data-testid="phrase"
            className={cx("inline-flex max-w-full items-center rounded-card pl-2", doubtful.has(phrase) ? "bg-amber-soft text-amber" : "bg-surface")}
          >
            <span className="min-w-0 py-0.5">
              <Foreign text={phrase} />
            </span>
            <button
              type="button"
              disabled={disabled}
              aria-label={t("ruleForm.removePhrase", { phrase })}
              onClick={() => onChange(phrases.filter((one) => one !== phrase))}
              className="target inline-flex items-center justify-center rounded-card hover:bg-line/60"
            >
              <X size={14} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          disabled={disabled}
          dir="auto"
          maxLength={1000}
          autoComplete="off"
          placeholder={t("ruleForm.addPhrase")}
          aria-invalid={error ? true : undefined}
          aria-describedby={cx(error && `${id}-error`, `${id}-help`)}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
          onBlur={add}
          className="target min-w-40 flex-1 rounded-card bg-transparent px-2 max-md:text-lead"
        />
      </div>
      {error ? (
        <p id={`${id}-error`} className="foreign text-small text-danger">
          {error}
        </p>
      ) : null}
      <p id={`${id}-help`} className="text-small text-muted">
        {help}
      </p>
    </div>
  );
}
