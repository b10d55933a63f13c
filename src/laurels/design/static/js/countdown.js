// Says again, every half minute, how long it is until then. The server says it first, and its clock
// counts: a visitor's may be wrong, and the award's may stand elsewhere than the visitor's.

const PAUSE = 30_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// As the server rounds it: days from 48 hours on, hours from 90 minutes on.
function said(wait, language) {
  const words = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: "always" });
  if (wait >= 2 * DAY) return words.format(Math.floor(wait / DAY), "day");
  if (wait >= 1.5 * HOUR) return words.format(Math.floor(wait / HOUR), "hour");
  return words.format(Math.max(1, Math.floor(wait / MINUTE)), "minute");
}

/** Count down below `root`; call `over` at the end. Return how to stop it. */
export function count(root, over) {
  const place = root.querySelector("[data-until]");
  if (!place) return () => {};
  const { until, now, language } = place.dataset;
  const ahead = new Date(now) - Date.now();
  const timer = setInterval(() => {
    const wait = new Date(until) - Date.now() - ahead;
    if (wait > 0) place.textContent = said(wait, language);
    else {
      clearInterval(timer);
      over();
    }
  }, PAUSE);
  return () => clearInterval(timer);
}
