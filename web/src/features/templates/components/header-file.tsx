import { FileField } from "@/components/file-field";
import { Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useUploadExample } from "../api/upload-example";
import type { FileHeader, TemplateDraft } from "../hooks/template-draft";

/** Media types that reviewers take, as the browser's own choice of files takes them. */
const ACCEPTS: Record<FileHeader, string> = { image: "image/jpeg,image/png", video: "video/mp4", document: "application/pdf" };

interface HeaderFileProps {
  draft: TemplateDraft;
  header: FileHeader;
  fault: string | undefined;
  onChange(part: Partial<TemplateDraft>): void;
}

/** The file that shows the reviewers what will stand above the words; it goes up when it is chosen. */
export function HeaderFile({ draft, header, fault, onChange }: HeaderFileProps) {
  const example = useUploadExample(draft.channel);
  const chosen = example.isPending ? (example.variables?.name ?? null) : draft.headerFile;

  function choose(file: File | null) {
    onChange({ headerFile: null, headerExample: "" });
    if (file === null) return example.reset();
    example.mutate(file, { onSuccess: ({ handle }) => onChange({ headerFile: file.name, headerExample: handle }) });
  }

  return (
    <FileField
      label={t("templateForm.headerFile")}
      help={t(`templateForm.headerFile.${header}`)}
      name={chosen}
      share={example.isPending ? example.share : null}
      error={example.isError ? said(example.error) : fault}
      accept={ACCEPTS[header]}
      onChoose={choose}
    />
  );
}

function said(error: Error): string {
  const file = error instanceof Invalid ? error.facts.fields.find(({ field }) => field === "file") : undefined;
  return file?.detail ?? explain(error);
}
