package catalog

import (
	"strconv"
	"strings"

	"foyer/ent"
	"foyer/portal/problem"
)

func refuse(en, de string, field ...string) error {
	return problem.Refuse(codeInvalid, problem.Text{EN: en, DE: de}, field...)
}

func tooMany(n int, field ...string) error {
	most := strconv.Itoa(n)
	return problem.Refuse(codeTooMany, problem.Text{EN: "There may be " + most + " at most.", DE: "Es dürfen höchstens " + most + " sein."}, field...)
}

func fixedKey() error {
	return problem.Refuse(codeFixed, problem.Text{EN: "A key never changes.", DE: "Ein Schlüssel ändert sich nie."}, "key")
}

// taken says that a unique text is taken; it does not say by what.
func taken(err error, code, field string) error {
	if ent.IsConstraintError(err) {
		return problem.Refuse(code, problem.Text{EN: "This is taken.", DE: "Das ist schon vergeben."}, field)
	}
	return err
}

func notFound(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrNotFound
	}
	return err
}

// stale turns the "not found" of a guarded update into what it means.
func stale(err error) error {
	if ent.IsNotFound(err) {
		return problem.ErrStale
	}
	return err
}

// present refuses a version that is not the present one.
func present(given *int, version int) error {
	switch {
	case given == nil:
		return refuse("Say which version you have read.", "Sagen Sie, welche Version Sie gelesen haben.", "version")
	case *given != version:
		return problem.ErrStale
	}
	return nil
}

// named reads a name of one line. Columns are limited in bytes, and so is it.
func named(s string, longest int, field ...string) (string, error) {
	s, err := problem.Line(s, longest, field...)
	if err != nil {
		return "", err
	}
	if len(s) > longest {
		return "", refuse("The text is too long.", "Der Text ist zu lang.", field...)
	}
	return s, problem.Filled(s, field...)
}

// keyed reads the key of something new.
func keyed(key *string) (string, error) {
	k := strings.TrimSpace(said(key))
	if !stableKey.MatchString(k) {
		return "", refuse("A key begins with a small letter and has small letters, digits and underscores, up to 60.",
			"Ein Schlüssel beginnt mit einem Kleinbuchstaben und hat bis zu 60 Kleinbuchstaben, Ziffern und Unterstriche.", "key")
	}
	return k, nil
}

// said is a text that may be missing.
func said(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// cmpErr is the first of two errors that is one.
func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
