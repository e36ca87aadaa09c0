// The page as its scripts have left it, as markup that looks the same when no script runs: rules that scripts wrote are put into style elements,
// shadow trees are written out, scripts and what only browsers without scripts show are left out.
(() => {
  "use strict";
  const told = (sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText).join("\n"); } catch { return ""; } };
  // As the rules of a style element were before any script changed them.
  const asWritten = (style) => { const sheet = new CSSStyleSheet(); try { sheet.replaceSync(style.textContent); } catch { return ""; } return told(sheet); };
  const settle = (root) => {
    for (const style of root.querySelectorAll("style")) {
      if (!style.sheet) continue;
      if (style.sheet.disabled) style.setAttribute("media", "not all");
      else if (told(style.sheet) !== asWritten(style)) style.textContent = told(style.sheet);
    }
  };
  settle(document);
  const written = (root, into) => {
    for (const sheet of root.adoptedStyleSheets || []) {
      const style = document.createElement("style");
      style.textContent = told(sheet);
      into.append(style);
    }
  };
  written(document, document.head || document.documentElement);
  const roots = [];
  // Of a form, a control may be called so.
  const { get: shadow } = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot");
  const look = (node) => {
    for (const element of node.querySelectorAll("*")) {
      const inner = shadow.call(element);
      if (inner) { settle(inner); written(inner, inner); roots.push(inner); look(inner); }
    }
  };
  look(document);
  for (const element of document.querySelectorAll("script, noscript")) element.remove();
  for (const box of document.querySelectorAll("input[type=checkbox], input[type=radio]")) box.toggleAttribute("checked", box.checked);
  const root = document.documentElement;
  const open = root.cloneNode(false).outerHTML.replace(/<\/html>$/iu, "");
  const doctype = document.doctype ? `<!doctype ${document.doctype.name}>` : "";
  return `${doctype}${open}${root.getHTML ? root.getHTML({ serializableShadowRoots: true, shadowRoots: roots }) : root.innerHTML}</html>`;
})()
