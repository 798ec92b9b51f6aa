// A key opens the field that it belongs to; Enter chooses there and leaves it, Escape only leaves
// it, so that the next key is one of the page again.
export default function (component) {
  const { fields } = component.data;
  const find = (name) => document.querySelector(`[class*="st-key-${name}"] input`);
  document.onkeydown = (event) => {
    const isTyping = event.target.closest("input, textarea, [contenteditable=true]");
    const isCommand = event.ctrlKey || event.metaKey || event.altKey;
    const name = isTyping || isCommand ? "" : fields[event.key.toLowerCase()];
    const input = name && find(name);
    if (input) {
      event.preventDefault();
      input.focus();
    }
  };
  document.onkeyup = (event) => {
    const isOurs = Object.values(fields).some((name) => find(name) === event.target);
    if (isOurs && ["Enter", "Escape"].includes(event.key)) {
      event.target.blur();
    }
  };
  return () => {
    document.onkeydown = null;
    document.onkeyup = null;
  };
}
