// Classic script in <head>: the chosen theme is there before the first paint.
(() => {
  const root = document.documentElement;
  const kept = "laurels-theme";
  root.dataset.scripts = "";
  try {
    const theme = localStorage.getItem(kept);
    if (theme) root.dataset.theme = theme;
  } catch {
    // Without storage the system's theme stands.
  }
  addEventListener("click", (event) => {
    if (!event.target.closest?.(".theme")) return;
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const theme = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    root.dataset.theme = theme;
    try {
      localStorage.setItem(kept, theme);
    } catch {
      // It lasts for this page only.
    }
  });
})();
