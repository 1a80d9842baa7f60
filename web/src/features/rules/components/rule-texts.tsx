import { X } from "lucide-react";
import { IconButton } from "@/components/button";
import { SelectField } from "@/components/select-field";
import { TextArea } from "@/components/text-area";
import { t, tWord } from "@/lib/i18n";
import { LANGUAGES } from "../hooks/rule-draft";

interface TextsProps {
  text: string;
  texts: Record<string, string>;
  error: string | undefined;
  onText(text: string): void;
  onTexts(texts: Record<string, string>): void;
}

const MOST = 1000;
const nameOf = (language: string): string => tWord("language", language, language);

/** What is said: one text for all, and others by language that win over it. */
export function RuleTexts({ text, texts, error, onText, onTexts }: TextsProps) {
  const free = LANGUAGES.filter((language) => !(language in texts));
  return (
    <div className="flex flex-col gap-4">
      <TextArea label={t("ruleForm.text")} help={t("ruleForm.textHelp")} error={error} maxLength={MOST} value={text} onChange={(event) => onText(event.target.value)} />
      {Object.entries(texts).map(([language, words]) => (
        <div key={language} className="flex items-start gap-1">
          <TextArea
            label={t("ruleForm.textIn", { language: nameOf(language) })}
            className="min-w-0 flex-1"
            maxLength={MOST}
            value={words}
            onChange={(event) => onTexts({ ...texts, [language]: event.target.value })}
          />
          <IconButton
            label={t("ruleForm.removeLanguage", { language: nameOf(language) })}
            className="mt-6"
            onClick={() => onTexts(Object.fromEntries(Object.entries(texts).filter(([one]) => one !== language)))}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      {free.length ? (
        <SelectField
          label={t("ruleForm.addLanguage")}
          className="max-w-64"
          value=""
          onChange={(event) => onTexts({ ...texts, [event.target.value]: "" })}
        >
          <option value="" />
          {free.map((language) => (
            <option key={language} value={language}>
              {nameOf(language)}
            </option>
          ))}
        </SelectField>
      ) : null}
    </div>
  );
}
