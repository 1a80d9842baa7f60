/** The chat as it is seen: a button, a panel, a log that screen readers follow. */
import { icon, inkOn, make } from "./elements";
import { choices, link, type Choice, type Look, type Said, type Talk } from "./model";
import { STYLE } from "./style";
import { filled, tagOf, type Words, wordsOf } from "./words";

interface Acts {
  open: () => void;
  close: () => void;
  say: (text: string) => void;
  press: (choice: Choice) => void;
  again: (said: Said) => void;
}

const TICKS: Record<string, [string, "sending" | "received" | "read"]> = {
  sending: ["…", "sending"],
  received: ["✓", "received"],
  read: ["✓✓", "read"],
};

function who({ state }: Talk, words: Words): string {
  if (state?.answers !== "person") return "";
  return state.joined ? words.isHere : words.willAnswer;
}

export class View {
  readonly host = make("div");
  #look: Look | null = null;
  #language = "en";
  #words = wordsOf("en");
  #badge = make("span", { class: "count", hidden: true });
  #launch: HTMLButtonElement;
  #title = make("h2", { id: "title" });
  #status = make("p", { role: "status" });
  #log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
  #choices = make("div", { class: "choices", role: "group", hidden: true });
  #field = make("textarea", { rows: "1", maxlength: "4096" });
  #send = make("button", { disabled: true }, icon("M5 12h14", "M13 6l6 6-6 6"));
  #shut: HTMLButtonElement;
  #panel: HTMLElement;

