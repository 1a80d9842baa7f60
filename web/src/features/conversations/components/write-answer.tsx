import { Link } from "@tanstack/react-router";
import { BookPlus } from "lucide-react";
import { t } from "@/lib/i18n";
import { useCan } from "@/lib/me";

interface WriteAnswerProps {
  question: string;
  /** What was said to it, where that is to be corrected. */
  answer?: string;
  /** The message that was judged wrong, which is dealt with once this is written. */
  judged?: string;
}

/** From a question to the form that answers it from now on; for those who may write knowledge. */
export function WriteAnswer({ question, answer, judged }: WriteAnswerProps) {
  const can = useCan();
  if (!can("changeKnowledge")) return null;
  return (
    <Link
      to="/knowledge"
      search={{ form: "faq", question: question.replace(/\s+/g, " "), answer, judged }}
      className="target inline-flex shrink-0 items-center gap-1.5 self-center rounded-card border border-current px-2.5 text-small font-medium"
    >
      <BookPlus size={14} aria-hidden />
      {t(answer ? "teach.correct" : "teach.write")}
    </Link>
  );
}
