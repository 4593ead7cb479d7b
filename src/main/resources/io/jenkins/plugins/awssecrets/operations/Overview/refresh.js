// Takes in what a check finds while the page is open.
(function () {
  const PAUSE = 1500;

  function isRunning(holder) {
    return holder.querySelector("[data-running='true']") !== null;
  }

  function follow(holder) {
    if (isRunning(holder)) {
      setTimeout(() => refresh(holder), PAUSE);
    }
  }

  function refresh(holder) {
    fetch(holder.dataset.url, { cache: "no-cache" })
      .then((response) => {
        if (!response.ok) {
          throw new Error(response.status);
        }
        return response.text();
      })
      .then((html) => {
        holder.innerHTML = html;
        Behaviour.applySubtree(holder);
        follow(holder);
      })
      .catch(() => {
        // Logged out, or Jenkins restarts: what is shown stays, and reloading the page tells.
      });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".aws-secrets-report").forEach(follow);
  });
})();
