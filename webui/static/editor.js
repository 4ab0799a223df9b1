// Lays the editor over the rule text and marks what the checker says; without it the plain field and its button do the same.
"use strict";
(() => {
  function start() {
    const field = document.getElementById("rule-text");
    if (!field || typeof DealwrightEditor === "undefined") return;
    const form = field.form;
    const check = async (text) => {
      const body = new FormData(form);
      body.set("text", text);
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), headers: { Accept: "application/json" } });
      return answer.ok ? answer.json() : [];
    };
    const editor = DealwrightEditor.attach(field, { check, nonce: field.dataset.nonce, delay: 700 });
    editor.view.scrollDOM.tabIndex = 0;
    document.addEventListener("click", (event) => {
      const jump = event.target.closest(".jump");
      if (!jump) return;
      event.preventDefault();
      editor.goTo(Number(jump.dataset.line), Number(jump.dataset.column));
    });
    const line = /^#L(\d+)$/.exec(location.hash);
    if (line) editor.goTo(Number(line[1]), 1);
  }
  document.addEventListener("DOMContentLoaded", start);
})();
