-- +goose Up
-- PostgreSQL alone needs this: in SQLite there is one writer at a time, so that
-- events become visible in the order of their ids.
SELECT 1;
