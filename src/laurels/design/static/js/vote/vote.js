// What all states of the ballot page share: the draft, the manifest, and what is shown.
import { readDraft, writeDraft } from "./drafts.js";
import { fetchManifest, holdAgainstPaper, ManifestDiffers } from "./manifest.js";
import { Paper } from "./paper.js";
import { Refusal } from "./requests.js";
import { sentenceFor } from "./sentences.js";
import { Steps } from "./steps.js";

// Refusals after which the ticket is of no more use: the mailbox has to be confirmed again.
const TICKET_IS_SPENT = new Set([
  "voter-expired",
  "serial-unknown",
  "ticket-already-signed",
  "ticket-signature",
  "serial-conflict",
  "body-malformed",
  "body-too-large",
  "ballot-form",
  "ballot-grade",
  "ciphertext-size",
  "ciphertext-point",
]);

export const isTicketSpent = (error) => TICKET_IS_SPENT.has(error.code);
export const isOver = (error) => ["vote-closed", "change-closed"].includes(error.code);

export class Vote {
  #manifestRequest = null;

  constructor(root) {
    const { manifestHash, box, registrar, slug, state } = root.dataset;
    Object.assign(this, { root, manifestHash, box, registrar, slug, state });
    this.draft = readDraft(manifestHash);
    this.steps = new Steps(root);
    // Another choice needs another seal, so whatever was sealed or confirmed is dropped with it.
    this.paper = new Paper(root, (picks) => this.keep({ isChange: this.draft.isChange, picks }));
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  keep(draft) {
    this.draft = draft;
    writeDraft(this.manifestHash, draft);
  }

  /** The manifest, asked for once, and again only where the box did not answer. */
  loadManifest() {
    this.#manifestRequest ??= this.#fetchManifest();
    return this.#manifestRequest;
  }

  async #fetchManifest() {
    try {
      const manifest = await fetchManifest(this.box, this.slug, this.manifestHash);
      holdAgainstPaper(manifest, this.paper.stated);
      return manifest;
    } catch (error) {
      if (error instanceof ManifestDiffers) this.stop("differs");
      else this.#manifestRequest = null;
      throw error;
    }
  }

  /** End here, with a reason that the page words. */
  stop(reason) {
    for (const section of this.steps.sections.values()) section.hidden = true;
    const notice = this.find(`[data-stop="${reason}"]`);
    notice.hidden = false;
    notice.focus();
  }

  /** Say what a failure means, at its field where it is about one. */
  refuse(error, field = null) {
    const isAboutField = error instanceof Refusal && !/^(vote|change|request)-/.test(error.code);
    this.steps.refuse(sentenceFor(this.root, error), isAboutField ? field : null);
  }

  /** Do what a form is for, once at a time; a failure is said at the form's field. */
  onSubmit(name, act) {
    const form = this.find(`[data-form="${name}"]`);
    const button = form.querySelector("[data-submit]");
    const field = form.querySelector("[data-field]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      try {
        await act(field, form);
      } catch (error) {
        if (!(error instanceof ManifestDiffers)) this.refuse(error, field);
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }
}
