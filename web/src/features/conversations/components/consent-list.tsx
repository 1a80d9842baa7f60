import { Foreign } from "@/components/foreign";
import { InlineError } from "@/components/notice";
import { formatFull } from "@/lib/format";
import { t, tWord } from "@/lib/i18n";
import { useConsents } from "../api/get-contact";

/** What the person agreed to and withdrew, the newest first. */
export function ConsentList({ contact }: { contact: string }) {
  const record = useConsents(contact);
  if (record.isError && !record.data) return <InlineError error={record.error} retry={() => void record.refetch()} />;
  const lines = record.data?.items ?? [];
  if (lines.length === 0) return null;
  return (
    <ol className="flex flex-col gap-2">
      {lines.map((line, at) => (
        <li key={at} className="border-l-2 border-line pl-3">
          <p>{tWord("consent", line.change, line.change)}</p>
          {line.words ? (
            <p className="text-small text-muted">
              {t("consent.words")} <Foreign text={`“${line.words}”`} />
            </p>
          ) : null}
          <time dateTime={line.at} className="text-small text-muted">
            {formatFull(line.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
