// Command foyer is the portal's backend: the server, and what one does to it
// from a shell.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"foyer/portal/accounts"
	"foyer/portal/store"
)

// cli is the command line. Every flag can also be given by the environment
// (FOYER_ and its name), by a YAML file, and, for secrets, by a file that the
// environment names (FOYER_DATABASE_URL_FILE).
type cli struct {
	Config      string `help:"YAML file with values for the flags." type:"existingfile" env:"FOYER_CONFIG" placeholder:"FILE"`
	DatabaseURL string `help:"sqlite://FILE or postgres://..." default:"sqlite://foyer.db" placeholder:"URL"`
	LogFormat   string `help:"How to log: text or json." enum:"text,json" default:"text"`
	LogLevel    string `help:"What to log: debug, info, warn or error." enum:"debug,info,warn,error" default:"info"`

	Serve   serveCmd   `cmd:"" default:"withargs" help:"Run the server (the default)."`
	Migrate migrateCmd `cmd:"" help:"Bring the database's schema up to date, or say whether it is."`
	Import  importCmd  `cmd:"" help:"Import organizations, people, products and orders from files."`
	Carrier carrierCmd `cmd:"" help:"The webhooks by which carriers report."`
	Search  searchCmd  `cmd:"" help:"The index of the catalog."`
	User    userCmd    `cmd:"" help:"Make, disable or let in people."`
	Token   tokenCmd   `cmd:"" help:"The keys by which other systems act."`
	Keys    keysCmd    `cmd:"" help:"The keys that sign access tokens and badges."`
	Schema  schemaCmd  `cmd:"" help:"Print the API's schema as a role sees it."`
	Access  accessCmd  `cmd:"" help:"Who may see what, and why."`
	Doctor  doctorCmd  `cmd:"" help:"Check the configuration, the database and the machine."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// exit is an error that only carries an exit code; what went wrong has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process: arguments in, exit code out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	var c cli
	parser, err := kong.New(&c,
		kong.Name("foyer"), kong.Description("The backend of a company's self-service portal."),
		kong.DefaultEnvars("FOYER"), kong.Resolvers(fromFiles{}), kong.Writers(stdout, stderr),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&c), kong.Bind(&output{stdout, stderr}),
		kong.UsageOnError(), kong.Exit(func(n int) { panic(exit(n)) }),
	)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "foyer:", err)
		return 2
	}
	defer func() { // --help ends the parser by an exit
		if n, ok := recover().(exit); ok {
			code = int(n)
		}
	}()
	for _, name := range []string{"DEMO", "GRAPHIQL"} {
		if os.Getenv("FOYER_NO_"+name) != "" { // silently to do the contrary would open a portal to everybody
			_, _ = fmt.Fprintf(stderr, "foyer: there is no FOYER_NO_%[1]s; write FOYER_%[1]s=false\n", name)
			return 2
		}
	}
	k, err := parser.Parse(args)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "foyer:", said(err))
		return 2
	}
	slog.SetDefault(logger(stderr, c.LogFormat, c.LogLevel))
	err = k.Run()
	var n exit
	switch {
	case errors.As(err, &n):
		return int(n)
	case err != nil:
		_, _ = fmt.Fprintln(stderr, "foyer:", err)
		return 1
	}
	return 0
}

// said is the words of an error of the command line. The parser asks the files
// for each flag in turn, and puts the name of the first before what is wrong
// with all of them.
func said(err error) string {
	if bad := (*fileError)(nil); errors.As(err, &bad) {
		return bad.Error()
	}
	return err.Error()
}

// output is where a command writes.
type output struct{ stdout, stderr io.Writer }

func (o *output) printf(format string, args ...any) { _, _ = fmt.Fprintf(o.stdout, format, args...) }

func logger(w io.Writer, format, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // the parser has checked it
	o := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// open opens the database and brings its schema and the built-in roles up to date.
func (c *cli) open(ctx context.Context) (*store.Store, error) {
	st, err := store.Open(ctx, c.DatabaseURL)
	if err != nil {
		return nil, err
	}
	if _, err := st.Migrate(ctx); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	if err := accounts.New(st, accounts.Options{}).EnsureRoles(ctx); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

// existing is open for commands about a portal that there is: a mistyped address
// must not make another, whose secrets and links nobody takes.
func (c *cli) existing(ctx context.Context) (*store.Store, error) {
	st, err := store.OpenExisting(ctx, c.DatabaseURL)
	if err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil {
		return nil, err
	}
	return c.open(ctx)
}

// look opens the database for a command that changes nothing, not even the schema.
func (c *cli) look(ctx context.Context) (*store.Store, error) {
	st, err := store.OpenExisting(ctx, c.DatabaseURL)
	if err != nil {
		return nil, err
	}
	have, want, err := st.Current(ctx)
	if err == nil && have != want {
		err = fmt.Errorf("the database is at version %d, this program expects %d; run foyer migrate first", have, want)
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(o *output) error {
	o.printf("%s\n", version())
	return nil
}

// version is the module's version, or its commit when built from a checkout.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value[:min(12, len(s.Value))]
		}
	}
	return strings.Trim(info.Main.Version, "()")
}
