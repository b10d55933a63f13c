// <laurels-embed show="focus/one-earth"><a href="…">One Earth</a></laurels-embed>
// Shows an article, a campaign, a city or a countdown of the award in a partner's own page. Without
// this script, and wherever it fails, the link inside stays. No cookie is set or read.
import { count } from "./countdown.js";
import { localise } from "./time.js";

const site = new URL("/", import.meta.url);
let sheet;

async function fetched(address) {
  const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`laurels-embed: ${address} answers ${answer.status}`);
  return answer;
}

async function styles() {
  const made = new CSSStyleSheet();
  return made.replace(await (await fetched(new URL("embed/laurels.css", site))).text());
}

class LaurelsEmbed extends HTMLElement {
  static observedAttributes = ["show", "partner", "lang", "look"];

  #stop = () => {};
  #asked = 0;

  connectedCallback() {
    this.#show();
  }

  disconnectedCallback() {
    this.#stop();
  }

  attributeChangedCallback(_name, before, after) {
    if (this.isConnected && this.shadowRoot && before !== after) this.#show();
  }

  async #show() {
    const turn = ++this.#asked;
    const address = new URL(`api/v1/embeds/${this.getAttribute("show")}`, site);
    for (const name of ["partner", "lang", "look"]) {
      if (this.getAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
    }
    try {
      sheet ??= styles();
      const [made, shown] = await Promise.all([sheet, fetched(address).then((answer) => answer.json())]);
      if (turn === this.#asked && this.isConnected) this.#draw(made, shown);
    } catch (problem) {
      // The link inside stays; the next one asks for the styles anew.
      sheet = undefined;
      console.warn(problem.message);
    }
  }

  #draw(made, shown) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [made];
    root.innerHTML = shown.html;
    for (const link of root.querySelectorAll("a[href]")) {
      link.href = new URL(link.getAttribute("href"), site);
      link.target = "_top";
    }
    for (const picture of root.querySelectorAll("img[src]")) {
      picture.removeAttribute("srcset");
      picture.src = new URL(picture.getAttribute("src"), site);
    }
    localise(root, root.querySelector("#clock-words")?.dataset);
    this.#stop();
    this.#stop = count(root, () => this.#show());
  }
}

customElements.get("laurels-embed") ?? customElements.define("laurels-embed", LaurelsEmbed);
