import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { useAddLabel } from "@/lib/api/add-label";
import { explain } from "@/lib/explain";
import { t } from "@/lib/i18n";

/** A name is enough: the colour is the one that is used least. */
export function NewLabelForm() {
  const add = useAddLabel();
  const [name, setName] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() && !add.isPending) add.mutate({ name: name.trim() }, { onSuccess: () => setName("") });
  }

  return (
    <form onSubmit={submit} className="max-w-md">
      <Field
        label={t("labels.new")}
        value={name}
        maxLength={40}
        onChange={(event) => {
          setName(event.target.value);
          add.reset();
        }}
        error={add.error ? explain(add.error) : null}
        end={
          <Button look="primary" type="submit" busy={add.isPending}>
            {t("labels.add")}
          </Button>
        }
      />
    </form>
  );
}
