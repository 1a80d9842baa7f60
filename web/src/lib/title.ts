/** The name of the browser tab: how much waits for a person, the screen, the product. */
import { t } from "./i18n";

let screen = "";
let waiting = 0;

function show(): void {
  const name = screen ? `${screen} · ${t("app.name")}` : t("app.name");
  document.title = waiting > 0 ? `(${waiting}) ${name}` : name;
}

export function setTitle(title: string): void {
  screen = title;
  show();
}

export function setWaiting(count: number): void {
  waiting = count;
  show();
}
