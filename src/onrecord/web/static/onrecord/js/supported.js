// Says, before anything is drawn, that scripts run: components that need them are hidden until then.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
