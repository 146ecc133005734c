/* A browser that asks not to sell or share data says so in a header; some say it to scripts only. */
if (navigator.globalPrivacyControl) fetch(`${location.pathname}?gpc=1`, { credentials: "omit" });
