package courses_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/demo/courses"
	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
)

// documents are all documents by name, drafts and second versions too.
func documents() map[string]schema.CourseDocument {
	all := map[string]schema.CourseDocument{}
	for _, c := range courses.All() {
		all[c.Key] = c.Document
		if c.Next != nil {
			all[c.Key+" 2"] = *c.Next
		}
		if c.Draft != nil {
			all[c.Key+" draft"] = *c.Draft
		}
	}
	return all
}

// every calls for each document.
func every(t *testing.T, do func(t *testing.T, doc schema.CourseDocument)) {
	t.Helper()
	for name, doc := range documents() {
		t.Run(name, func(t *testing.T) { do(t, doc) })
	}
}

// TestSound: the rules of courses find nothing, and nothing to tidy up either.
func TestSound(t *testing.T) {
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		kept, problems := content.Check(doc)
		require.Empty(t, problems)
		require.Equal(t, string(content.Canonical(doc)), string(content.Canonical(kept)))
	})
}

// TestHowMuchThereIs: the courses have the size that they are shown with.
func TestHowMuchThereIs(t *testing.T) {
	for name, want := range map[string]content.Totals{
		courses.KeySafety:        {Modules: 3, Lessons: 12, Optional: 1, Minutes: 95, OptionalMinutes: 4, Quizzes: 2, Questions: 22, Answers: 16},
		courses.KeySafety + " 2": {Modules: 3, Lessons: 13, Optional: 1, Minutes: 103, OptionalMinutes: 4, Quizzes: 2, Questions: 23, Answers: 16},
		courses.KeyCommissioning: {Modules: 4, Lessons: 16, Minutes: 140, Quizzes: 2, Assignments: 1, Questions: 22, Answers: 16},
		courses.KeyMaintenance:   {Modules: 4, Lessons: 9, Minutes: 70, Quizzes: 1, Questions: 10, Answers: 10},
		courses.KeyDiagnostics:   {Modules: 2, Lessons: 7, Minutes: 55, Quizzes: 1, Questions: 5, Answers: 5},
		courses.KeyThinSteel:     {Modules: 3, Lessons: 11, Minutes: 110, Quizzes: 1, Questions: 8, Answers: 8},
	} {
		doc := documents()[name]
		require.Equal(t, want, content.Count(&doc), name)
	}
}

// TestEverythingIsUsed: between them, the courses have every sort of question, rule and
// reveal, so that the demo shows them all; but for videos and files, of which it has none.
func TestEverythingIsUsed(t *testing.T) {
	seen := map[string]bool{}
	for _, doc := range documents() {
		for _, l := range content.Lessons(&doc) {
			seen["lesson "+l.Kind], seen["rule "+l.Completion.Rule] = true, true
			seen["optional"] = seen["optional"] || l.Optional
			seen["requires"] = seen["requires"] || len(l.Requires) > 0
			if q := l.Quiz; q != nil {
				seen["reveal "+q.Reveal] = true
				seen["pools"] = seen["pools"] || len(q.Pools) > 0
				seen["limit"] = seen["limit"] || q.LimitSeconds > 0
				seen["cooling"] = seen["cooling"] || q.CoolingMinutes > 0 && q.Attempts > 1
				seen["free"] = seen["free"] || q.Attempts == 0
				seen["negative"] = seen["negative"] || q.NegativePercent > 0
				for _, x := range q.Questions {
					seen["ask "+x.Kind] = true
					seen["tolerance"] = seen["tolerance"] || x.Number != nil && x.Number.Tolerance != ""
				}
			}
		}
	}
	for _, what := range []string{
		"lesson TEXT", "lesson LINK", "lesson QUIZ", "lesson ASSIGNMENT", "rule VIEW", "rule DWELL", "rule QUIZ", "rule TRAINER", "optional", "requires",
		"reveal NEVER", "reveal SUBMITTED", "reveal PASSED", "reveal FINAL", "pools", "limit", "cooling", "free", "negative", "tolerance",
		"ask SINGLE", "ask MULTIPLE", "ask ORDER", "ask MATCH", "ask NUMBER", "ask TEXT",
	} {
		require.True(t, seen[what], what)
	}
	require.False(t, seen["lesson VIDEO"] || seen["lesson FILE"], "the demo has no file for it")
}

