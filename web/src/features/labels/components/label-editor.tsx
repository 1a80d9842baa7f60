import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button, IconButton } from "@/components/button";
import { LabelChip } from "@/components/label-chip";
import { COLOURS, type Label } from "@/lib/api/types";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify } from "@/lib/notify";
import { useChangeLabel } from "../api/change-label";

const BOX = "target h-9 min-w-0 rounded-card border border-control bg-bg text-text max-md:h-11 max-md:text-lead";

/** One label as it will look, with its name and colour to change. */
export function LabelEditor({ label, canManage, onDelete }: { label: Label; canManage: boolean; onDelete(): void }) {
  const change = useChangeLabel();
  const [draft, setDraft] = useState(label);
  const changed = draft.name.trim() !== label.name || draft.colour !== label.colour;
  const { name } = label;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!changed || !draft.name.trim()) return;
    const body = { name: draft.name.trim(), colour: draft.colour };
    change.mutate({ id: label.id, body }, { onSuccess: () => notify(t("labels.saved")) });
  }

  return (
    <li data-testid="label" className="border-b border-line px-3 py-2 last:border-0">
      <form onSubmit={submit} className="flex flex-wrap items-center gap-2">
        <span className="flex w-32 max-md:-order-1 max-md:w-[calc(100%-3.25rem)]">
          <LabelChip label={draft.name.trim() ? draft : label} />
        </span>
        {canManage ? (
          <>
            <input
              aria-label={t("labels.nameOf", { name })}
              aria-invalid={change.isError || undefined}
              value={draft.name}
              maxLength={40}
              onChange={(event) => {
                setDraft({ ...draft, name: event.target.value });
                change.reset();
              }}
              className={`${BOX} min-w-32! flex-1 px-3`}
            />
            <select
              aria-label={t("labels.colourOf", { name })}
              value={draft.colour}
              onChange={(event) => setDraft({ ...draft, colour: COLOURS.find((one) => one === event.target.value) ?? draft.colour })}
              className={`${BOX} px-2`}
            >
              {COLOURS.map((colour) => (
                <option key={colour} value={colour}>
                  {t(`colour.${colour}`)}
                </option>
              ))}
            </select>
            <Button type="submit" look={changed ? "primary" : "plain"} disabled={!changed} busy={change.isPending} aria-label={t("labels.saveOf", { name })}>
              {t("action.save")}
            </Button>
            <IconButton label={t("labels.deleteOf", { name })} onClick={onDelete} className="max-md:-order-1">
              <Trash2 size={16} aria-hidden />
            </IconButton>
          </>
        ) : null}
      </form>
      {change.error ? (
        <p role="alert" className="mt-1 text-small text-danger">
          {explain(change.error)}
        </p>
      ) : null}
    </li>
  );
}
