import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/button";
import type { Source } from "@/lib/api/types";
import { cx } from "@/lib/cx";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";
import { notifyFailure } from "@/lib/notify";
import { keys } from "@/lib/query-keys";
import { uploadSource } from "../api/upload-source";
import { SameNames } from "./same-names";

/** Takes files by drop or by choice, one after the other, and says how far each is. */
export function SourceDrop({ known }: { known: readonly Source[] }) {
  const cache = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [current, setCurrent] = useState<{ name: string; share: number } | null>(null);

  const [asked, setAsked] = useState<readonly File[] | null>(null);
  const namesake = ({ name }: File) => known.find((source) => source.name === name)?.id ?? null;

  function take(files: readonly File[]) {
    if (files.some(namesake)) setAsked(files);
    else void send(files, { replacing: false });
  }

  function answer(replacing: boolean) {
    if (asked) void send(asked, { replacing });
    setAsked(null);
  }

  async function send(files: readonly File[], { replacing }: { replacing: boolean }) {
    for (const file of files) {
      const { name } = file;
      setCurrent({ name, share: 0 });
      await uploadSource({ file, replaces: replacing ? namesake(file) : null, onProgress: (share) => setCurrent({ name, share }) }).catch((error: unknown) =>
        notifyFailure(t("knowledge.notUploaded", { name }), explain(error)),
      );
      void cache.invalidateQueries({ queryKey: keys.sources });
    }
    setCurrent(null);
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  }

  return (
    <div
      data-testid="drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx("flex flex-col items-center gap-2 rounded-card border border-dashed p-6 text-center", over ? "border-accent bg-accent-soft" : "border-control")}
    >
      <Upload size={24} aria-hidden className="text-muted" />
      <p className="flex flex-wrap items-center justify-center gap-2">
        <span className="max-md:hidden">{t("knowledge.drop")}</span>
        <Button look="primary" busy={current !== null} onClick={() => picker.current?.click()}>
          {t("knowledge.choose")}
        </Button>
      </p>
      <p className="text-small text-muted">{t("knowledge.kinds")}</p>
      <p role="status" className="foreign text-small">
        {current ? t("knowledge.uploading", { name: current.name, n: Math.round(current.share * 100) }) : ""}
      </p>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t("knowledge.choose")}
        data-testid="source-files"
        onChange={(event) => {
          take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <SameNames
        names={asked && asked.filter(namesake).map(({ name }) => name)}
        onReplace={() => answer(true)}
        onKeepBoth={() => answer(false)}
        onClose={() => setAsked(null)}
      />
    </div>
  );
}
