// The rule editor: CodeMirror 6 laid over a plain <textarea>, which stays the form's field and works without this file.
// Built into codemirror.js by the command that VENDOR.toml names; it is the only file here that is Dealwright's own.
import { basicSetup } from "codemirror";
import { yaml } from "@codemirror/lang-yaml";
import { lintGutter, linter, forceLinting, nextDiagnostic, openLintPanel } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { indentWithTab } from "@codemirror/commands";

// A place as people count: lines and columns from 1, columns in code points. A place past the end is the end.
function offsetOf(doc, line, column) {
  const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = Array.from(row.text).slice(0, Math.max((column || 1) - 1, 0)).join("");
  return row.from + before.length;
}

function toDiagnostic(doc, problem) {
  const from = offsetOf(doc, problem.line, problem.column);
  const end = problem.endLine ? offsetOf(doc, problem.endLine, problem.endColumn) : doc.lineAt(from).to;
  return { from, to: Math.max(from, end), severity: problem.severity || "error", message: problem.message };
}

// attach(textarea, {check, nonce, phrases, onChange, readOnly, delay}) → {view, check, goTo, next, openPanel, destroy}
//   check(text) → list (or promise of one) of {line, column, endLine?, endColumn?, severity?, message}, run after a pause in typing
//   nonce       the page's Content-Security-Policy nonce, for the styles that CodeMirror adds
//   phrases     {"English phrase": "translation"} for CodeMirror's own texts
export function attach(textarea, options = {}) {
  const extensions = [
    basicSetup,
    yaml(),
    EditorState.tabSize.of(2),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": textarea.getAttribute("aria-label") || textarea.name || "rules" }),
    keymap.of([indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      textarea.value = update.state.doc.toString();
      if (options.onChange) options.onChange(textarea.value);
    }),
  ];
  if (options.nonce) extensions.push(EditorView.cspNonce.of(options.nonce));
  if (options.phrases) extensions.push(EditorState.phrases.of(options.phrases));
  if (options.readOnly || textarea.readOnly) extensions.push(EditorState.readOnly.of(true));
  if (options.check) {
    const source = async (view) => {
      const doc = view.state.doc;
      return (await options.check(doc.toString())).map((problem) => toDiagnostic(doc, problem));
    };
    extensions.push(linter(source, { delay: options.delay || 600 }), lintGutter());
  }
  const view = new EditorView({ doc: textarea.value, extensions });
  textarea.before(view.dom);
  textarea.hidden = true;
  return {
    view,
    check: () => forceLinting(view),
    next: () => nextDiagnostic(view),
    openPanel: () => openLintPanel(view),
    goTo(line, column) {
      const at = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    destroy() {
      view.destroy();
      textarea.hidden = false;
    },
  };
}
