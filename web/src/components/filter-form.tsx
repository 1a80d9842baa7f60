import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Button } from "./button";

interface FormProps {
  label: string;
  /** The conditions that are always in sight. */
  first: ReactNode;
  /** The others: beside them, on a phone behind a button so that the list stays in sight. */
  more: ReactNode;
  /** True where one of the others is set. */
  narrowed: boolean;
}

/** Conditions of a list, each taking effect at once. */
export function FilterForm({ label, first, more, narrowed }: FormProps) {
  const [open, setOpen] = useState(narrowed);
  const id = useId();
  return (
    <form
      aria-label={label}
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-[repeat(auto-fill,minmax(11.5rem,1fr))] items-start gap-3 max-md:grid-cols-2"
    >
      {first}
      <Button
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="col-span-2 justify-self-start md:hidden"
      >
        <SlidersHorizontal size={16} aria-hidden />
        {t("filter.more")}
      </Button>
      <div id={id} className={cx("contents max-md:col-span-2 max-md:grid max-md:gap-3", !open && "max-md:hidden")}>
        {more}
      </div>
    </form>
  );
}
