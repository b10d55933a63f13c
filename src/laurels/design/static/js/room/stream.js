// What happens in a room: server-sent events, and where they do not come, asking now and then.
// A stream that was lost goes on from the last number seen, so that nothing is missed.

const SILENCE = 15_000; // milliseconds until an answer is given up
const EVERY = 6_000;
const KINDS = ["question", "gone", "screen"];

export class Stream {
  constructor(address, after, { told, votes, reload, state }) {
    Object.assign(this, { address, after, told, votes, reload, state, failures: 0 });
    if (window.EventSource) this.listen();
    else this.ask();
    addEventListener("online", () => this.source?.readyState === 2 && this.listen());
  }

  listen() {
    this.source?.close();
    const source = (this.source = new EventSource(`${this.address}?after=${this.after}`));
    const alive = () => {
      this.failures = 0;
      this.state("live");
    };
    source.addEventListener("open", alive);
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.take(kind, event));
    source.addEventListener("votes", (event) => this.votes(JSON.parse(event.data)));
    source.addEventListener("reload", () => this.reload());
    source.addEventListener("error", () => {
      this.failures += 1;
      this.state("lost");
      // The browser tries again by itself, unless the answer was no stream at all.
      if (source.readyState !== EventSource.CLOSED && this.failures < 4) return;
      source.close();
      this.ask();
    });
  }

  take(kind, event) {
    const number = Number(event.lastEventId);
    if (number <= this.after) return;
    this.after = number;
    this.told(kind, JSON.parse(event.data));
  }

  async ask() {
    try {
      const answer = await fetch(`${this.address}/messages?after=${this.after}`, {
        signal: AbortSignal.timeout(SILENCE),
      });
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      if (news.reload) return this.reload();
      for (const { kind, body } of news.messages) this.told(kind, body);
      this.after = news.last;
      this.votes(news.votes);
      this.state("asking");
      this.answers = (this.answers ?? 0) + 1;
      // The stream may be possible again.
      if (window.EventSource && this.answers % 10 === 0) return this.listen();
    } catch {
      this.state("lost");
    }
    setTimeout(() => this.ask(), EVERY * (0.75 + Math.random() / 2));
  }
}
