// Runs in any browser: one that lacks what the app is built for is told so instead of showing nothing.
(function () {
  var isNewEnough =
    'noModule' in document.createElement('script') &&
    'inert' in HTMLElement.prototype &&
    typeof Object.hasOwn === 'function' &&
    typeof structuredClone === 'function';
  if (isNewEnough) return;
  document.addEventListener('DOMContentLoaded', function () {
    document.getElementById('too-old').removeAttribute('hidden');
    document.getElementById('app').setAttribute('hidden', '');
  });
})();
