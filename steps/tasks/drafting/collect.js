/* What a page shows: called with nothing, answers with the elements that a person can see, and keeps them by number.
   An element keeps its number from look to look, and no other page has it: numbers begin anywhere. */
() => {
  const tidy = (text) => (text || '').replace(/[\u200b\u00ad]/g, '').replace(/\s+/g, ' ').trim();
  const inner = (e) => tidy(e.innerText !== undefined ? e.innerText : e.textContent);
  const HEADINGS = /^H[1-6]$/;
  const ROLES = {
    A: (e) => (e.hasAttribute('href') ? 'link' : ''), BUTTON: () => 'button', SELECT: () => 'combobox',
    TEXTAREA: () => 'textbox', IMG: () => 'img', SUMMARY: () => '', DIALOG: () => 'dialog', TD: () => 'cell',
    OPTION: () => 'option',
    INPUT: (e) => ({
      button: 'button', submit: 'button', reset: 'button', image: 'button', checkbox: 'checkbox', radio: 'radio',
      number: 'spinbutton', search: 'searchbox', password: '',
    }[e.type] ?? 'textbox'),
  };
  const role = (e) => (e.getAttribute('role') || '').split(' ')[0] ||
    (HEADINGS.test(e.tagName) ? 'heading' : (ROLES[e.tagName] || (() => ''))(e));
  const byIds = (e, ids) => tidy(ids.split(/\s+/).map((id) => {
    const found = e.getRootNode().getElementById ? e.getRootNode().getElementById(id) : null;
    return found ? found.textContent : '';
  }).join(' '));
  const labelOf = (e) => {
    if (e.getAttribute('aria-labelledby')) return byIds(e, e.getAttribute('aria-labelledby'));
    if (e.getAttribute('aria-label')) return tidy(e.getAttribute('aria-label'));
    return e.labels ? tidy([...e.labels].map((l) => l.textContent).join(' ')) : '';
  };
  const content = (e) => {
    let text = '';
    for (const node of e.childNodes) {
      if (node.nodeType === 3) text += node.data;
      else if (node.nodeType === 1 && node.getAttribute('aria-hidden') !== 'true' && node.checkVisibility?.() !== false) {
        text += ' ' + (node.tagName === 'IMG' ? node.alt : node.getAttribute('aria-label') || content(node)) + ' ';
      }
    }
    return text;
  };
  const kindOf = (e, r) => {
    const tag = e.tagName;
    if (tag === 'INPUT' && e.type === 'hidden') return '';
    if (['radio', 'checkbox', 'option', 'switch', 'menuitemradio', 'menuitemcheckbox'].includes(r)) return 'choice';
    if (['button', 'tab', 'menuitem'].includes(r) || tag === 'SUMMARY') return 'button';
    if (r === 'link') return 'link';
    if (['textbox', 'searchbox', 'spinbutton', 'combobox'].includes(r) || tag === 'INPUT') return 'field';
    if (r === 'heading') return 'heading';
    if (r === 'img' || ['SVG', 'CANVAS', 'svg', 'IMG'].includes(tag)) return 'image';
    if (e.hasAttribute('onclick')) return 'button';
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    return own ? 'text' : '';
  };
  const alone = (css) => document.querySelectorAll(css).length === 1;
  const cssOf = (e) => {
    if (e.tagName === 'BUTTON' && e.getAttribute('name') && e.getAttribute('value')) {  // what a form is sent with
      const sent = `button[name='${CSS.escape(e.name)}'][value='${CSS.escape(e.value)}']`;
      if (alone(sent)) return sent;
    }
    if (['INPUT', 'SELECT', 'TEXTAREA'].includes(e.tagName) && e.getAttribute('name') && !/\d/.test(e.name)) {
      const field = `${e.tagName.toLowerCase()}[name='${CSS.escape(e.name)}']`;
      if (alone(field)) return field;
    }
    const parts = [];
    for (let here = e; here && here.nodeType === 1 && here.tagName !== 'BODY' && parts.length < 8; here = here.parentElement) {
      if (here.id && !/\d{3,}/.test(here.id)) { parts.unshift('#' + CSS.escape(here.id)); return parts.join(' > '); }
      let part = here.tagName.toLowerCase();
      if (here.getAttribute('name')) part += `[name='${here.getAttribute('name')}']`;
      const same = here.parentElement ? [...here.parentElement.children].filter((c) => c.tagName === here.tagName) : [here];
      if (same.length > 1 && !here.getAttribute('name')) part += `:nth-of-type(${same.indexOf(here) + 1})`;
      parts.unshift(part);
    }
    return parts.slice(-4).join(' > ');  // without anything that bears an id, what is near has to do
  };
  const LANDMARKS = { HEADER: 'header', NAV: 'nav', MAIN: 'main', FOOTER: 'footer', DIALOG: 'dialog' };
  const landmarkOf = (e) => {
    for (let here = e; here; here = here.parentElement || here.getRootNode().host) {
      const said = { banner: 'header', navigation: 'nav', main: 'main', contentinfo: 'footer', dialog: 'dialog',
        alertdialog: 'dialog', menu: 'nav' }[here.getAttribute('role')] || LANDMARKS[here.tagName];
      if (said) return said;
    }
    return '';
  };
  const besideOf = (e) => {
    const own = inner(e);
    for (let here = e.parentElement; here && here.tagName !== 'BODY'; here = here.parentElement) {
      const said = inner(here);
      if (said.length > own.length) return said.length <= 120 ? said : '';
    }
    return '';
  };
  const forms = [];
  const formOf = (e) => {
    const form = e.form || e.closest('form, [role=form]');
    if (!form) return -1;
    if (!forms.includes(form)) forms.push(form);
    return forms.indexOf(form);
  };
  const known = window.__portal2faSeen ||= { numbers: new WeakMap(), elements: new Map(), next: Math.floor(Math.random() * 2 ** 40) };
  const numberOf = (e) => {
    if (!known.numbers.has(e)) {
      known.numbers.set(e, known.next);
      known.elements.set(known.next++, e);
    }
    return known.numbers.get(e);
  };
  const elements = [];
  const visible = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (!e.checkVisibility || e.checkVisibility({ visibilityProperty: true }));
  };
  const walk = (root) => {
    for (const e of root.querySelectorAll('*')) {
      if (e.shadowRoot) walk(e.shadowRoot);
      if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'OPTION', 'HEAD', 'TITLE'].includes(e.tagName)) continue;
      const r = role(e);
      const kind = kindOf(e, r);
      if (!kind || !visible(e)) continue;
      const box = e.getBoundingClientRect();
      if (kind === 'image' && (box.width < 48 || box.height < 48)) continue;
      const label = labelOf(e);
      const isField = kind === 'field';
      const fixed = isField && (e.readOnly || e.disabled) && e.type !== 'password';
      const named = label || (e.tagName === 'IMG' ? tidy(e.alt) : '') ||
        (['submit', 'button', 'reset'].includes(e.type) && e.tagName === 'INPUT' ? tidy(e.value) : '') ||
        (isField ? tidy(e.getAttribute('title') || e.placeholder) : '') ||
        (['button', 'link', 'heading', 'choice'].includes(kind) ? tidy(content(e)) : '') || tidy(e.getAttribute('title'));
      const around = e.closest('tr, li, fieldset, [class*=card], section, form');
      elements.push({
        index: elements.length, number: numberOf(e), tag: e.tagName.toLowerCase(), role: r, name: named, kind,
        type: tidy(e.getAttribute('type')), autocomplete: tidy(e.getAttribute('autocomplete')),
        inputmode: tidy(e.getAttribute('inputmode')), element_id: e.id || '', test_id: e.getAttribute('data-testid') || '',
        label, placeholder: tidy(e.placeholder), text: kind === 'image' || isField ? '' : inner(e).slice(0, 400),
        href: e.href && e.href.baseVal === undefined ? e.href : '', value: fixed ? tidy(e.value) : '',
        landmark: landmarkOf(e), form: formOf(e), css: cssOf(e),
        box: [box.x + scrollX, box.y + scrollY, box.width, box.height],
        submits: e.type === 'submit' || (e.tagName === 'BUTTON' && !!e.form && e.type !== 'button'),
        live: !!e.closest('[role=alert], [role=status], [aria-live]:not([aria-live=off])'),
        required: !!e.required, checks: e.type === 'submit' && !!e.form && !e.form.noValidate && !e.formNoValidate,
        disabled: !!e.disabled || e.getAttribute('aria-disabled') === 'true', checked: !!e.checked,
        opens: e.tagName === 'SUMMARY' || e.hasAttribute('aria-haspopup') || e.hasAttribute('aria-expanded'),
        options: e.tagName === 'SELECT' ? [...e.options].map((o) => tidy(o.textContent)) : [],
        beside: kind === 'button' || kind === 'link' || (kind === 'choice' && !named) ? besideOf(e) : '',
        concealed: !!e.closest('[aria-hidden=true]'),
        most: isField && e.maxLength > 0 ? e.maxLength : 0,
        around: around ? inner(around).slice(0, 300) : '',
      });
    }
  };
  walk(document);
  return { url: location.href, title: document.title, elements, width: innerWidth, height: innerHeight };
}
