import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { PageBody } from "@/components/page";
import { KnowledgeScreen } from "@/features/knowledge/components/knowledge-screen";
import { WrongAnswers } from "@/features/knowledge/components/wrong-answers";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";
import { Allowed } from "./settings/allowed";

const route = getRouteApi("/app/knowledge");

/** Sources of answers; one of them, and a passage of it, have an address of their own. */
export default function KnowledgePage() {
  const { source = null, passage = null, form, question = "", answer = "", judged = null, wrong } = route.useSearch();
  const navigate = useNavigate({ from: "/knowledge" });
  const can = useCan();
  return (
    <Allowed to="seeKnowledge">
      {() => (
        <PageBody title={t("knowledge.title")} lead={t("knowledge.lead")} wide>
          <KnowledgeScreen
            opened={source}
            passage={passage}
            writing={form === "faq" ? { question, answer } : null}
            canChange={can("changeKnowledge")}
            onOpen={(id, one) => void navigate({ to: ".", search: { source: id ?? undefined, passage: one } })}
            judged={judged}
            onWrite={(open) => void navigate({ to: ".", search: { form: open ? "faq" : undefined, wrong } })}
          >
            {can("seeInbox") ? (
              <WrongAnswers
                settled={wrong === "settled"}
                canSettle={can("changeKnowledge")}
                onSettled={(settled) => void navigate({ to: ".", search: { wrong: settled ? "settled" : undefined } })}
              />
            ) : null}
          </KnowledgeScreen>
        </PageBody>
      )}
    </Allowed>
  );
}
