import { lazy, Suspense, useEffect } from "react";
import { EmptyState, InlineError, Skeleton } from "@/components/notice";
import { usePageTitle } from "@/components/page";
import type { Conversation } from "@/lib/api/types";
import { NotFound } from "@/lib/errors";
import { t } from "@/lib/i18n";
import { useCan, useMyId } from "@/lib/me";
import { useConversation } from "../api/get-conversation";
import { useMarkRead } from "../api/mark-read";
import { useSeeMentions } from "../api/see-mentions";
import { useOpenCare } from "../hooks/use-open-care";
import { CareDialogs } from "./care-dialogs";
import { Composer } from "./composer";
import { GiveHint } from "./give-hint";
import { MessageList } from "./message-list";
import { contactName } from "./names";
import { OthersHere } from "./others-here";
import { NeedsPersonStrip } from "./summary";
import { ThreadHeader } from "./thread-header";
import { type PanelPlace, ThreadPanel } from "./thread-panel";

const TraceDrawer = lazy(() => import("./trace-drawer"));

interface ThreadProps {
  conversationId: string;
  trace: string | null;
  /** The source that was asked for with it. */
  cite?: number | null;
  onTrace(messageId: string | null, cite?: number): void;
  /** A message to go to, for example one that a search found. */
  message?: string | null;
  panel?: PanelPlace;
  onBack?: () => void;
  onNext?: () => void;
}

/** One conversation: header, messages, composer, details. The message whose trace is open is part of the address. */
export function Thread({ conversationId, trace, cite = null, onTrace, ...rest }: ThreadProps) {
  const query = useConversation(conversationId);
  if (query.data) {
    return (
      <>
        <OpenThread key={conversationId} conversation={query.data} onTrace={onTrace} {...rest} />
        <Suspense>{trace ? <TraceDrawer conversationId={conversationId} messageId={trace} cite={cite} onClose={() => onTrace(null)} /> : null}</Suspense>
      </>
    );
  }
  if (query.error instanceof NotFound) return <EmptyState title={t("notFound.title")} body={t("notFound.body")} />;
  if (query.isError) return <InlineError error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton rows={6} className="h-16 px-4 py-2" />;
}

interface OpenThreadProps extends Pick<ThreadProps, "message" | "panel" | "onBack" | "onNext"> {
  conversation: Conversation;
  onTrace(messageId: string, cite?: number): void;
}

function OpenThread({ conversation, onTrace, message = null, panel, onBack, onNext }: OpenThreadProps) {
  const can = useCan();
  const canSend = can("reply");
  const desk = useOpenCare(conversation, { when: can("care"), onNext });
  const name = contactName(conversation.contact);
  usePageTitle(name);
  useReadOnSight(conversation);
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      <section aria-label={name} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ThreadHeader conversation={conversation} desk={desk} canAct={can("takeOver")} onBack={onBack} panel={panel} />
        {canSend ? <GiveHint conversation={conversation} /> : null}
        <NeedsPersonStrip conversation={conversation} />
        <MessageList conversation={conversation} goTo={message} canSend={canSend} onTrace={onTrace} />
        <OthersHere conversationId={conversation.id} />
        <Composer conversation={conversation} canSend={canSend} />
      </section>
      {panel ? <ThreadPanel conversation={conversation} desk={desk} place={panel} /> : null}
      <CareDialogs desk={desk} />
    </div>
  );
}

/** What is open in a visible tab has been read, and whoever was mentioned there has seen it. */
function useReadOnSight({ id, unread, mentions }: Conversation): void {
  const me = useMyId();
  const mentioned = mentions.some(({ member_id, seen }) => member_id === me && !seen);
  const { mutate: read } = useMarkRead(id);
  const { mutate: see } = useSeeMentions(id);
  useOnSight(read, unread > 0);
  useOnSight(see, mentioned);
}

function useOnSight(act: () => void, when: boolean): void {
  useEffect(() => {
    if (!when) return;
    const look = () => document.visibilityState === "visible" && act();
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [act, when]);
}
