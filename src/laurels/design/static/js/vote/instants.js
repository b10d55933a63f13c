// Instants that the page learns only from the box, in the markup of the clock component.
import { hourOf, localise } from "../time.js";

const DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

/** Fill an element with an instant (RFC 3339): in the host's zone and in the visitor's. */
export function showInstant(element, instant) {
  const { zone, place, timeInPlace } = element.closest("[data-time-in-place]").dataset;
  const { lang } = document.documentElement;
  // "en" alone is American to browsers; the server writes the day before the month.
  const language = lang === "en" ? "en-GB" : `${lang}-u-nu-latn`;
  const day = new Intl.DateTimeFormat(language, { ...DAY, timeZone: zone }).format(new Date(instant));
  const hour = hourOf(Date.parse(instant), zone);
  const other = document.createElement("span");
  other.className = "other";
  const shown = document.createElement("bdi");
  shown.className = "when";
  shown.dir = document.documentElement.dir;
  Object.assign(shown.dataset, { from: instant, to: "", zone, place });
  const there = timeInPlace.replace("{time}", `${day}, ${hour}`).replace("{place}", place);
  shown.append(there, " ", other);
  element.replaceChildren(shown);
  localise(element);
}
