// Tells the browser the language of the page, and says its first link in it.
export default function (component) {
  document.documentElement.lang = component.data.language;
  const skip = document.querySelector('[data-testid="stSkipToContent"]');
  if (skip) {
    skip.textContent = component.data.skip;
  }
}
