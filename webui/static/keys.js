// Shortens what the page can already do: keys press buttons and links that are there; nothing here knows a text or a rule.
"use strict";
(() => {
  const $ = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  let row = -1;
  let prefix = 0;

  const rows = () => all("[data-row]");

  function mark(index) {
    const list = rows();
    if (!list.length) return;
    row = Math.min(Math.max(index, 0), list.length - 1);
    list.forEach((each, at) => each.toggleAttribute("data-current", at === row));
    const link = $("a, button", list[row]);
    if (link) link.focus({ preventScroll: true });
    list[row].scrollIntoView({ block: "nearest" });
  }

  // What an open menu offers comes first; what a shut one holds is out of reach.
  const within = (root, key) => root && all(`[data-key="${key}"]`, root).find((each) => each.tagName === "SUMMARY" || !each.closest("details.menu:not([open])"));

  function press(key) {
    const found = within($("details.menu[open]"), key) || within(rows()[row], key)
      || all(`[data-key="${key}"]`).find((each) => !each.closest("[data-row]") && (each.tagName === "SUMMARY" || !each.closest("details.menu:not([open])")))
      || (key === "c" && $("[data-plain]"));
    if (!found || found.getAttribute("aria-disabled")) return false;
    if (found.tagName === "SUMMARY") {
      closeMenus(found.parentElement);
      found.parentElement.open = !found.parentElement.open;
      const menu = found.parentElement;
      const first = menu.open && ($("[data-first]", menu) || $("input:not([type=hidden]), select, button", menu));
      (first || found).focus();
    } else {
      found.click();
    }
    return true;
  }

  function closeMenus(but) {
    all("details.menu[open]").filter((menu) => menu !== but).forEach((menu) => { menu.open = false; });
  }

  const typing = (event) => event.isComposing || event.ctrlKey || event.metaKey || event.altKey
    || event.target.closest("input, textarea, select, [contenteditable=true], .cm-editor");

  function onKey(event) {
    if (event.key === "Escape") {
      const menu = event.target.closest("details.menu[open]");
      closeMenus();
      if (menu) $("summary", menu).focus();
      return;
    }
    if (document.body.dataset.shortcuts !== "on" || typing(event) || $("dialog[open]")) return;
    const key = event.key;
    const went = Date.now() - prefix < 1500;
    prefix = 0;
    let used = true;
    if (went) {
      const link = $(`[data-go="${key}"]`);
      if (link) link.click(); else used = false;
    } else if (key === "g") prefix = Date.now();
    else if (key === "?") $("#shortcuts").showModal();
    else if (key === "/") { const field = $("input[type=search]"); if (field) field.focus(); else used = false; }
    else if ((key === "j" || key === "k") && rows().length) mark(row + (key === "j" ? 1 : -1));
    else if (key === "Enter" && event.target.closest("a, button, summary")) used = false;
    else used = /^([a-z1-9]|Enter)$/.test(key) && press(key);
    if (used) event.preventDefault();
  }

  function toast(message, kind) {
    const line = document.createElement("p");
    line.className = `toast-line ${kind || ""}`;
    line.textContent = message;
    $("#toasts").append(line);
  }

  function fade(line) {
    line.dataset.seen = "yes";
    if (!line.classList.contains("failed")) setTimeout(() => line.remove(), 6000);
  }

  function refresh() {
    all(".copy[hidden]").forEach((button) => { button.hidden = false; });
    all(".toast-line:not([data-seen])").forEach(fade);
    const list = rows();
    if (list.length && row >= 0) { row = Math.min(row, list.length - 1); list[row].setAttribute("data-current", ""); }
  }

  async function onClick(event) {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      await navigator.clipboard.writeText($(`#${copy.dataset.copy}`).textContent.trim());
      copy.textContent = copy.dataset.copied;
    }
    const failed = event.target.closest(".toast-line");
    if (failed) failed.remove();
    const inside = event.target.closest("details.menu");
    closeMenus(inside);
    const here = event.target.closest("[data-row]");
    if (here) { row = rows().indexOf(here); rows().forEach((each) => each.toggleAttribute("data-current", each === here)); }
  }

  function settled(event) {
    refresh();
    const wanted = $("[data-focus]", event.detail.elt.isConnected ? event.detail.elt : document) || $("[data-focus]");
    if (wanted) wanted.focus();
    else if (row >= 0) mark(row);
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:afterSettle", settled);
  document.addEventListener("htmx:sendError", () => toast(document.body.dataset.failed, "failed"));
  document.addEventListener("refused", (event) => { if (event.detail && event.detail.message) toast(event.detail.message, "failed"); refresh(); });
  document.addEventListener("DOMContentLoaded", refresh);
})();
