package graph

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"foyer/portal/problem"
)

// Limits bound what one request can cost before anything is executed. They
// are checked cheapest first: the size of the body, the number of tokens, the
// shape of the parsed document (each fragment once, so that fragments that
// spread fragments cost no more than they are long), and only then the
// validation, whose time grows with the square of repeated fields. Zero means
// the default.
type Limits struct {
	Body       int64         // bytes of a request body; 1 MiB
	Tokens     int           // lexical tokens of the document; 2,000
	Fields     int           // selected fields, fragments expanded; 1,000
	Repeats    int           // fields selected again under the same name in one place; 200
	Depth      int           // levels of fields; 15
	Schema     int           // levels of fields of an operation that only introspects; 20
	Aliases    int           // renamed fields, fragments expanded; 30
	Directives int           // 50
	Mutations  int           // root fields of a mutation; 10
	Nesting    int           // levels of a value; 32
	List       int           // elements of a list in a value; 10,000
	Cost       int           // values that an answer may have, as budget estimates it; 10,000
	Page       int           // records of a page when the operation does not say; 20
	MaxPage    int           // records of a page, and of a list of ids; 100
	PlainList  int           // records of a list without pages, estimated; 5
	Errors     int           // errors reported of one document; 20
	Timeout    time.Duration // of a query or mutation; 10 s
	Documents  int           // estimated bytes of parsed documents kept for each permission set; 16 MiB

	// Of requests with files.
	Upload        int64         // bytes of the request, for who may import; 200 MiB
	UploadFile    int64         // bytes of one file that is not to be imported; 25 MiB
	UploadFiles   int           // 20
	UploadTime    time.Duration // to send it; 30 min
	UploadPause   time.Duration // in which nothing comes; 30 s
	UploadTimeout time.Duration // of its operation; 2 min

	// Of streams: websockets and server-sent events.
	Streams     int           // open at a time, of all viewers; 10,000
	Connections int           // open at a time, of one viewer, or of one address without a viewer; 100
	Operations  int           // open at a time on one websocket; 50
	Messages    int           // that one websocket is read a second, on average; 100
	Init        time.Duration // for a websocket to say who it is; 3 s
	Write       time.Duration // for a client to take a message; 10 s
	Ping        time.Duration // without a sign of life until a websocket is asked for one; 25 s
	KeepAlive   time.Duration // between comments on server-sent events; 15 s
	Recheck     time.Duration // that a check of who the viewer still is holds; 1 s
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Body:       cmp.Or(l.Body, 1<<20),
		Tokens:     cmp.Or(l.Tokens, 2000),
		Fields:     cmp.Or(l.Fields, 1000),
		Repeats:    cmp.Or(l.Repeats, 200),
		Depth:      cmp.Or(l.Depth, 15),
		Schema:     cmp.Or(l.Schema, 20),
		Aliases:    cmp.Or(l.Aliases, 30),
		Directives: cmp.Or(l.Directives, 50),
		Mutations:  cmp.Or(l.Mutations, 10),
		Nesting:    cmp.Or(l.Nesting, 32),
		List:       cmp.Or(l.List, 10_000),
		Cost:       cmp.Or(l.Cost, 10_000),
		Page:       cmp.Or(l.Page, 20),
		MaxPage:    cmp.Or(l.MaxPage, 100),
		PlainList:  cmp.Or(l.PlainList, 5),
		Errors:     cmp.Or(l.Errors, 20),
		Timeout:    cmp.Or(l.Timeout, 10*time.Second),
		Documents:  cmp.Or(l.Documents, 16<<20),

		Upload:        cmp.Or(l.Upload, 200<<20),
		UploadFile:    cmp.Or(l.UploadFile, 25<<20),
		UploadFiles:   cmp.Or(l.UploadFiles, 20),
		UploadTime:    cmp.Or(l.UploadTime, 30*time.Minute),
		UploadPause:   cmp.Or(l.UploadPause, 30*time.Second),
		UploadTimeout: cmp.Or(l.UploadTimeout, 2*time.Minute),

		Streams:     cmp.Or(l.Streams, 10_000),
		Connections: cmp.Or(l.Connections, 100),
		Operations:  cmp.Or(l.Operations, 50),
		Messages:    cmp.Or(l.Messages, 100),
		Init:        cmp.Or(l.Init, 3*time.Second),
		Write:       cmp.Or(l.Write, 10*time.Second),
		Ping:        cmp.Or(l.Ping, 25*time.Second),
		KeepAlive:   cmp.Or(l.KeepAlive, 15*time.Second),
		Recheck:     cmp.Or(l.Recheck, time.Second),
	}
}

// tooMuch is the answer to an operation that is over a limit. The limit itself
// is in the documentation, not in the answer.
func tooMuch(en, de string) *problem.Error {
	return problem.New(problem.LimitExceeded,
		fmt.Sprintf("The operation is too large: %s. Ask for less at a time.", en),
		fmt.Sprintf("Die Operation ist zu groß: %s. Bitte fragen Sie weniger auf einmal ab.", de))
}

var (
	errNesting = tooMuch("a value is nested too deeply", "ein Wert ist zu tief verschachtelt")
	errList    = tooMuch("a list in a value is too long", "eine Liste in einem Wert ist zu lang")
)

// checkText refuses what no database column could hold as it was sent.
func checkText(s string) error {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return errMalformed
	}
	return nil
}

// checkVariables bounds the variables before the library walks them; a filter
// nested a thousand times would be a statement nested as deep.
func (l Limits) checkVariables(v any, level int) error {
	if level > l.Nesting {
		return errNesting
	}
	switch v := v.(type) {
	case string:
		return checkText(v)
	case json.Number:
		return nil
	case []any:
		if len(v) > l.List {
			return errList
		}
		for _, x := range v {
			if err := l.checkVariables(x, level+1); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, x := range v {
			if err := checkText(k); err != nil {
				return err
			}
			if err := l.checkVariables(x, level+1); err != nil {
				return err
			}
		}
	}
	return nil
}
