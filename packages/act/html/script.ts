/** Runs in the page: filter, sort, and details open in print. Without it the whole table is there to read. */
export const script = `'use strict';
(() => {
  const form = document.querySelector('form.filter');
  const body = document.querySelector('main > section > table[role=table] > tbody');
  if (!form || !body) return;
  const rows = [...body.rows];
  const words = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const output = form.querySelector('output');
  form.hidden = false;

  const apply = () => {
    const text = form.elements.text.value.trim().toLowerCase();
    const state = form.elements.state.value;
    const wanted = new Set([...form.querySelectorAll('[name=severity]:checked')].map((box) => box.value));
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.has(row.dataset.severity) && (state === '' || row.dataset.state === state) && words.get(row).includes(text);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    output.textContent = shown + ' of ' + rows.length + ' shown';
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());

  const keys = {
    risk: (a, b) => b.dataset.risk - a.dataset.risk,
    severity: (a, b) => b.dataset.weight - a.dataset.weight,
    place: (a, b) => (a.dataset.place < b.dataset.place ? -1 : a.dataset.place > b.dataset.place ? 1 : 0),
  };
  for (const head of document.querySelectorAll('th[data-key]')) {
    const button = head.querySelector('button');
    head.querySelector('.plain').hidden = true;
    button.hidden = false;
    button.addEventListener('click', () => {
      const turn = head.getAttribute('aria-sort') === 'descending' ? -1 : 1;
      for (const other of document.querySelectorAll('th[aria-sort]')) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', turn === 1 ? 'descending' : 'ascending');
      rows.sort((a, b) => turn * keys[head.dataset.key](a, b));
      body.append(...rows);
    });
  }

  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, select');
    if (event.key === '/' && !typing) { event.preventDefault(); form.elements.text.focus(); }
    if (event.key === 'Escape' && typing === form.elements.text) { form.elements.text.value = ''; apply(); }
  });
  addEventListener('beforeprint', () => { for (const part of document.querySelectorAll('details')) part.open = true; });
  apply();
})();
`;
