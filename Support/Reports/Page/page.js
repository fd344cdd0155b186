// Search and filter. Without this script the page shows everything.
(function () {
  'use strict';
  var form = document.getElementById('filter'), words = document.getElementById('words'), tag = document.getElementById('tag');
  var boxes = Array.from(form.querySelectorAll('[name=outcome]')), shown = document.getElementById('shown');
  var scenarios = Array.from(document.querySelectorAll('.scenario'));
  var texts = scenarios.map(function (s) { return (s.closest('.feature').querySelector('h2').textContent + ' ' + s.querySelector('summary').textContent + ' ' + s.querySelector('.steps').textContent).toLowerCase(); });

  function apply() {
    var wanted = words.value.toLowerCase().split(/\s+/);
    var outcomes = boxes.filter(function (b) { return b.checked; }).map(function (b) { return b.value; });
    scenarios.forEach(function (s, i) {
      s.hidden = !(outcomes.includes(s.dataset.outcome)
        && (tag.value === '' || s.dataset.tags.split(' ').includes(tag.value))
        && wanted.every(function (w) { return texts[i].includes(w); }));
    });
    // A rule or a feature of which nothing is left goes as well.
    var searching = words.value.trim() !== '' || tag.value !== '';
    document.querySelectorAll('.rule, .feature').forEach(function (part) {
      part.hidden = part.querySelector('.scenario:not([hidden])') === null;
      if (searching && !part.hidden && part.matches('.feature')) { part.querySelector('details').open = true; }
    });
    shown.textContent = scenarios.filter(function (s) { return !s.hidden; }).length + ' of ' + scenarios.length + ' scenarios shown';
  }

  // Whoever follows a link to a scenario wants to see it, whatever the filter says.
  function reveal() {
    var target = location.hash.length === 0 ? null : document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var part = target; part !== null; part = part.parentElement) {
      part.hidden = false;
      if (part.tagName === 'DETAILS') { part.open = true; }
    }
    if (target !== null) {
      var details = target.querySelector('details');
      if (details !== null) { details.open = true; }
      target.scrollIntoView();
    }
  }

  form.addEventListener('input', apply);
  form.addEventListener('submit', function (e) { e.preventDefault(); });
  window.addEventListener('hashchange', reveal);
  form.hidden = false;
  apply();
  reveal();
})();
