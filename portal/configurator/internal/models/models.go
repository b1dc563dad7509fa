// Package models reads the configuration models of the literature that the engine's
// tests are held against: DIMACS, XCSP 2.1, prices, and cars that were sold. It is
// for tests alone. The data are third parties' and no part of the project:
// FOYER_SHARED says where they are, and without them the tests that need them are
// skipped and say so.
package models

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"foyer/portal/configurator/engine"
)

// Renault is the one model that is of tables and not of clauses.
const Renault = "renault_small"

// Group is the key of the group that holds all variables of a DIMACS model.
const Group = "f"

// Load reads a model by the name that Facts has for it. A DIMACS file becomes one
// group "f" of any number of options, with a rule for each clause (c1, c2, ...); an
// XCSP file a group of exactly one option for each variable, and a table for each
// constraint.
func Load(t testing.TB, name string) engine.Model {
	t.Helper()
	if name == Renault {
		m, err := FromXCSP(File(t, name+".xml"))
		if err != nil {
			t.Fatalf("%s.xml: %v", name, err)
		}
		return m
	}
	m, err := FromDIMACS(File(t, name+".dimacs"))
	if err != nil {
		t.Fatalf("%s.dimacs: %v", name, err)
	}
	return m
}

// UVL is the text of the model's other form, as its authors wrote it.
func UVL(t testing.TB, name string) string {
	t.Helper()
	return string(File(t, name+".uvl"))
}

// File reads one of the shared files. Where they are not, the test is skipped; in
// CI it fails.
func File(t testing.TB, name string) []byte {
	t.Helper()
	dir := directory(t)
	content, err := os.ReadFile(filepath.Join(dir, name)) //nolint:gosec // a file that tests name
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func directory(t testing.TB) string {
	t.Helper()
	root := os.Getenv("FOYER_SHARED")
	if root == "" {
		root = besideProject()
	}
	dir := filepath.Join(root, "data", "configurator")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI must test with the real data: set FOYER_SHARED (%v)", err)
		}
		fmt.Fprintf(os.Stderr, "\n*** %s WAS NOT RUN: there is no %s; set FOYER_SHARED\n\n", t.Name(), dir)
		t.Skipf("*** NOT RUN: there is no %s; set FOYER_SHARED", dir)
	}
	return dir
}

// besideProject is where the data usually lie: tests run in the folders of their
// packages, at any depth, so it looks for go.mod and then beside its folder.
func besideProject() string {
	dir, err := os.Getwd()
	if err != nil {
		return "shared"
	}
	for at := dir; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(at), "shared")
		}
	}
	return "shared"
}
