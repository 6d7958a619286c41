// Shows push notices and opens their page. It lies in a folder of its own, so that its scope covers no page: it handles no request.
"use strict";

addEventListener("push", (event) => {
  const notice = event.data.json();
  event.waitUntil(
    registration.showNotification(notice.title, {
      body: notice.body,
      tag: notice.tag,
      icon: "/static/app/any-192.png",
      badge: "/static/app/badge-96.png",
      data: { url: notice.url },
    }),
  );
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.url, location.origin);
  if (target.origin === location.origin) event.waitUntil(clients.openWindow(target.href));
});
