import type { Conversation } from "@/lib/api/types";
import { t } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { useStore } from "@/lib/store";
import type { CareAct } from "./care-acts";
import { selecting } from "./selection";
import { reasons, useCare } from "./use-care";
import { type CareDesk, useCareDesk } from "./use-care-desk";

/** The acts on the open conversation; while rows of the list are selected, the keys are theirs. */
export function useOpenCare(conversation: Conversation, { when, onNext }: { when: boolean; onNext?: () => void }): CareDesk {
  const care = useCare();
  const others = useStore(selecting);

  async function act(what: CareAct): Promise<void> {
    const { failed } = await care(what, [conversation]);
    if (failed.length) notifyFailure(t("care.failed"), reasons(failed));
  }

  return useCareDesk([conversation], { act: (what) => void act(what), when: when && !others, onNext });
}
