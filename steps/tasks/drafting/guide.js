/* A bar that says what is looked for, and takes the next click in this document as the answer instead of letting it
   happen.  Called with the words; `window.__portal2faGuide.answer` is undefined until there is one, the element that
   was pointed at, or null for "skip". */
([words, skip, shown]) => {
  if (window.__portal2faGuide) return;
  const guide = { answer: undefined, end: () => {} };
  window.__portal2faGuide = guide;
  const bar = document.createElement('div');
  const button = document.createElement('button');
  let over = null;
  const within = (event) => event.composedPath().includes(bar);
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const outline = (element, colour) => { if (element?.style) element.style.outline = colour; };
  const listeners = {
    click: (event) => {
      stop(event);
      guide.answer = within(event) ? (event.composedPath().includes(button) ? null : undefined) : event.composedPath()[0];
    },
    mousemove: (event) => {
      outline(over, '');
      over = within(event) ? null : event.composedPath()[0];
      outline(over, '3px solid #c2410c');
    },
    keydown: (event) => { if (event.key === 'Escape') { stop(event); guide.answer = null; } },
  };
  for (const kind of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'submit']) listeners[kind] = stop;
  for (const [kind, listener] of Object.entries(listeners)) addEventListener(kind, listener, true);
  guide.end = () => {
    for (const [kind, listener] of Object.entries(listeners)) removeEventListener(kind, listener, true);
    outline(over, '');
    bar.remove();
    delete window.__portal2faGuide;
  };
  if (!shown) return;
  bar.setAttribute('role', 'status');
  bar.style.cssText = 'position:fixed;left:0;right:0;bottom:0;z-index:2147483647;padding:14px 20px;background:#1c1917;' +
    'color:#fff;font:16px/1.5 system-ui,sans-serif;display:flex;gap:20px;align-items:center;justify-content:space-between';
  button.style.cssText = 'font:inherit;padding:6px 16px;color:#1c1917;background:#fff;border:0;border-radius:6px;cursor:pointer';
  button.textContent = skip;
  bar.append(document.createTextNode(words), button);
  (document.querySelector('dialog:modal') || document.body).append(bar);
}
