// The ballot paper: counts, limits, and draws the list of what was chosen.

const numberOf = (row) => Number(row.dataset.candidate);
const boxOf = (row) => row.querySelector("input[type=checkbox]");

/** The paper of a root element: candidates in rows, with checkboxes and a bar while it is open. */
export class Paper {
  constructor(root, onChange) {
    this.root = root;
    this.rows = [...root.querySelectorAll("[data-candidate]")];
    this.bar = root.querySelector("[data-bar]");
    this.min = Number(root.dataset.min);
    this.max = Number(root.dataset.max);
    this.names = new Intl.ListFormat(document.documentElement.lang, { style: "narrow" });
    for (const row of this.rows) {
      boxOf(row)?.addEventListener("change", () => {
        this.#paint();
        onChange(this.picks);
      });
    }
  }

  /** What the page says of its candidates and rule, to be held against the manifest. */
  get stated() {
    const candidates = this.rows.map((row) => ({
      n: numberOf(row),
      id: row.dataset.code,
      name: row.dataset.name,
    }));
    return { candidates, min: this.min, max: this.max };
  }

  get firstBox() {
    return boxOf(this.rows[0]);
  }

  get picks() {
    return this.rows.filter((row) => boxOf(row).checked).map(numberOf);
  }

  set picks(numbers) {
    for (const row of this.rows) boxOf(row).checked = numbers.includes(numberOf(row));
    this.#paint();
  }

  get isComplete() {
    return this.picks.length >= this.min && this.picks.length <= this.max;
  }

  /** Open the paper for ticking, with what a draft holds ticked. */
  unlock(picks) {
    this.root.querySelector("[data-paper]").disabled = false;
    this.bar.hidden = false;
    this.picks = picks;
  }

  #paint() {
    const { picks } = this;
    for (const row of this.rows) {
      boxOf(row).disabled = !boxOf(row).checked && picks.length >= this.max;
    }
    for (const line of this.bar.querySelectorAll("[data-count]")) {
      line.hidden = Number(line.dataset.count) !== picks.length;
    }
    this.bar.querySelectorAll("[data-pip]").forEach((pip, i) => {
      pip.classList.toggle("on", i < picks.length);
    });
    const chosen = this.rows.filter((row) => picks.includes(numberOf(row)));
    const names = this.names.format(chosen.map((row) => row.dataset.shown));
    this.bar.querySelector("[data-names]").textContent = names;
    this.bar.querySelector("[data-review]").setAttribute("aria-disabled", String(!this.isComplete));
  }

  /** Fill a list with a row for each number, as the paper names and pictures it. */
  list(target, numbers) {
    const template = this.root.querySelector("[data-chosen-row]");
    const chosen = this.rows.filter((row) => numbers.includes(numberOf(row)));
    target.replaceChildren(
      ...chosen.map((row) => {
        const line = template.content.cloneNode(true);
        for (const part of row.querySelectorAll("[data-part]")) {
          const copy = part.cloneNode(true);
          for (const picture of copy.querySelectorAll("[loading]")) picture.loading = "eager";
          line.querySelector(`[data-slot="${part.dataset.part}"]`).append(...copy.childNodes);
        }
        return line;
      }),
    );
  }
}
