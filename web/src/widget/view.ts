/** The chat as it is seen: a button, a panel, a log that screen readers follow. */
import { icon, inkOn, make } from "./elements";
import { choices, link, type Choice, type Look, type Said, type Talk } from "./model";
import { STYLE } from "./style";

interface Acts {
  open: () => void;
  close: () => void;
  say: (text: string) => void;
  press: (choice: Choice) => void;
  again: (said: Said) => void;
}

const TICKS: Record<string, [string, string]> = {
  sending: ["…", "Sending"],
  received: ["✓", "Received"],
  read: ["✓✓", "Read"],
};

function who({ state }: Talk): string {
  if (state?.answers !== "person") return "";
  return state.joined ? "A person is here" : "A person will answer";
}

export class View {
  readonly host = make("div");
  #look: Look = { title: "Chat", greeting: "", quick_replies: [], accent: "" };
  #badge = make("span", { class: "count", hidden: true });
  #launch: HTMLButtonElement;
  #title = make("h2", { id: "title" }, "Chat");
  #status = make("p", { role: "status" });
  #log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": "Messages" });
  #choices = make("div", { class: "choices", role: "group", "aria-label": "Suggested answers", hidden: true });
  #field = make("textarea", { rows: "1", maxlength: "4096", placeholder: "Write a message", "aria-label": "Message" });
  #panel: HTMLElement;

  constructor(private readonly acts: Acts) {
    this.#launch = make("button", { class: "launch", type: "button", "aria-expanded": "false", click: () => this.acts.open() });
    this.#launch.append(icon("M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z"), this.#badge);
    const shut = make("button", { type: "button", "aria-label": "Close the chat", click: () => this.acts.close() }, icon("M6 6l12 12", "M18 6L6 18"));
    this.#panel = make(
      "section",
      { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, keydown: (event) => this.#key(event) },
      make("header", {}, make("div", {}, this.#title, this.#status), shut),
      this.#log,
      this.#choices,
      this.#form(),
    );
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(this.#panel, this.#launch);
    this.look(this.#look);
  }

  get opened(): boolean {
    return !this.#panel.hidden;
  }

  look(look: Look): void {
    this.#look = look;
    this.#title.textContent = look.title;
    this.#launch.setAttribute("aria-label", `Chat with ${look.title}`);
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
    this.#badge.replaceChildren(String(count), make("span", { class: "unseen" }, " new messages"));
  }

  show(talk: Talk, online: boolean, trouble: string): void {
    const near = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < 80;
    const lines: Node[] = this.#look.greeting ? [make("div", { class: "said" }, this.#look.greeting)] : [];
    talk.messages.forEach((said, at) => lines.push(...this.#line(said, talk.messages[at + 1])));
    const waiting = talk.state?.answers === "person" && !talk.state.joined;
    if (talk.state?.pending) lines.push(make("div", { class: "said typing", "aria-label": "An answer is on its way" }, "•••"));
    else if (waiting && talk.messages.at(-1)?.by === "visitor") lines.push(make("p", { class: "note" }, "A person will answer you here."));
    if (trouble) lines.push(make("p", { class: "meta bad", role: "alert" }, trouble));
    this.#log.replaceChildren(...lines);
    if (near) this.#log.scrollTop = this.#log.scrollHeight;
    const status = online ? who(talk) : "Reconnecting…";
    if (this.#status.textContent !== status) this.#status.textContent = status;
    this.#offer(choices(talk, this.#look.quick_replies));
  }

  #line(said: Said, next: Said | undefined): Node[] {
    const mine = said.by === "visitor";
    const bubble = make("div", { class: mine ? "said mine" : "said" });
    const words = (name: string) => (typeof said.content[name] === "string" ? (said.content[name] as string) : "");
    if (words("header")) bubble.append(make("b", {}, words("header")));
    bubble.append(said.text);
    if (words("footer")) bubble.append(make("small", {}, words("footer")));
    const there = link(said);
    if (there) bubble.append(make("a", { href: there.href, target: "_blank", rel: "noopener noreferrer" }, there.words));
    const last = !next || (next.by === "visitor") !== mine;
    return [bubble, ...(last || said.status === "failed" ? [mine ? this.#ticks(said) : this.#time(said)] : [])];
  }

  #time(said: Said): HTMLElement {
    const at = new Date(said.at).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
    return make("div", { class: "meta" }, said.by === "person" ? `A person, ${at}` : at);
  }

  #ticks(said: Said): HTMLElement {
    if (said.status === "failed") {
      const again = make("button", { type: "button", click: () => this.acts.again(said) }, "Try again");
      return make("div", { class: "meta mine bad", role: "alert" }, "Not sent. ", again);
    }
    const [drawn, words] = TICKS[said.status] ?? ["", ""];
    return make("div", { class: "meta mine", title: words }, make("span", { "aria-hidden": "true" }, drawn), make("span", { class: "unseen" }, words));
  }

  #offer(given: Choice[]): void {
    const pressed = (choice: Choice) => {
      this.acts.press(choice);
      this.#field.focus();
    };
    const buttons = given.map((choice) => {
      const more = choice.description ? [make("small", {}, choice.description)] : [];
      return make("button", { type: "button", click: () => pressed(choice) }, choice.title, ...more);
    });
    if (this.#choices.textContent !== buttons.map((one) => one.textContent).join("")) this.#choices.replaceChildren(...buttons);
    this.#choices.hidden = !given.length;
  }

  #form(): HTMLFormElement {
    const send = make("button", { "aria-label": "Send", disabled: true }, icon("M5 12h14", "M13 6l6 6-6 6"));
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
