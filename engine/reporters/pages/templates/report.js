"use strict";
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const status = document.getElementById("shown");
  const plans = [...document.querySelectorAll(".plan")];
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
  const fits = (wanted, has) => !wanted || wanted === has;
  function filter() {
    const { clause, severity, district, status: verdict, words } = Object.fromEntries(new FormData(form));
    const sought = plain(words.trim());
    let shownPlans = 0, shownItems = 0;
    for (const plan of plans) {
      const named = plain(plan.dataset.words).includes(sought);
      let items = 0;
      for (const item of plan.querySelectorAll(".item")) {
        item.hidden = !(fits(clause, item.dataset.clause) && fits(severity, item.dataset.severity)
          && (named || plain(item.textContent).includes(sought)));
        if (!item.hidden) items += 1;
      }
      const narrowed = clause || severity || !named;
      plan.hidden = !(fits(district, plan.dataset.district) && fits(verdict, plan.dataset.status) && (!narrowed || items));
      const row = document.querySelector(`[data-row="${plan.id}"]`);
      if (row) row.hidden = plan.hidden;
      if (!plan.hidden) { shownPlans += 1; shownItems += items; }
    }
    status.textContent = status.dataset.words.replace("{plans}", shownPlans).replace("{items}", shownItems);
  }
  form.hidden = false;
  for (const event of ["input", "change"]) form.addEventListener(event, filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
})();
