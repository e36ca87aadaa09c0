// The page as its scripts have left it, as markup that looks the same when no script runs: rules that scripts wrote are put into style elements,
// shadow trees are written out, scripts and what only browsers without scripts show are left out.
(() => {
  "use strict";
  const told = (sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText).join("\n"); } catch { return ""; } };
  for (const style of document.querySelectorAll("style")) {
    if (style.sheet && style.sheet.cssRules.length && !style.textContent.trim()) style.textContent = told(style.sheet);
  }
  const written = (root, into) => {
    for (const sheet of root.adoptedStyleSheets || []) {
      const style = document.createElement("style");
      style.textContent = told(sheet);
      into.append(style);
    }
  };
  written(document, document.head || document.documentElement);
  const roots = [];
  const look = (node) => {
    for (const element of node.querySelectorAll("*")) {
      if (element.shadowRoot) { written(element.shadowRoot, element.shadowRoot); roots.push(element.shadowRoot); look(element.shadowRoot); }
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
