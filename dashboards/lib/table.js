// Shows a table that was rendered and escaped in Python; a click reports where its link leads.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".k-root");
  if (root.kHtml !== data.html) {
    root.innerHTML = data.html;
    root.kHtml = data.html;
  }
  root.onclick = (event) => {
    const link = event.target.closest("a[data-row], a[data-sort], button[data-edit]");
    const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || event.button !== 0 || opensElsewhere) {
      return;
    }
    event.preventDefault();
    setTriggerValue("clicked", { ...link.dataset });
  };
}