// TestCourses: keys are unique, courses that are asked for before are there, and what is
// said of tests in the texts is what they do.
func TestCourses(t *testing.T) {
	keys := map[string]bool{}
	for _, c := range courses.All() {
		require.False(t, keys[c.Key], c.Key)
		for _, p := range c.Document.Prerequisites {
			require.True(t, keys[p], "%s wants %s, which does not stand before it", c.Key, p)
		}
		keys[c.Key] = true
		require.Positive(t, c.Published, c.Key)
		require.Equal(t, c.Next != nil, c.NextPublished > 0, c.Key)
		require.True(t, len(c.RequiredFor) == 0 || c.Document.Certificate != nil, "%s is required and certifies nothing", c.Key)
	}
	said := regexp.MustCompile(`(?:Questions|Fragen) \| (\d+)[^|]*\|\n\| (?:Time|Zeit) \| (\d+)[^|]*\|\n\| (?:Needed|Nötig) \| (\d+) %[^|]*\|\n\| (?:Attempts|Versuche) \| (\d+),`)
	tables := 0
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		for _, l := range content.Lessons(&doc) {
			for language, text := range l.Body {
				for _, m := range said.FindAllStringSubmatch(text, -1) {
					tables++
					q := l.Quiz
					require.Equal(t, fmt.Sprint(content.Asked(q), q.LimitSeconds/60, q.PassingPercent, q.Attempts), strings.Join(m[1:], " "), "%s %s", language, l.Key)
				}
			}
		}
	})
	require.GreaterOrEqual(t, tables, 6, "the tables of the tests were not recognized")
}

// texts walks through all texts of a document with their paths.
func texts(t *testing.T, doc schema.CourseDocument, do func(path string, text map[string]any)) {
	t.Helper()
	raw, err := json.Marshal(doc)
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(raw, &tree))
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch x := v.(type) {
		case map[string]any:
			_, en := x["en"]
			_, de := x["de"]
			if en || de {
				do(path, x)
				return
			}
			for k, member := range x {
				walk(path+"."+k, member)
			}
		case []any:
			for i, member := range x {
				walk(fmt.Sprint(path, ".", i), member)
			}
		}
	}
	walk("", tree)
}

// TestBothLanguages: every text is there in both, is not empty, and is formatted alike.
func TestBothLanguages(t *testing.T) {
	shape := func(text, sign string) int {
		n := 0
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, sign) {
				n++
			}
		}
		return n
	}
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		require.Equal(t, courses.Languages(), doc.Languages)
		texts(t, doc, func(path string, text map[string]any) {
			require.Len(t, text, 2, path)
			if strings.HasSuffix(path, ".accepted") {
				return
			}
			en, de := text["en"].(string), text["de"].(string)
			require.NotEmpty(t, strings.TrimSpace(en), path)
			require.NotEmpty(t, strings.TrimSpace(de), path)
			for _, sign := range []string{"## ", "| ", "- ", "1. ", "> "} {
				require.Equal(t, shape(en, sign), shape(de, sign), "%s: lines with %q", path, sign)
			}
			require.Equal(t, strings.Count(en, "**"), strings.Count(de, "**"), path)
		})
	})
}

// TestGermanIsGerman: with umlauts rather than what typewriters had, and with German
// words; English has none of both.
func TestGermanIsGerman(t *testing.T) {
	typed := regexp.MustCompile(`(?i)\b\w*(fuer|ueber|koenn|muess|geraet|pruef|schluess|loesch|aender|naechst|spaet|waehr|waerm|kuehl|duese|schaed|hoech|taegl|groess|massnahm|strasse|oeffn|stoer)\w*`)
	german := regexp.MustCompile(`(?i)\b(der|die|das|und|ist|nicht|ein|eine|mit|den|dem|wird|auf|für|sie|von)\b`)
	english := regexp.MustCompile(`(?i)\b(the|and|is|not|of|to|with|it|that|you|are)\b`)
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		all := map[string]string{}
		texts(t, doc, func(path string, text map[string]any) {
			if strings.HasSuffix(path, ".accepted") {
				return
			}
			en, de := text["en"].(string), text["de"].(string)
			require.Empty(t, typed.FindString(de), path)
			if len(en) > 80 {
				require.NotEqual(t, en, de, path)
				require.Greater(t, len(german.FindAllString(de, -1)), len(german.FindAllString(en, -1)), "%s: %s", path, de)
				require.Greater(t, len(english.FindAllString(en, -1)), len(english.FindAllString(de, -1)), "%s: %s", path, en)
			}
			all["en"], all["de"] = all["en"]+en, all["de"]+de
		})
		require.Zero(t, strings.Count(strings.ToLower(all["en"]), "ß"))
		umlauts := 0
		for _, r := range all["de"] {
			if strings.ContainsRune("äöüÄÖÜß", r) {
				umlauts++
			}
		}
		require.Greater(t, umlauts*100, len(all["de"]), "fewer umlauts than German has")
	})
}

var word = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}'’.,/-]*`)

