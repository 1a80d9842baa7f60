import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Thread } from "@/features/conversations/components/thread";
import { listOrder, neighbour } from "@/features/conversations/hooks/list-order";
import { listOnly } from "@/features/conversations/hooks/list-view";
import { selecting } from "@/features/conversations/hooks/selection";
import { usePanelPlace } from "@/features/conversations/hooks/use-panel-place";
import { t } from "@/lib/i18n";
import { useKey } from "@/lib/keys";
import { useStore } from "@/lib/store";

const thread = getRouteApi("/app/inbox/$conversationId");

/** One conversation beside the list; on a phone over it. */
export default function ThreadPage() {
  const { conversationId } = thread.useParams();
  const { trace = null, cite, message = null, panel } = thread.useSearch();
  const navigate = useNavigate({ from: "/inbox/$conversationId" });
  const place = usePanelPlace(panel === "open", (open) => {
    void navigate({ to: ".", search: (old) => ({ ...old, panel: open ? "open" : undefined }), replace: !open });
  });

  function back() {
    void navigate({ to: "/inbox", search: listOnly });
  }
  function next() {
    const id = neighbour(listOrder.get(), conversationId);
    if (!id) return back();
    void navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search: listOnly });
  }
  const selection = useStore(selecting);
  useKey("Escape", t("keys.close"), back, { when: !selection });
  return (
    <Thread
      conversationId={conversationId}
      trace={trace}
      cite={cite ? Number(cite) - 1 : null}
      message={message}
      panel={place}
      onTrace={(id, at) => {
        const shown = { trace: id ?? undefined, cite: at === undefined ? undefined : String(at + 1) };
        void navigate({ to: ".", search: (old) => ({ ...old, ...shown }), replace: id === null });
      }}
      onBack={back}
      onNext={next}
    />
  );
}
