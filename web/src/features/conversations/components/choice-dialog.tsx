import { Command } from "cmdk";
import { Check, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/dialog";
import { t } from "@/lib/i18n";

export interface Choice {
  id: string;
  text: string;
  /** In place of the text, which it is found by all the same. */
  shown?: ReactNode;
  /** Stands at the right end: a time, a key. */
  hint?: string;
  picture?: ReactNode;
  chosen?: boolean;
}

interface ChoiceDialogProps {
  title: string;
  search: string;
  choices: readonly Choice[];
  /** More than one may be picked, one after the other. */
  stays?: boolean;
  /** What is typed and not among them may be a new one. */
  own?: { text(typed: string): string; longest: number; pick(typed: string): void };
  onPick(id: string): void;
  onClose(): void;
  /** What else there is below the list. */
  children?: ReactNode;
}

const ITEM = "target flex items-center gap-3 rounded-card px-3 py-1.5 aria-selected:bg-surface";

/** One of a few, by mouse, by arrow keys or by typing its beginning. */
export function ChoiceDialog({ title, search, choices, stays = false, own, onPick, onClose, children }: ChoiceDialogProps) {
  const [typed, setTyped] = useState("");
  const name = typed.trim();
  const has = (text: string) => text.toLowerCase().includes(name.toLowerCase());
  const fresh = own && name && !choices.some(({ text }) => text.toLowerCase() === name.toLowerCase());
  const shown = own ? choices.filter(({ text }) => has(text)) : choices; // the library ranks a new one above those that begin like it

  function picked(act: () => void) {
    if (!stays) onClose();
    setTyped("");
    act();
  }

  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={title}>
      <Command label={title} shouldFilter={!own}>
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          maxLength={own?.longest}
          placeholder={search}
          aria-label={search}
          className="target mb-2 w-full rounded-card border border-control bg-bg px-3 py-2 max-md:text-lead"
        />
        <Command.List>
          {own ? null : <Command.Empty className="p-3 text-muted">{choices.length ? t("choice.none") : null}</Command.Empty>}
          {shown.map((choice) => (
            <Command.Item key={choice.id} value={`${choice.text} ${choice.id}`} onSelect={() => picked(() => onPick(choice.id))} className={ITEM}>
              {choice.picture}
              <span className="foreign flex min-w-0 flex-1">{choice.shown ?? choice.text}</span>
              {choice.hint ? <span className="text-small text-muted">{choice.hint}</span> : null}
              {choice.chosen ? <Check size={16} aria-label={t("choice.now")} className="text-accent" /> : null}
            </Command.Item>
          ))}
          {fresh ? (
            <Command.Item value={`own ${name}`} onSelect={() => picked(() => own.pick(name))} className={ITEM}>
              <Plus size={16} aria-hidden className="text-accent" />
              <span className="foreign min-w-0 flex-1">{own.text(name)}</span>
            </Command.Item>
          ) : null}
        </Command.List>
      </Command>
      {children}
    </Dialog>
  );
}
