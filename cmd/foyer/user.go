package main

import (
	"context"
	"errors"
	"fmt"

	"foyer/ent"
	"foyer/portal/accounts"
	"foyer/portal/jobs"
	"foyer/portal/problem"
	"foyer/portal/training"
)

type userCmd struct {
	Password userPasswordCmd `cmd:"" help:"Print a one-time link by which a person sets a new password."`
	Disable  userDisableCmd  `cmd:"" help:"Disable a person and end their sessions."`
}

type userPasswordCmd struct {
	User string `arg:"" help:"The person, by id or e-mail address."`
	URL  string `help:"The portal's own address." default:"http://localhost:8080" name:"public-url"`
}

// Run prints the link.
func (u userPasswordCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		user, err := person(ctx, people, u.User)
		if err != nil {
			return err
		}
		token, err := people.PasswordLink(ctx, user.ID)
		if err == nil {
			o.printf("%s\n", oneTimeLink(u.URL, "password", token))
		}
		return err
	})
}

// person finds somebody by id or e-mail address.
func person(ctx context.Context, people *accounts.Service, name string) (*ent.User, error) {
	user, err := people.FindUser(ctx, name)
	if errors.Is(err, problem.ErrNotFound) {
		return nil, fmt.Errorf("there is no person %q", name)
	}
	return user, err
}

type userDisableCmd struct {
	User string `arg:"" help:"The person, by id or e-mail address."`
}

// Run disables.
func (u userDisableCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		user, err := person(ctx, people, u.User)
		if err != nil {
			return err
		}
		if err := people.DisableUser(ctx, user.ID); err != nil {
			return err
		}
		o.printf("%s is disabled, all sessions have ended.\n", user.Email)
		return nil
	})
}

type keysCmd struct {
	Rotate keysRotateCmd `cmd:"" help:"Make a new key for signing; the old ones verify until their tokens have expired."`
	Badges keysBadgesCmd `cmd:"" help:"Make a new key for signing badges; the old ones stay published and sign no more."`
}

type keysBadgesCmd struct{}

// Run rotates the keys of badges.
func (keysBadgesCmd) Run(ctx context.Context, c *cli, o *output) error {
	st, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	background, err := jobs.New(st, jobs.Options{})
	if err != nil {
		return err
	}
	if err := training.New(training.Options{Store: st, Jobs: background}).RotateKeys(ctx); err != nil {
		return err
	}
	o.printf("A new key signs badges from now on; servers that run notice within a minute.\n")
	return nil
}

type keysRotateCmd struct{}

// Run rotates.
func (keysRotateCmd) Run(ctx context.Context, c *cli, o *output) error {
	return c.people(ctx, func(people *accounts.Service) error {
		kid, err := people.RotateKeys(ctx)
		if err == nil {
			o.printf("The key %s signs from now on; servers that run notice within seconds.\n", kid)
		}
		return err
	})
}

// people runs a command on the accounts of an opened database.
func (c *cli) people(ctx context.Context, fn func(*accounts.Service) error) error {
	st, err := c.existing(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = st.Close() }()
	return fn(accounts.New(st, accounts.Options{}))
}
