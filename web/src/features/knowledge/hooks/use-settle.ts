import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notify, notifyFailure } from "@/lib/notify";
import { useSettleWrongAnswer } from "../api/settle-wrong-answer";

/** Takes an answer off the list of wrong ones, or puts it back; for a while that can be taken back. */
export function useSettleWithUndo(): (id: string, settled: boolean) => void {
  const { mutateAsync: settle } = useSettleWrongAnswer();
  const onFailure = (error: unknown) => notifyFailure(explain(error));
  return (id, settled) => {
    const undo = () => void settle({ id, settled: !settled }).catch(onFailure);
    settle({ id, settled }).then(() => notify(t(settled ? "wrong.done" : "wrong.back"), { undo }), onFailure);
  };
}
