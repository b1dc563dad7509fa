-- +goose Up
-- Ids of events are drawn before their transactions are committed, and not in
-- the order in which these are. Whoever reads the log on from the last id that
-- they have seen would miss an event with a smaller one that comes later. So each
-- transaction that writes events holds a lock from before it draws the first id
-- until it ends, and the lock's own name is the last id drawn before it: all its
-- events lie above. Readers stop at the smallest such name; see portal/events.
--
-- The name is 16 bits that say what it is (18031, "Fo") and 48 bits of id. The
-- commit also wakes the readers of all replicas.
-- +goose StatementBegin
CREATE FUNCTION foyer_event_window() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('foyer.event_window', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    PERFORM pg_advisory_xact_lock_shared((18031::bigint << 48) |
      (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_id_seq));
    PERFORM set_config('foyer.event_window', pg_current_xact_id()::text, true);
    PERFORM pg_notify('foyer_events', '');
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER foyer_event_window BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION foyer_event_window();

-- +goose Down
DROP TRIGGER foyer_event_window ON events;
DROP FUNCTION foyer_event_window();
