// Runs in any browser: one that lacks what the app is built for, or did not get it, says so instead of showing nothing.
(function () {
  var isNewEnough =
    'noModule' in document.createElement('script') &&
    'inert' in HTMLElement.prototype &&
    typeof Object.hasOwn === 'function' &&
    typeof structuredClone === 'function';
  function say(id) {
    document.getElementById(id).removeAttribute('hidden');
    document.getElementById('app').setAttribute('hidden', '');
  }
  if (!isNewEnough) {
    document.addEventListener('DOMContentLoaded', function () {
      say('too-old');
    });
    return;
  }
  // The app itself did not come.
  addEventListener(
    'error',
    function (event) {
      if (event.target instanceof HTMLScriptElement) say('not-loaded');
    },
    true,
  );
})();
