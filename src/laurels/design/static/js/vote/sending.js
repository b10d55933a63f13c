// Sends a confirmed draft until the box has promised it: the same bytes, however often it takes.
import { carry, startAgain } from "./casting.js";
import { ManifestDiffers } from "./manifest.js";
import { NoAnswer } from "./requests.js";
import { isOver, isTicketSpent } from "./vote.js";

const SECONDS_BEFORE_RETRY = [1, 2, 4, 8, 16, 30];

// A TypeError is what fetch throws while the box cannot be reached for its manifest.
const isPassing = (error) =>
  error instanceof NoAnswer || error instanceof TypeError || error.isPassing;

export class Sending {
  #isUnderWay = false;

  constructor(vote, onReceipt) {
    Object.assign(this, { vote, onReceipt });
  }

  /** Show the state and stay in it until there is a receipt, or nothing left to try. */
  async start(options) {
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    this.vote.steps.show("sending", options);
    for (let attempt = 0; this.#isUnderWay; attempt += 1) {
      try {
        await this.#attempt();
      } catch (error) {
        await this.#afterFailure(error, attempt);
      }
    }
  }

  async #attempt() {
    const { vote } = this;
    this.#show("working");
    const { manifestHash, box, registrar, slug } = vote;
    const election = { manifest: await vote.loadManifest(), manifestHash, box, registrar, slug };
    const receipt = await carry(vote.draft, election, (draft) => vote.keep(draft));
    this.#isUnderWay = false;
    this.onReceipt(receipt);
  }

  async #afterFailure(error, attempt) {
    const { vote } = this;
    if (error instanceof ManifestDiffers) {
      this.#isUnderWay = false;
    } else if (isPassing(error)) {
      const phase = this.#show(navigator.onLine ? "waiting" : "offline");
      vote.steps.announce(phase.textContent);
      await this.#pause(SECONDS_BEFORE_RETRY[attempt] ?? SECONDS_BEFORE_RETRY.at(-1));
    } else if (isTicketSpent(error) || isOver(error)) {
      this.#isUnderWay = false;
      vote.keep(startAgain(vote.draft));
      if (isOver(error) || vote.state !== "open") this.#show("over");
      else vote.steps.show("mailbox");
      vote.refuse(error);
    } else {
      this.#show("failed");
      vote.refuse(error);
      await this.#pause();
      vote.steps.clearErrors();
    }
  }

  #show(name) {
    let shown = null;
    for (const line of this.vote.root.querySelectorAll("[data-phase]")) {
      line.hidden = line.dataset.phase !== name;
      shown = line.hidden ? shown : line;
    }
    this.vote.find("[data-send-now]").hidden = ["working", "over"].includes(name);
    return shown;
  }

  /** Wait for a time-out, for the network, or for the button, whichever comes first. */
  #pause(seconds) {
    return new Promise((resolve) => {
      if (seconds) setTimeout(resolve, seconds * 1000);
      addEventListener("online", resolve, { once: true });
      this.vote.find("[data-send-now]").addEventListener("click", resolve, { once: true });
    });
  }
}
