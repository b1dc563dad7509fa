-- +goose Up
-- portal/mail: the mailbox for development, the last mails of a portal that has no mail server.
CREATE TABLE mailbox (
  id integer PRIMARY KEY AUTOINCREMENT,
  sent_at datetime NOT NULL,
  recipient text NOT NULL,
  subject text NOT NULL,
  headers text NOT NULL,
  body_text text NOT NULL,
  body_html text NOT NULL
);
-- portal/guests: who has asked for a code, until that is answered. The jobs know a request by its
-- id alone, so that no address stays with finished work.
CREATE TABLE guest_requests (
  id text PRIMARY KEY,
  number text NOT NULL,
  email text NOT NULL,
  requested_at datetime NOT NULL
);
CREATE INDEX guest_requests_requested_at ON guest_requests (requested_at);
-- portal/guests: orders by number in any case.
CREATE INDEX orders_number_lower ON orders (lower(number));
