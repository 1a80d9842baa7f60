import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { formatFull, formatSoon } from "@/lib/format";
import { t, tn } from "@/lib/i18n";
import { snoozeTimes } from "../hooks/snooze-times";
import { ChoiceDialog } from "./choice-dialog";

const OWN = "own";

interface SnoozeProps {
  /** How many conversations are put off. */
  count: number;
  onPick(until: Date): void;
  onClose(): void;
}

/** Until when conversations sleep: a usual time, or one of your own. */
export default function SnoozeDialog({ count, onPick, onClose }: SnoozeProps) {
  const [now] = useState(() => new Date());
  const [own, setOwn] = useState("");
  const times = snoozeTimes(now);
  const wrong = own !== "" && new Date(own) <= now;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (own === "" || wrong) return;
    onClose();
    onPick(new Date(own));
  }

  return (
    <ChoiceDialog
      title={count > 1 ? tn("snooze.many", count) : t("snooze.title")}
      search={t("snooze.search")}
      choices={times.map(({ id, at }) => ({
        id,
        text: t(`snooze.${id}`),
        hint: id === "week" ? formatFull(at.toISOString()) : formatSoon(at.toISOString()),
      }))}
      onPick={(picked) => onPick(times.find(({ id }) => id === picked)?.at ?? now)}
      onClose={onClose}
    >
      <form onSubmit={submit} className="mt-3 flex items-end gap-2 border-t border-line pt-3">
        <Field
          label={t("snooze.own")}
          type="datetime-local"
          name={OWN}
          value={own}
          error={wrong ? t("snooze.past") : null}
          onChange={(event) => setOwn(event.target.value)}
          className="flex-1"
        />
        <Button type="submit" look="primary" disabled={own === "" || wrong} className="h-9 max-md:h-11">
          {t("snooze.do")}
        </Button>
      </form>
    </ChoiceDialog>
  );
}
