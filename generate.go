// Package foyer is the module's root; it only says how the generated code is
// made, in order: the model, then the API over it.
package foyer

//go:generate go run ./schema/gen
//go:generate go run github.com/99designs/gqlgen generate