// TestLength: lessons are long enough to say something and short enough to be read.
func TestLength(t *testing.T) {
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		for _, l := range content.Lessons(&doc) {
			for language, text := range l.Body {
				n := len(word.FindAllString(text, -1))
				require.True(t, 150 <= n && n <= 400, "%s %s has %d words", language, l.Key, n)
				require.Contains(t, text, "\n## ", "%s %s has no headings", language, l.Key)
			}
		}
	})
}

// TestNothingUnfinished: no text has a mark of work to do, raw HTML, a picture or an
// address that is not that of a link; every question says why.
func TestNothingUnfinished(t *testing.T) {
	unfinished := regexp.MustCompile(`(?i)TODO|FIXME|XXX|lorem|\.\.\.|<[a-z/!]|!\[|https?://|  \n|\t`)
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		texts(t, doc, func(path string, text map[string]any) {
			for language, s := range text {
				require.Empty(t, unfinished.FindString(fmt.Sprint(s)), "%s %s", path, language)
			}
		})
		for _, l := range content.Lessons(&doc) {
			if l.Quiz == nil {
				continue
			}
			for _, q := range l.Quiz.Questions {
				require.NotEmpty(t, q.Explanation, q.Key)
				for language, why := range q.Explanation {
					require.NotEqual(t, why, q.Text[language], q.Key)
				}
			}
		}
	})
}

// TestTables: all rows of a table have as many cells as its head.
func TestTables(t *testing.T) {
	every(t, func(t *testing.T, doc schema.CourseDocument) {
		for _, l := range content.Lessons(&doc) {
			for language, text := range l.Body {
				cells := 0
				for line := range strings.Lines(text) {
					if !strings.HasPrefix(line, "|") {
						cells = 0
						continue
					}
					if n := strings.Count(line, "|"); cells == 0 {
						cells = n
					} else {
						require.Equal(t, cells, n, "%s %s: %s", language, l.Key, line)
					}
				}
			}
		}
	})
}

// TestEveryFileIsRead: each text that lies here belongs to a lesson.
func TestEveryFileIsRead(t *testing.T) {
	used := map[string]bool{}
	for _, c := range courses.All() {
		all := []schema.CourseDocument{c.Document}
		if c.Next != nil {
			all = append(all, *c.Next)
		}
		for _, doc := range all {
			for _, l := range content.Lessons(&doc) {
				for _, language := range courses.Languages() {
					used[filepath.Join("texts", language, c.Key, l.Key+".md")] = true
				}
			}
		}
	}
	found := 0
	require.NoError(t, fs.WalkDir(os.DirFS("."), "texts", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			found++
			require.True(t, used[filepath.FromSlash(path)], path)
		}
		return err
	}))
	require.Equal(t, len(used), found)
}

// TestVersion2: what has changed is a question that is mended, one that is new, and a
// lesson; and the first version is what it was.
func TestVersion2(t *testing.T) {
	first, second := courses.LaserSafety(), courses.Version2()
	added, changed := []string{}, []string{}
	for _, l := range content.Lessons(&second) {
		switch old, _ := content.Find(&first, l.Key); {
		case old == nil:
			require.False(t, l.Optional)
			added = append(added, l.Key)
		case !reflect.DeepEqual(old, l):
			changed = append(changed, l.Key)
		}
	}
	require.Equal(t, []string{"handheld"}, added)
	require.Equal(t, []string{"exam"}, changed)
	require.Len(t, content.Lessons(&second), len(content.Lessons(&first))+1, "none is gone")
	before, _ := content.Find(&first, "exam")
	after, _ := content.Find(&second, "exam")
	added, changed = nil, nil
	for _, q := range after.Quiz.Questions {
		switch old := quiz.Find(before.Quiz, q.Key); {
		case old == nil:
			added = append(added, q.Key)
		case !reflect.DeepEqual(*old, q):
			changed = append(changed, q.Key)
		}
	}
	require.Equal(t, []string{"clamp"}, added)
	require.Equal(t, []string{"reflections"}, changed)
	require.Equal(t, content.Checksum(first), content.Checksum(courses.LaserSafety()))
}

// TestMended: the correction makes the right answers of the first version those of the
// second.
func TestMended(t *testing.T) {
	first, second := courses.LaserSafety(), courses.Version2()
	kept, problems := content.CheckCorrection(&first, courses.Mended())
	require.Empty(t, problems)
	right := func(doc schema.CourseDocument) (keys []string) {
		l, _ := content.Find(&doc, kept.Lesson)
		at := slices.IndexFunc(l.Quiz.Questions, func(q schema.Question) bool { return q.Key == kept.Question })
		for _, o := range l.Quiz.Questions[at].Choices {
			if o.Correct {
				keys = append(keys, o.Key)
			}
		}
		return keys
	}
	require.Equal(t, right(second), kept.Correct)
	require.NotEqual(t, right(first), kept.Correct)
}
