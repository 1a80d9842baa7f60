import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { IconButton } from "./button";
import { Field } from "./field";

/** A read-only value with a button that copies it. */
export function CopyField({ label, value, help }: { label: string; value: string; help?: string }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      window.setTimeout(() => setCopied(false), 2000);
    } catch {
      box.current?.querySelector("input")?.select(); // no clipboard on plain http: ready for Ctrl+C
    }
  }

  return (
    <div ref={box}>
      <Field
        label={label}
        value={value}
        help={help}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        end={
          <IconButton
            label={copied ? t("action.copied") : t("action.copy", { what: label.toLowerCase() })}
            look="plain"
            onClick={() => void copy()}
            className="w-9"
          >
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          </IconButton>
        }
      />
      <span role="status" className="sr-only">
        {copied ? t("action.copied") : ""}
      </span>
    </div>
  );
}
