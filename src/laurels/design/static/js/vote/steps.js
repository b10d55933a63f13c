// The states of the ballot page: one is shown at a time, announced, and reached by Back as well.

/** Show and announce the `[data-step]` sections of a root, and its errors. */
export class Steps {
  constructor(root) {
    this.root = root;
    this.sections = new Map(
      [...root.querySelectorAll("[data-step]")].map((section) => [section.dataset.step, section]),
    );
    this.summary = root.querySelector("[data-summary]");
    this.live = root.querySelector("[data-live]");
    this.current = null;
  }

  section(name = this.current) {
    return this.sections.get(name);
  }

  /** Show a state; the address never changes, since it must not tell what was done. */
  show(name, { history: entry = "push", focus = true } = {}) {
    for (const [other, section] of this.sections) section.hidden = other !== name;
    this.clearErrors();
    this.current = name;
    if (entry === "push") history.pushState({ step: name }, "");
    if (entry === "replace") history.replaceState({ step: name }, "");
    if (!focus) return;
    scrollTo({ top: 0, behavior: "instant" });
    this.section(name).querySelector("[data-heading]").focus({ preventScroll: true });
  }

  announce(text) {
    this.live.textContent = text;
  }

  clearErrors() {
    this.summary.hidden = true;
    for (const error of this.root.querySelectorAll("[data-error]")) error.hidden = true;
    for (const field of this.root.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
    }
  }

  /** Say what is wrong: in the summary, which takes the focus, and at the field if there is one. */
  refuse(sentence, field = null) {
    this.clearErrors();
    const line = this.summary.querySelector("[data-sentence]");
    line.textContent = "";
    line.append(field ? this.#linkTo(field, sentence) : sentence);
    const error = field && this.root.querySelector(`#${field.id}-error`);
    if (error) {
      error.textContent = sentence;
      error.hidden = false;
      field.setAttribute("aria-invalid", "true");
    }
    this.section().querySelector("[data-heading]").after(this.summary);
    this.summary.hidden = false;
    this.summary.focus();
  }

  #linkTo(field, sentence) {
    const link = document.createElement("a");
    link.href = `#${field.id}`;
    link.textContent = sentence;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.focus();
    });
    return link;
  }
}
