// Before the first paint, so that a chosen theme does not flash. A file of its own: the policy allows no inline script.
(() => {
  try {
    const theme = localStorage.getItem("hustings-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to us (private window, policy): the system's theme it is.
  }
})();
