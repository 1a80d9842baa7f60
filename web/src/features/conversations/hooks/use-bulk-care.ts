import { useState } from "react";
import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import type { CareAct } from "./care-acts";
import { reasons, useCare } from "./use-care";
import { useCareDesk } from "./use-care-desk";
import type { Selecting } from "./use-selection";

interface Failure {
  act: CareAct;
  rows: readonly Conversation[];
  text: string;
}

/** The acts on the selected conversations: who was done leaves the selection, who could not be stays for another try. */
export function useBulkCare(selection: Selecting) {
  const care = useCare();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const left = failure?.rows.filter(({ id }) => selection.has(id)) ?? [];

  async function act(what: CareAct, rows: readonly Conversation[]): Promise<void> {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    const { failed } = await care(what, rows);
    const failedRows = failed.map(([row]) => row);
    selection.drop(rows.filter((row) => !failedRows.includes(row)));
    setFailure(failed.length ? { act: what, rows: failedRows, text: t("care.couldNot", { n: failed.length, reason: reasons(failed) }) } : null);
    setBusy(false);
  }

  const desk = useCareDesk(selection.rows, { act: (what) => void act(what, selection.rows), when: selection.some });
  const retry = () => failure && act(failure.act, selection.rows.filter(({ id }) => left.some((row) => row.id === id)));
  return { desk, busy, failure: left.length ? failure : null, retry };
}
