import { ExternalLink, List, MapPin, Reply } from "lucide-react";
import { useState } from "react";
import { Foreign } from "@/components/foreign";
import { t } from "@/lib/i18n";
import type { CustomerDraft } from "../api/send-as-customer";
import { asksForPlace, buttonsOf, type Choice, formOf, linksOf, menuOf, otherButtonsOf } from "../hooks/phone-content";

interface ChoicesProps {
  content: Record<string, unknown>;
  onAnswer(draft: CustomerDraft): void;
}
import { PhoneForm } from "./phone-form";

const BUTTON =
  "target flex items-center justify-center gap-2 rounded-card bg-raised px-3 text-center text-accent shadow-soft hover:brightness-95";

function answerOf({ kind, id, title, description }: Choice): CustomerDraft {
  if (kind === "button") return { kind, content: { payload: id, text: title } };
  return { kind, content: description ? { id, title, description } : { id, title } };
}

/** What can be pressed under a message of the business: buttons, a list, a link, a request for one's place. */
export function PhoneChoices({ content, onAnswer }: ChoicesProps) {
  const buttons = buttonsOf(content);
  const menu = menuOf(content);
  const links = linksOf(content);
  const others = otherButtonsOf(content);
  const place = asksForPlace(content);
  const form = formOf(content);
  if (buttons.length + links.length + others.length === 0 && !menu && !place && !form) return null;
  return (
    <div className="mt-1 flex w-60 max-w-[80cqw] flex-col gap-1">
      {buttons.map((choice) => (
        <button key={choice.id} type="button" onClick={() => onAnswer(answerOf(choice))} className={BUTTON}>
          <Reply size={15} aria-hidden className="shrink-0" />
          <Foreign text={choice.title} />
        </button>
      ))}
      {menu ? <Menu menu={menu} onAnswer={onAnswer} /> : null}
      {links.map(({ text, url }, at) => (
        <a key={at} href={url} target="_blank" rel="noopener noreferrer" className={BUTTON}>
          <ExternalLink size={15} aria-hidden className="shrink-0" />
          <Foreign text={text} />
        </a>
      ))}
      {others.map((text, at) => (
        <p key={at} className="rounded-card bg-raised px-3 py-1 text-center text-muted shadow-soft">
          <Foreign text={text} />
        </p>
      ))}
      {form ? <PhoneForm form={form} className={BUTTON} onAnswer={onAnswer} /> : null}
      {place ? (
        <button type="button" onClick={() => onAnswer({ kind: "location" })} className={BUTTON}>
          <MapPin size={15} aria-hidden className="shrink-0" />
          {t("sim.sendPlace")}
        </button>
      ) : null}
    </div>
  );
}

function Menu({ menu, onAnswer }: { menu: NonNullable<ReturnType<typeof menuOf>>; onAnswer: ChoicesProps["onAnswer"] }) {
  const [open, setOpen] = useState(false);
  function choose(row: Choice) {
    setOpen(false);
    onAnswer(answerOf(row));
  }
  return (
    <>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className={BUTTON}>
        <List size={15} aria-hidden className="shrink-0" />
        <Foreign text={menu.button} />
      </button>
      {open ? (
        <div data-testid="phone-menu" className="flex flex-col gap-1 rounded-card bg-raised p-2 shadow-soft">
          {menu.sections.map((section, at) => (
            <div key={at} role="group" aria-label={section.title ?? menu.button} className="flex flex-col">
              {section.title ? (
                <p className="px-2 pt-1 text-small font-medium text-muted">
                  <Foreign text={section.title} />
                </p>
              ) : null}
              {section.rows.map((row) => (
                <button key={row.id} type="button" onClick={() => choose(row)} className="target rounded px-2 py-1 text-left hover:bg-surface">
                  <Foreign text={row.title} />
                  {row.description ? <Foreign text={row.description} className="block text-small text-muted" /> : null}
                </button>
              ))}
            </div>
          ))}
        </div>
      ) : null}
    </>
  );
}
