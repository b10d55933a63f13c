// Carries a confirmed draft to its receipt: seal, have the ticket signed, cast.
import { base64, fromBase64, hex, sha256 } from "./bytes.js";
import { checkPromise, isTicketSigned } from "./promises.js";
import { receiptNumber } from "./receipt_number.js";
import { castBallot, signTicket } from "./requests.js";
import { ballotInfo, encodePicks, seal } from "./seal.js";

/** The registrar's signature does not fit what was sealed. */
export class TicketDiffers extends Error {}

async function sealDraft(draft, { manifest, manifestHash }) {
  // In ascending order, so that an opened ballot does not tell in which order boxes were ticked.
  const numbers = [...draft.picks].sort((a, b) => a - b);
  const plaintext = encodePicks(numbers, manifest.plaintext_size);
  const info = ballotInfo(manifest.election, manifestHash, draft.tag, draft.serial);
  return base64(await seal(fromBase64(manifest.key), info, plaintext));
}

/**
 * Do what is left to do for a draft, and return its receipt.
 *
 * Each piece is kept before the next request: after a reload or a lost answer the same sealed
 * bytes go out again, which registrar and box answer as they did the first time. Raises NoAnswer
 * or Refusal of requests.js, TicketDiffers, or PromiseError.
 */
export async function carry(draft, election, keep) {
  if (!draft.c) {
    draft.c = await sealDraft(draft, election);
    keep(draft);
  }
  if (!draft.sig) {
    const ciphertextHash = hex(await sha256(fromBase64(draft.c)));
    const { sig } = await signTicket(election.registrar, draft, ciphertextHash);
    const ticket = { ...draft, sig };
    if (!(await isTicketSigned(ticket, ciphertextHash, election.manifest))) {
      throw new TicketDiffers("the registrar signed something else");
    }
    draft.sig = sig;
    keep(draft);
  }
  const answer = await castBallot(election.box, election.slug, draft);
  const checked = await checkPromise(answer, draft, election.manifest);
  const { leaf, promise } = answer;
  return { ...checked, number: receiptNumber(checked.leafHash), leaf, promise };
}

/** What is left of a draft whose ticket can no longer be used: the picks. */
export const startAgain = ({ picks }) => ({ picks });
