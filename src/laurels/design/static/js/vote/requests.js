// The only requests of a vote: three to the registrar, one to the box. None carries a pick.

/** A server said no. `code` is stable; `sentence` is the server's own words. */
export class Refusal extends Error {
  constructor(status, code, sentence) {
    super(`${status} ${code}`);
    Object.assign(this, { status, code, sentence });
  }

  /** The same bytes may be accepted later: the server is busy, restarting or full. */
  get isPassing() {
    return this.status >= 500 || this.status === 429 || this.code === "busy";
  }
}

/** No answer came: offline, a broken connection, or an answer that is not ours. */
export class NoAnswer extends Error {}

const SECONDS_TO_ANSWER = 20;

async function ask(address, options = {}) {
  let response, answer;
  try {
    response = await fetch(address, {
      ...options,
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(SECONDS_TO_ANSWER * 1000),
    });
    answer = await response.json();
  } catch (error) {
    throw new NoAnswer(error.message);
  }
  if (response.ok) return answer;
  const { code = "unknown", sentence = "" } = answer.error ?? {};
  throw new Refusal(response.status, code, sentence);
}

function post(address, body, contentType) {
  const headers = { "Content-Type": contentType };
  return ask(address, { method: "POST", body: JSON.stringify(body), headers });
}

const toRegistrar = (address, body) => {
  const language = document.documentElement.lang;
  return post(address, { ...body, language }, "application/json");
};

export const askForCode = (registrar, address) => toRegistrar(`${registrar}/codes`, { address });

export const confirmCode = (registrar, request, code) =>
  toRegistrar(`${registrar}/voters`, { request, code });

export const signTicket = (registrar, { voter, serial }, ciphertextHash) =>
  toRegistrar(`${registrar}/tickets`, { voter, serial, ciphertext_hash: ciphertextHash });

// text/plain spares the preflight to another origin: one round trip less in the last minutes.

export const castBallot = (box, slug, { tag, serial, grade, evc, c, sig }) =>
  post(`${box}/elections/${slug}/ballots`, { tag, serial, grade, evc, c, sig }, "text/plain");

/** What the box says of a ballot: {leaf_hash, number, at, index, status, picks, ...}. */
export const readStatus = (box, slug, leafHash) =>
  ask(`${box}/elections/${slug}/ballots/${leafHash}`);
