// What the page says of a failure. The words are in the page, translated; none is here.
import { PromiseError } from "./promises.js";
import { ManifestDiffers } from "./manifest.js";
import { NoAnswer, Refusal } from "./requests.js";
import { TicketDiffers } from "./casting.js";

function codeOf(error) {
  if (error instanceof Refusal) return error.code;
  if (error instanceof NoAnswer) return "no-answer";
  if (error instanceof PromiseError) return "promise-differs";
  if (error instanceof TicketDiffers) return "ticket-differs";
  if (error instanceof ManifestDiffers) return "manifest-differs";
  return "unknown";
}

/** The page's own sentence for an error, else the server's, else the general one. */
export function sentenceFor(root, error) {
  const sentences = root.querySelector("[data-sentences]").content;
  const find = (code) => sentences.querySelector(`[data-code="${code}"]`)?.textContent.trim();
  return find(codeOf(error)) ?? (error.sentence || find("unknown"));
}
