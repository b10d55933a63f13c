// Choose the visitor's own time zone in the form, unless the form came back with one chosen.

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const select of document.querySelectorAll("select[data-own-zone]")) {
  if (!own) continue;
  // A zone that shares its clocks with another one is not listed; the server knows it all the same.
  if (![...select.options].some((option) => option.value === own)) select.add(new Option(own, own), 0);
  select.value = own;
}
