// Instants that the page learns only from the box, in the markup of the clock component.
import { localise } from "../time.js";

const FORM = {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

/** Fill an element with an instant (RFC 3339): in the host's zone and in the visitor's. */
export function showInstant(element, instant) {
  const { zone, place, timeInPlace } = element.closest("[data-time-in-place]").dataset;
  const at = new Date(instant);
  const language = document.documentElement.lang;
  const there = new Intl.DateTimeFormat(language, { ...FORM, timeZone: zone }).format(at);
  const shown = document.createElement("span");
  shown.className = "when";
  Object.assign(shown.dataset, { from: instant, to: "", zone, place });
  const other = document.createElement("span");
  other.className = "other";
  shown.append(timeInPlace.replace("{time}", there).replace("{place}", place), " ", other);
  element.replaceChildren(shown);
  localise(element);
}