  constructor(
    private readonly acts: Acts,
    language: string,
  ) {
    this.#launch = make("button", { class: "launch", type: "button", "aria-expanded": "false", click: () => this.acts.open() });
    this.#launch.append(icon("M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z"), this.#badge);
    this.#shut = make("button", { type: "button", click: () => this.acts.close() }, icon("M6 6l12 12", "M18 6L6 18"));
    this.#panel = make(
      "section",
      { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, keydown: (event) => this.#key(event) },
      make("header", {}, make("div", {}, this.#title, this.#status), this.#shut),
      this.#log,
      this.#choices,
      this.#form(),
    );
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#panel, this.#launch);
    this.speak(language);
  }

  /** Everything that is not the business's own. */
  speak(language: string): void {
    this.#language = tagOf(language);
    this.#words = wordsOf(language);
    const words = this.#words;
    this.host.lang = this.#language;
    this.host.dir = language === "ar" ? "rtl" : "ltr";
    const labels: [Element, string][] = [
      [this.#shut, words.close], [this.#log, words.messages], [this.#choices, words.choices], [this.#field, words.message], [this.#send, words.send],
    ];
    for (const [element, label] of labels) element.setAttribute("aria-label", label);
    this.#field.placeholder = words.write;
    this.#name();
  }

  #name(): void {
    const title = this.#look?.title;
    this.#title.textContent = title ?? this.#words.chat;
    this.#launch.setAttribute("aria-label", title ? filled(this.#words.chatWith, "title", title) : this.#words.chat);
  }

  get opened(): boolean {
    return !this.#panel.hidden;
  }

  look(look: Look): void {
    this.#look = look;
    this.#name();
    if (look.accent) {
      this.host.style.setProperty("--accent", look.accent);
      this.host.style.setProperty("--ink", inkOn(look.accent));
    }
  }

  open(yes: boolean): void {
    this.#panel.hidden = !yes;
    this.host.classList.toggle("open", yes);
    this.#launch.setAttribute("aria-expanded", String(yes));
    (yes ? this.#field : this.#launch).focus();
    if (yes) this.#log.scrollTop = this.#log.scrollHeight;
  }

  badge(count: number): void {
    this.#badge.hidden = !count;
    this.#badge.replaceChildren(String(count), make("span", { class: "unseen" }, ` ${this.#words.fresh}`));
  }

  show(talk: Talk, online: boolean, trouble: string): void {
    const near = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
    const lines = this.#greeting();
    talk.messages.forEach((said, at) => lines.push(...this.#line(said, talk.messages[at + 1])));
    const waiting = talk.state?.answers === "person" && !talk.state.joined;
    if (talk.state?.pending) lines.push(make("div", { class: "said typing", "aria-label": this.#words.coming }, "•••"));
    else if (waiting && talk.messages.at(-1)?.by === "visitor") lines.push(make("p", { class: "note" }, this.#words.answersHere));
    if (trouble) lines.push(make("p", { class: "meta bad", role: "alert" }, trouble));
    this.#log.replaceChildren(...lines);
    if (near) this.#log.scrollTop = this.#log.scrollHeight;
    const status = online ? who(talk, this.#words) : this.#words.reconnecting;
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.#offer(choices(talk, this.#look?.quick_replies ?? []));
  }

  #greeting(): Node[] {
    return this.#look?.greeting ? [make("div", { class: "said", dir: "auto" }, this.#look.greeting)] : [];
  }

  #line(said: Said, next: Said | undefined): Node[] {
    const mine = said.by === "visitor";
    const bubble = make("div", { class: mine ? "said mine" : "said", dir: "auto" });
    const words = (name: string) => (typeof said.content[name] === "string" ? (said.content[name] as string) : "");
    if (words("header")) bubble.append(make("b", {}, words("header")));
    bubble.append(said.text);
    if (words("footer")) bubble.append(make("small", {}, words("footer")));
    const there = link(said, this.#words.file);
    if (there) bubble.append(make("a", { href: there.href, target: "_blank", rel: "noopener noreferrer" }, there.words));
    const last = !next || (next.by === "visitor") !== mine;
    return [bubble, ...(last || said.status === "failed" ? [mine ? this.#ticks(said) : this.#time(said)] : [])];
  }

  #time(said: Said): HTMLElement {
    const at = new Date(said.at).toLocaleTimeString(this.#language, { hour: "numeric", minute: "2-digit" });
    return make("div", { class: "meta" }, said.by === "person" ? filled(this.#words.person, "at", at) : at);
  }

  #ticks(said: Said): HTMLElement {
    if (said.status === "failed") {
      const again = make("button", { type: "button", click: () => this.acts.again(said) }, this.#words.again);
      return make("div", { class: "meta mine bad", role: "alert" }, `${this.#words.notSent} `, again);
    }
    const [drawn, key] = TICKS[said.status] ?? ["", null];
    const words = key ? this.#words[key] : "";
    return make("div", { class: "meta mine", title: words }, make("span", { "aria-hidden": "true" }, drawn), make("span", { class: "unseen" }, words));
  }

  #offer(given: Choice[]): void {
    const pressed = (choice: Choice) => {
      this.acts.press(choice);
      this.#field.focus();
    };
    const buttons = given.map((choice) => {
      const more = choice.description ? [make("small", {}, choice.description)] : [];
      return make("button", { type: "button", dir: "auto", click: () => pressed(choice) }, choice.title, ...more);
    });
    if (this.#choices.textContent !== buttons.map((one) => one.textContent).join("")) this.#choices.replaceChildren(...buttons);
    this.#choices.hidden = !given.length;
  }

  #form(): HTMLFormElement {
    const send = this.#send;
    const said = (event: Event) => {
      event.preventDefault();
      const text = this.#field.value.trim();
      if (text) this.acts.say(text);
      this.#field.value = "";
      send.disabled = true;
    };
    const form = make("form", { submit: said }, this.#field, send);
    this.#field.addEventListener("input", () => (send.disabled = !this.#field.value.trim()));
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) said(event);
    });
    return form;
  }

  #key(event: Event): void {
    event.stopPropagation(); // a site's own keys are not meant
    if ((event as KeyboardEvent).key === "Escape") this.acts.close();
  }
}
