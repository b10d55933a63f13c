// What happens in a room: server-sent events, and where they do not come, asking now and then.
// A stream that was lost goes on from the last number seen, so that nothing is missed.

const SILENCE = 15_000; // milliseconds until an answer is given up
const QUIET = 45_000; // a stream beats every 15 seconds: so long without a word, its line is dead
const EVERY = 6_000;
const LOOK = 5_000;
const KINDS = ["question", "gone", "screen"];

// A number that lasts as long as this page, so that the people in the room can be counted.
const draw = () => Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export class Stream {
  constructor(address, after, { told, votes, reload, state, isGuest = false }) {
    Object.assign(this, { address, after, told, votes, reload, state, failures: 0, answers: 0, everStreamed: false });
    this.page = isGuest ? `&page=${draw()}` : "";
    if (window.EventSource) this.listen();
    else this.ask();
    addEventListener("online", () => !this.source && window.EventSource && this.listen());
    setInterval(() => this.look(), LOOK);
  }

  listen() {
    clearTimeout(this.timer);
    this.source?.close();
    const source = (this.source = new EventSource(`${this.address}?after=${this.after}${this.page}`));
    this.isOpen = false;
    this.heard = Date.now();
    const hear = () => {
      this.failures = 0;
      this.heard = Date.now();
      this.isOpen = this.everStreamed = true;
      this.state("live");
    };
    // Every stream begins with the votes. Its head alone is no sign: something between may keep the rest.
    source.addEventListener("votes", (event) => {
      hear();
      this.votes(JSON.parse(event.data));
    });
    source.addEventListener("beat", hear);
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        this.heard = Date.now();
        this.take(kind, event);
      });
    }
    source.addEventListener("reload", () => this.reload());
    source.addEventListener("error", () => {
      this.failures += 1;
      this.isOpen = false;
      this.heard = Date.now();
      // A stream ends now and then to begin anew: that is no loss yet.
      if (this.failures > 1) this.state("lost");
      const most = this.everStreamed ? 4 : 2;
      // The browser tries again by itself, unless the answer was no stream at all.
      if (source.readyState !== EventSource.CLOSED && this.failures < most) return;
      this.askInstead();
    });
  }

  look() {
    if (!this.source) return;
    const silence = Date.now() - this.heard;
    if (this.isOpen && silence > QUIET) this.listen();
    else if (!this.isOpen && silence > SILENCE) this.askInstead();
  }

  askInstead() {
    this.source?.close();
    this.source = null;
    this.ask();
  }

  take(kind, event) {
    const number = Number(event.lastEventId);
    if (number <= this.after) return;
    this.after = number;
    this.told(kind, JSON.parse(event.data));
  }

  async ask() {
    try {
      const answer = await fetch(`${this.address}/messages?after=${this.after}${this.page}`, {
        signal: AbortSignal.timeout(SILENCE),
      });
      if (!answer.ok) throw new Error(answer.status);
      const news = await answer.json();
      // The stream is back, and tells the same.
      if (this.source) return;
      if (news.reload) return this.reload();
      for (const { kind, body } of news.messages) this.told(kind, body);
      this.after = news.last;
      this.votes(news.votes);
      this.state("asking");
      this.answers += 1;
      // The stream may be possible again.
      if (window.EventSource && this.answers % 10 === 0) return this.listen();
    } catch {
      if (this.source) return;
      this.state("lost");
    }
    this.timer = setTimeout(() => this.ask(), EVERY * (0.75 + Math.random() / 2));
  }
}
