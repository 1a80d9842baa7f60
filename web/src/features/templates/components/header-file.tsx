import { Field } from "@/components/field";
import { FileField } from "@/components/file-field";
import { Invalid } from "@/lib/errors";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { useUploadExample } from "../api/upload-example";
import type { FileHeader, TemplateDraft } from "../hooks/template-draft";

/** Media types that reviewers take, as the browser's own choice of files takes them. */
const ACCEPTS: Record<FileHeader, string> = { image: "image/jpeg,image/png", video: "video/mp4", document: "application/pdf" };

/** How the reviewers are shown it: by a file that goes up, or by a link that they follow. */
export type ExampleWay = "file" | "link";

interface HeaderFileProps {
  draft: TemplateDraft;
  header: FileHeader;
  way: ExampleWay;
  fault: string | undefined;
  onChange(part: Partial<TemplateDraft>): void;
}

export function HeaderFile(props: HeaderFileProps) {
  return props.way === "file" ? <ExampleFile {...props} /> : <ExampleLink {...props} />;
}

function ExampleLink({ draft, header, fault, onChange }: HeaderFileProps) {
  return (
    <Field
      type="url"
      label={t("templateForm.headerLink")}
      help={t(`templateForm.headerLink.${header}`)}
      placeholder="https://…"
      value={draft.headerExample}
      error={fault}
      onChange={({ target }) => onChange({ headerExample: target.value, headerFile: target.value })}
    />
  );
}

/** The file that shows the reviewers what will stand above the words; it goes up when it is chosen. */
function ExampleFile({ draft, header, fault, onChange }: HeaderFileProps) {
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
