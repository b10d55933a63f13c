// The ballot paper: counts, limits, and draws the list of what was chosen.

/** The paper of a root element: checkboxes, the bar below them, and lists of the chosen. */
export class Paper {
  constructor(root, onChange) {
    this.root = root;
    this.boxes = [...root.querySelectorAll("[data-candidate]")];
    this.bar = root.querySelector("[data-bar]");
    this.min = Number(root.dataset.min);
    this.max = Number(root.dataset.max);
    this.names = new Intl.ListFormat(document.documentElement.lang, { style: "narrow" });
    for (const box of this.boxes) {
      box.addEventListener("change", () => {
        this.#paint();
        onChange(this.picks);
      });
    }
  }

  /** What the page says of its candidates, to be held against the manifest. */
  get stated() {
    const candidates = this.boxes.map(({ dataset }) => ({
      n: Number(dataset.candidate),
      id: dataset.code,
      name: dataset.name,
    }));
    return { candidates, min: this.min, max: this.max };
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked);
  }

  get picks() {
    return this.chosen.map((box) => Number(box.dataset.candidate));
  }

  get isComplete() {
    return this.picks.length >= this.min && this.picks.length <= this.max;
  }

  set picks(numbers) {
    for (const box of this.boxes) box.checked = numbers.includes(Number(box.dataset.candidate));
    this.#paint();
  }

  unlock() {
    this.root.querySelector("[data-paper]").disabled = false;
    this.bar.hidden = false;
    this.#paint();
  }

  #paint() {
    const count = this.chosen.length;
    for (const box of this.boxes) box.disabled = !box.checked && count >= this.max;
    for (const line of this.bar.querySelectorAll("[data-count]")) {
      line.hidden = Number(line.dataset.count) !== count;
    }
    this.bar.querySelectorAll("[data-pip]").forEach((pip, i) => {
      pip.classList.toggle("on", i < count);
    });
    const names = this.chosen.map((box) => box.dataset.shown);
    this.bar.querySelector("[data-names]").textContent = this.names.format(names);
    this.bar.querySelector("button").setAttribute("aria-disabled", String(!this.isComplete));
  }

  /** Fill a list with rows for candidates, as the page names and pictures them. */
  list(target, numbers) {
    const template = this.root.querySelector("[data-chosen-row]");
    const rows = numbers.map((number) => {
      const box = this.boxes.find((each) => Number(each.dataset.candidate) === number);
      const candidate = box.closest("[data-row]");
      const row = template.content.cloneNode(true);
      for (const part of ["cover", "city", "title"]) {
        const copy = candidate.querySelector(`[data-part="${part}"]`)?.cloneNode(true);
        if (copy) row.querySelector(`[data-slot="${part}"]`).append(...partNodes(copy));
      }
      return row;
    });
    target.replaceChildren(...rows);
  }
}

function partNodes(copy) {
  if (copy.matches("img, svg")) {
    copy.removeAttribute("loading");
    return [copy];
  }
  return [...copy.childNodes];
}
