// The portal's service worker: it shows push messages and opens what they are
// about. It keeps nothing and answers no requests.
self.addEventListener('push', (event) => {
  let said;
  try { said = event.data.json(); } catch { return; }
  event.waitUntil(self.registration.showNotification(said.title, { body: said.text, tag: said.id, icon: '/icon.svg', data: { url: said.url } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url || '/', self.location.origin);
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: 'window' });
    const same = open.find((c) => new URL(c.url).pathname === url.pathname);
    await (same ? same.focus() : self.clients.openWindow(url.pathname + url.search));
  })());
});
