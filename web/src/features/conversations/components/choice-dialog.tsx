import { Command } from "cmdk";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog } from "@/components/dialog";
import { t } from "@/lib/i18n";

export interface Choice {
  id: string;
  text: string;
  /** Stands at the right end: a time, a key. */
  hint?: string;
  picture?: ReactNode;
  chosen?: boolean;
}

interface ChoiceDialogProps {
  title: string;
  search: string;
  choices: readonly Choice[];
  onPick(id: string): void;
  onClose(): void;
  /** What else there is below the list. */
  children?: ReactNode;
}

/** One of a few, by mouse, by arrow keys or by typing its beginning. */
export function ChoiceDialog({ title, search, choices, onPick, onClose, children }: ChoiceDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={title}>
      <Command label={title}>
        <Command.Input
          placeholder={search}
          aria-label={search}
          className="target mb-2 w-full rounded-card border border-control bg-bg px-3 py-2 max-md:text-lead"
        />
        <Command.List>
          <Command.Empty className="p-3 text-muted">{choices.length ? t("choice.none") : null}</Command.Empty>
          {choices.map((choice) => (
            <Command.Item
              key={choice.id}
              value={`${choice.text} ${choice.id}`}
              onSelect={() => {
                onClose();
                onPick(choice.id);
              }}
              className="target flex items-center gap-3 rounded-card px-3 py-1.5 aria-selected:bg-surface"
            >
              {choice.picture}
              <span className="foreign min-w-0 flex-1">{choice.text}</span>
              {choice.hint ? <span className="text-small text-muted">{choice.hint}</span> : null}
              {choice.chosen ? <Check size={16} aria-label={t("choice.now")} className="text-accent" /> : null}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
      {children}
    </Dialog>
  );
}
