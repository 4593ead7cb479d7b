(function () {
  const BUTTON = "button.aws-secrets-trial__button";

  /** Which of the form's items the button belongs to: the server finds it in the form by this number. */
  function position(form, button) {
    return Array.from(form.querySelectorAll(BUTTON))
      .filter((other) => other.dataset.kind === button.dataset.kind && !other.closest(".to-be-removed"))
      .indexOf(button);
  }

  function show(area, html) {
    area.innerHTML = "";
    const validation = document.createElement("div");
    validation.className = "validation-error-area";
    area.appendChild(validation);
    updateValidationArea(validation, html);
  }

  Behaviour.specify(BUTTON, "aws-secrets-trial", 0, function (button) {
    button.onclick = function () {
      const form = button.closest("form");
      const area = button.parentNode.querySelector(".aws-secrets-trial__result");
      buildFormTree(form);
      const body = new URLSearchParams();
      body.append("json", form.elements.json.value);
      body.append("index", position(form, button));
      area.textContent = button.dataset.progress;
      button.disabled = true;
      fetch(button.dataset.url, {
        method: "post",
        headers: crumb.wrap({ "Content-Type": "application/x-www-form-urlencoded" }),
        body: body.toString(),
      })
        .then((answer) => {
          if (!answer.ok) {
            throw new Error("HTTP " + answer.status);
          }
          return answer.text();
        })
        .then((html) => show(area, html))
        .catch((failure) => {
          area.textContent = failure.message;
        })
        .finally(() => {
          button.disabled = false;
        });
      return false;
    };
  });
})();
