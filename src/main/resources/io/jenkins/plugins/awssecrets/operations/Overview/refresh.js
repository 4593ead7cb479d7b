// Takes in what a check finds while the page is open.
(function () {
  const PAUSE = 1500;

  function isRunning(holder) {
    return holder.querySelector("[data-running='true']") !== null;
  }

  // The search stays as somebody typed it; only its numbers are those of the new report.
  function countStates(holder) {
    const counted = holder.querySelector("template.aws-secrets-states");
    const select = document.querySelector(".aws-secrets-search select");
    if (counted && select) {
      const chosen = select.value;
      select.innerHTML = counted.innerHTML;
      select.value = chosen;
    }
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
        countStates(holder);
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
