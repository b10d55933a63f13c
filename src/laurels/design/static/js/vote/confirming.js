// Mailbox and code: the registrar learns an address and, later, a hash. Nothing else.
import { askForCode, confirmCode } from "./requests.js";

/** Listen to the forms of the mailbox and the code; call back with a confirmed draft to cast. */
export function listenForMailbox(vote, onConfirmed) {
  const { steps } = vote;
  const missing = (field) => steps.refuse(field.dataset.missing, field);

  async function requestCode(typed) {
    const { request, address } = await askForCode(vote.registrar, typed);
    vote.keep({ picks: vote.draft.picks, isChange: vote.draft.isChange, address, request });
    showCode(vote);
  }

  vote.onSubmit("mailbox", async (field, form) => {
    const consent = form.querySelector("[data-consent]");
    const address = field.value.trim();
    if (!address || !field.validity.valid) return missing(field);
    if (!consent.checked) return missing(consent);
    await vote.loadManifest();
    await requestCode(address);
  });

  vote.onSubmit("resend", async () => {
    await requestCode(vote.draft.address);
    steps.announce(vote.find("[data-resent]").content.textContent);
  });

  vote.onSubmit("code", async (field) => {
    const code = field.value.replace(/[^0-9]/g, "");
    if (code.length !== 6) return missing(field);
    const answer = await confirmCode(vote.registrar, vote.draft.request, code);
    const { voter, tag, serial, grade, evc, replaces } = answer;
    const mustAsk = replaces && !vote.draft.isChange;
    const { picks, isChange } = vote.draft;
    vote.keep({ picks, isChange, voter, tag, serial, grade, evc, mayCast: !mustAsk });
    if (mustAsk) steps.show("replace");
    else onConfirmed();
  });

  vote.find("[data-replace]").addEventListener("click", () => {
    vote.keep({ ...vote.draft, mayCast: true });
    onConfirmed();
  });
}

/** Show where the code went, and an empty field for it. */
export function showCode(vote, options) {
  vote.find("[data-address]").textContent = vote.draft.address;
  vote.find("#code").value = "";
  vote.steps.show("code", options);
}
