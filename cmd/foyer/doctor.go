package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"foyer/portal/jobs"
	"foyer/portal/store"
)

type doctorCmd struct{ mailFlags }

// Run checks one thing after the other and says what to do about each that is
// not well; exit code 1 when something is not.
func (d doctorCmd) Run(ctx context.Context, c *cli, o *output) error {
	bad := false
	check := func(what string, err error, hint string) bool {
		if err == nil {
			o.printf("ok    %s\n", what)
			return true
		}
		bad = true
		o.printf("FAIL  %s: %v\n      %s\n", what, err, hint)
		return false
	}
	st, err := store.OpenExisting(ctx, c.DatabaseURL)
	if errors.Is(err, store.ErrNoDatabase) {
		check("the database "+redact(c.DatabaseURL)+" exists", err, "Check FOYER_DATABASE_URL; foyer serve and foyer migrate make a new one.")
	} else if check("the database "+redact(c.DatabaseURL)+" answers", err, "Check FOYER_DATABASE_URL, the server and its password.") {
		defer func() { _ = st.Close() }()
		findings := st.Check(ctx)
		if background, err := jobs.New(st, jobs.Options{}); err == nil && !slices.ContainsFunc(findings, failed) {
			findings = append(findings, background.Check(ctx)...)
		}
		for _, f := range findings {
			check(f.What, f.Err, f.Hint)
		}
	}
	year := time.Now().Year()
	var clock error
	if year < 2026 || year > 2200 {
		clock = fmt.Errorf("it says the year %d", year)
	}
	check("the clock", clock, "Tokens and promised dates depend on it: set the time.")
	switch from, _, server, err := d.read(); {
	case err != nil:
		check("the settings of mails", err, "See docs/configuration.md.")
	case server == nil:
		o.printf("note  no mail server is configured: mails are kept in the database and reach nobody\n      For customers, set FOYER_SMTP_URL and FOYER_MAIL_FROM.\n")
	default:
		check("the mail server "+server.Server()+" lets "+from.Address+" in", server.Check(ctx, from.Address), "Check FOYER_SMTP_URL, its user and password, and that it offers TLS.")
	}
	if bad {
		return exit(1)
	}
	return nil
}

func failed(f store.Finding) bool { return f.Err != nil }

// redact takes the password out of a database URL.
func redact(databaseURL string) string {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return "(unreadable URL)"
	}
	return u.Redacted()
}
