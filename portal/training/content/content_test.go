package content_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/training/content"
	"foyer/portal/training/quiz"
	"foyer/schema"
	"foyer/schema/gid"
)

func say(en, de string) map[string]string { return map[string]string{"en": en, "de": de} }

func choice(key string, correct bool) schema.QuestionChoice {
	return schema.QuestionChoice{Key: key, Text: say("choice "+key, "Antwort "+key), Correct: correct}
}

var someFile = gid.New(gid.File).String()

// course is a sound document with one of everything.
func course() schema.CourseDocument {
	return schema.CourseDocument{
		Title: say("Safety", "Sicherheit"), Summary: say("What to do", "Was zu tun ist"), Languages: []string{"en", "de"}, Cover: "#1f6f8b",
		Prerequisites: []string{"basics"},
		Modules: []schema.CourseModule{
			{Key: "start", Title: say("Start", "Beginn"), Lessons: []schema.Lesson{
				{
					Key: "text", Kind: schema.LessonText, Title: say("Text", "Text"), Minutes: 5, Body: say("Read", "Lies"),
					Completion: schema.LessonRule{Rule: schema.DoneOnDwell, Seconds: 60},
				},
				{
					Key: "video", Kind: schema.LessonVideo, Title: say("Video", "Video"), Minutes: 10,
					Media:      &schema.LessonMedia{URL: "https://media.example/v.mp4", Seconds: 600},
					Completion: schema.LessonRule{Rule: schema.DoneOnVideo, Percent: 90}, Requires: []string{"text"},
				},
				{
					Key: "file", Kind: schema.LessonFile, Title: say("File", "Datei"), Minutes: 5,
					Media: &schema.LessonMedia{FileID: someFile}, Completion: schema.LessonRule{Rule: schema.DoneOnView},
				},
				{
					Key: "link", Kind: schema.LessonLink, Title: say("Link", "Link"), Minutes: 5, Optional: true,
					Media: &schema.LessonMedia{URL: "https://example.com/?q=1#top"}, Completion: schema.LessonRule{Rule: schema.DoneByTrainer},
				},
			}},
			{Key: "end", Title: say("End", "Ende"), Lessons: []schema.Lesson{
				{
					Key: "quiz", Kind: schema.LessonQuiz, Title: say("Test", "Test"), Minutes: 10, Quiz: exam(),
					Completion: schema.LessonRule{Rule: schema.DoneOnQuiz}, Requires: []string{"text", "video"},
				},
				{
					Key: "work", Kind: schema.LessonAssignment, Title: say("Work", "Arbeit"), Minutes: 60,
					Assignment: &schema.Assignment{PassingPercent: 50, MaxFiles: 3, Attempts: 2, Rubric: []schema.RubricCriterion{
						{Key: "care", Title: say("Care", "Sorgfalt"), Points: 5}, {Key: "speed", Title: say("Speed", "Tempo"), Help: say("fast", "schnell"), Points: 5},
					}},
					Completion: schema.LessonRule{Rule: schema.DoneByTrainer}, Requires: []string{"quiz"},
				},
			}},
		},
		Certificate: &schema.CertificateRules{Title: say("Safe", "Sicher"), Criteria: say("Has shown", "Hat gezeigt"), ValidMonths: 24, RemindDays: []int{90, 7}},
	}
}

func exam() *schema.Quiz {
	return &schema.Quiz{
		PassingPercent: 70, Attempts: 3, CoolingMinutes: 60, LimitSeconds: 900, NegativePercent: 25, Reveal: schema.RevealFinal, Shuffle: true,
		Pools: []schema.QuestionPool{{Key: "pool", Draw: 1, Questions: []string{"single", "multiple"}}},
		Questions: []schema.Question{
			{Key: "single", Kind: schema.AskSingle, Text: say("1?", "1?"), Points: 1, Choices: []schema.QuestionChoice{choice("a", true), choice("b", false)}},
			{Key: "multiple", Kind: schema.AskMultiple, Text: say("2?", "2?"), Points: 1, Choices: []schema.QuestionChoice{choice("a", true), choice("b", true), choice("c", false)}},
			{Key: "order", Kind: schema.AskOrder, Text: say("3?", "3?"), Points: 2, Choices: []schema.QuestionChoice{choice("a", false), choice("b", false)}},
			{Key: "match", Kind: schema.AskMatch, Text: say("4?", "4?"), Points: 2, Pairs: []schema.QuestionPair{
				{Key: "x", Left: say("lx", "lx"), Right: say("rx", "rx")}, {Key: "y", Left: say("ly", "ly"), Right: say("ry", "ry")},
			}},
			{Key: "number", Kind: schema.AskNumber, Text: say("5?", "5?"), Points: 1, Number: &schema.NumberAnswer{Value: "0,3", Tolerance: "0.05", Unit: "mm"}},
			{Key: "text", Kind: schema.AskText, Text: say("6?", "6?"), Points: 1, Accepted: map[string][]string{"en": {"fuse"}, "de": {"Sicherung"}}, Explanation: say("why", "warum")},
		},
	}
}

func lesson(d *schema.CourseDocument, key string) *schema.Lesson {
	l, _ := content.Find(d, key)
	return l
}

func question(d *schema.CourseDocument, key string) *schema.Question {
	return quiz.Find(lesson(d, "quiz").Quiz, key)
}

func TestASoundDocumentIsKeptAsItIsTrimmed(t *testing.T) {
	doc := course()
	clean, problems := content.Check(doc)
	require.Empty(t, problems)
	again, problems := content.Check(clean)
	require.Empty(t, problems)
	require.Equal(t, clean, again)
	require.Equal(t, content.Checksum(doc), content.Checksum(clean))

	doc.Title["de"] = "  Sicherheit\t"
	doc.Cover = " #1F6F8B"
	doc.Modules[0].Key = " start "
	lesson(&doc, "text").Body["en"] = "Read\r\n"
	lesson(&doc, "file").Body = map[string]string{"en": " ", "de": ""}
	question(&doc, "text").Accepted["de"][0] = " Sicherung "
	question(&doc, "number").Number.Value = " 0,3"
	before, err := json.Marshal(doc)
	require.NoError(t, err)
	other, problems := content.Check(doc)
	require.Empty(t, problems)
	require.Equal(t, content.Checksum(clean), content.Checksum(other))
	now, err := json.Marshal(doc)
	require.NoError(t, err)
	require.Equal(t, string(before), string(now), "what was handed in stays as it was")
}

// spoiled are documents with one mistake each: what is spoiled, where it is told, its
// code.
var spoiled = map[string]struct {
	spoil func(d *schema.CourseDocument)
	path  string
	code  string
}{
	"no title":             {func(d *schema.CourseDocument) { delete(d.Title, "de") }, "title/de", content.Missing},
	"half a summary":       {func(d *schema.CourseDocument) { d.Summary = map[string]string{"en": "x"} }, "summary/de", content.Missing},
	"another language":     {func(d *schema.CourseDocument) { d.Title["fr"] = "S" }, "title/fr", content.BadLanguage},
	"long title":           {func(d *schema.CourseDocument) { d.Title["en"] = strings.Repeat("x", 201) }, "title/en", content.TooLong},
	"control characters":   {func(d *schema.CourseDocument) { d.Title["en"] = "a\x00b" }, "title/en", content.BadText},
	"language that is not": {func(d *schema.CourseDocument) { d.Languages = append(d.Languages, "english") }, "languages/2", content.BadLanguage},
	"language in capitals": {func(d *schema.CourseDocument) { d.Languages = append(d.Languages, "FR") }, "languages/2", content.BadLanguage},
	"language twice":       {func(d *schema.CourseDocument) { d.Languages = append(d.Languages, "en") }, "languages/2", content.Twice},
	"colour":               {func(d *schema.CourseDocument) { d.Cover = "red" }, "cover", content.BadColour},
	"prerequisite":         {func(d *schema.CourseDocument) { d.Prerequisites = []string{"No Key"} }, "prerequisites/0", content.BadKey},
	"prerequisite twice":   {func(d *schema.CourseDocument) { d.Prerequisites = []string{"a", "b", "a"} }, "prerequisites/2", content.Twice},
	"many prerequisites":   {func(d *schema.CourseDocument) { d.Prerequisites = keys(21) }, "prerequisites", content.TooLong},

	"no module":      {func(d *schema.CourseDocument) { d.Modules = nil }, "modules", content.Missing},
	"module key":     {func(d *schema.CourseDocument) { d.Modules[1].Key = "Ende" }, "modules/1/key", content.BadKey},
	"module without": {func(d *schema.CourseDocument) { d.Modules[1].Key = " " }, "modules/1/key", content.Missing},
	"module twice":   {func(d *schema.CourseDocument) { d.Modules[1].Key = "start" }, "modules/1/key", content.Twice},
	"empty module": {func(d *schema.CourseDocument) {
		d.Modules = append(d.Modules, schema.CourseModule{Key: "x", Title: say("x", "x")})
	}, "modules/2/lessons", content.Missing},
	"lesson twice":     {func(d *schema.CourseDocument) { lesson(d, "file").Key = "text" }, "modules/0/lessons/2/key", content.Twice},
	"elsewhere twice":  {func(d *schema.CourseDocument) { lesson(d, "work").Key = "file" }, "modules/1/lessons/1/key", content.Twice},
	"lesson kind":      {func(d *schema.CourseDocument) { lesson(d, "file").Kind = "GAME" }, "modules/0/lessons/2/kind", content.Unknown},
	"no minutes":       {func(d *schema.CourseDocument) { lesson(d, "file").Minutes = 0 }, "modules/0/lessons/2/minutes", content.Range},
	"too many minutes": {func(d *schema.CourseDocument) { lesson(d, "file").Minutes = 1441 }, "modules/0/lessons/2/minutes", content.Range},
	"no body":          {func(d *schema.CourseDocument) { lesson(d, "text").Body = nil }, "modules/0/lessons/0/body/en", content.Missing},
	"deep body":        {func(d *schema.CourseDocument) { lesson(d, "text").Body["de"] = strings.Repeat("> ", 40) + "x" }, "modules/0/lessons/0/body/de", content.BadMarkdown},
	"many brackets":    {func(d *schema.CourseDocument) { lesson(d, "text").Body["en"] = strings.Repeat("[", 2000) }, "modules/0/lessons/0/body/en", content.BadMarkdown},
	"all optional": {func(d *schema.CourseDocument) {
		for _, l := range content.Lessons(d) {
			l.Optional = true
		}
	}, "modules", content.Unreachable},
	"no lesson of it": {func(d *schema.CourseDocument) { lesson(d, "work").Requires = []string{"x"} }, "modules/1/lessons/1/requires/0", content.Unknown},
	"requires itself": {func(d *schema.CourseDocument) { lesson(d, "work").Requires = []string{"work"} }, "modules/1/lessons/1/requires/0", content.Circle},
	"requires twice":  {func(d *schema.CourseDocument) { lesson(d, "work").Requires = []string{"quiz", "quiz"} }, "modules/1/lessons/1/requires/1", content.Twice},
	"requires much":   {func(d *schema.CourseDocument) { lesson(d, "text").Requires = same("file", 21) }, "modules/0/lessons/0/requires", content.TooLong},
	"circle":          {func(d *schema.CourseDocument) { lesson(d, "text").Requires = []string{"work"} }, "modules/0/lessons/0/requires", content.Circle},
	"needs optional":  {func(d *schema.CourseDocument) { lesson(d, "work").Requires = []string{"link"} }, "modules/1/lessons/1/requires/0", content.Contradicts},

	"media of a text": {func(d *schema.CourseDocument) {
		lesson(d, "text").Media = &schema.LessonMedia{URL: "https://x.example"}
	}, "modules/0/lessons/0/media", content.Unwanted},
	"no media":        {func(d *schema.CourseDocument) { lesson(d, "video").Media = nil }, "modules/0/lessons/1/media", content.Missing},
	"no address":      {func(d *schema.CourseDocument) { lesson(d, "video").Media.URL = " " }, "modules/0/lessons/1/media/url", content.Missing},
	"both":            {func(d *schema.CourseDocument) { lesson(d, "file").Media.URL = "https://x.example" }, "modules/0/lessons/2/media/url", content.Contradicts},
	"file of a link":  {func(d *schema.CourseDocument) { lesson(d, "link").Media.FileID = "fil_1" }, "modules/0/lessons/3/media/fileId", content.Unwanted},
	"no file":         {func(d *schema.CourseDocument) { lesson(d, "file").Media.FileID = "fil_1" }, "modules/0/lessons/2/media/fileId", content.BadFile},
	"id of something": {func(d *schema.CourseDocument) { lesson(d, "file").Media.FileID = gid.New(gid.User).String() }, "modules/0/lessons/2/media/fileId", content.BadFile},
	"http":            {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = "http://example.com" }, "modules/0/lessons/3/media/url", content.BadURL},
	"script":          {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = "javascript:alert(1)" }, "modules/0/lessons/3/media/url", content.BadURL},
	"no host":         {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = "https://:443/x" }, "modules/0/lessons/3/media/url", content.BadURL},
	"with a password": {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = "https://a:b@example.com" }, "modules/0/lessons/3/media/url", content.BadURL},
	"with a blank":    {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = "https://example.com/a b" }, "modules/0/lessons/3/media/url", content.BadURL},
	"backslash":       {func(d *schema.CourseDocument) { lesson(d, "link").Media.URL = `https://example.com\@evil.example` }, "modules/0/lessons/3/media/url", content.BadURL},
	"long address": {func(d *schema.CourseDocument) {
		lesson(d, "link").Media.URL = "https://x.example/" + strings.Repeat("x", 2000)
	}, "modules/0/lessons/3/media/url", content.BadURL},
	"length of a video": {func(d *schema.CourseDocument) { lesson(d, "video").Media.Seconds = 0 }, "modules/0/lessons/1/media/seconds", content.Range},
	"length of a file":  {func(d *schema.CourseDocument) { lesson(d, "file").Media.Seconds = 5 }, "modules/0/lessons/2/media/seconds", content.Unwanted},

	"no rule": {func(d *schema.CourseDocument) { lesson(d, "text").Completion = schema.LessonRule{} }, "modules/0/lessons/0/completion/rule", content.Unknown},
	"video rule": {func(d *schema.CourseDocument) {
		lesson(d, "file").Completion = schema.LessonRule{Rule: schema.DoneOnVideo, Percent: 5}
	}, "modules/0/lessons/2/completion/rule", content.BadRule},
	"quiz rule":        {func(d *schema.CourseDocument) { lesson(d, "file").Completion.Rule = schema.DoneOnQuiz }, "modules/0/lessons/2/completion/rule", content.BadRule},
	"work on view":     {func(d *schema.CourseDocument) { lesson(d, "work").Completion.Rule = schema.DoneOnView }, "modules/1/lessons/1/completion/rule", content.BadRule},
	"no dwell":         {func(d *schema.CourseDocument) { lesson(d, "text").Completion.Seconds = 0 }, "modules/0/lessons/0/completion/seconds", content.Range},
	"long dwell":       {func(d *schema.CourseDocument) { lesson(d, "text").Completion.Seconds = 14401 }, "modules/0/lessons/0/completion/seconds", content.Range},
	"no share":         {func(d *schema.CourseDocument) { lesson(d, "video").Completion.Percent = 0 }, "modules/0/lessons/1/completion/percent", content.Range},
	"share above":      {func(d *schema.CourseDocument) { lesson(d, "video").Completion.Percent = 101 }, "modules/0/lessons/1/completion/percent", content.Range},
	"share of reading": {func(d *schema.CourseDocument) { lesson(d, "text").Completion.Percent = 5 }, "modules/0/lessons/0/completion/percent", content.Unwanted},
	"seconds of views": {func(d *schema.CourseDocument) { lesson(d, "file").Completion.Seconds = 5 }, "modules/0/lessons/2/completion/seconds", content.Unwanted},

	"quiz of a text": {func(d *schema.CourseDocument) { lesson(d, "text").Quiz = exam() }, "modules/0/lessons/0/quiz", content.Unwanted},
	"no quiz":        {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz = nil }, "modules/1/lessons/0/quiz", content.Missing},
	"no questions":   {func(d *schema.CourseDocument) { q := lesson(d, "quiz").Quiz; q.Questions, q.Pools = nil, nil }, "modules/1/lessons/0/quiz/questions", content.Missing},
	"many questions": {func(d *schema.CourseDocument) {
		q := lesson(d, "quiz").Quiz
		q.Questions = make([]schema.Question, 201)
	}, "modules/1/lessons/0/quiz/questions", content.TooLong},
	"pass mark 0":     {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.PassingPercent = 0 }, "modules/1/lessons/0/quiz/passingPercent", content.Range},
	"pass mark 101":   {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.PassingPercent = 101 }, "modules/1/lessons/0/quiz/passingPercent", content.Unreachable},
	"attempts":        {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Attempts = -1 }, "modules/1/lessons/0/quiz/attempts", content.Range},
	"cooling":         {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.CoolingMinutes = -1 }, "modules/1/lessons/0/quiz/coolingMinutes", content.Range},
	"nothing to cool": {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Attempts = 1 }, "modules/1/lessons/0/quiz/coolingMinutes", content.Contradicts},
	"short limit":     {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.LimitSeconds = 9 }, "modules/1/lessons/0/quiz/limitSeconds", content.Range},
	"negative":        {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.NegativePercent = 101 }, "modules/1/lessons/0/quiz/negativePercent", content.Range},
	"reveal":          {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Reveal = "" }, "modules/1/lessons/0/quiz/reveal", content.Unknown},
	"pool overdrawn":  {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Pools[0].Draw = 3 }, "modules/1/lessons/0/quiz/pools/0/draw", content.Overdrawn},
	"pool draws none": {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Pools[0].Draw = 0 }, "modules/1/lessons/0/quiz/pools/0/draw", content.Range},
	"pool of nothing": {func(d *schema.CourseDocument) { lesson(d, "quiz").Quiz.Pools[0].Questions = []string{"single", "x"} }, "modules/1/lessons/0/quiz/pools/0/questions/1", content.Unknown},
	"question in two": {func(d *schema.CourseDocument) {
		q := lesson(d, "quiz").Quiz
		q.Pools = append(q.Pools, schema.QuestionPool{Key: "p", Draw: 1, Questions: []string{"order", "single"}})
	}, "modules/1/lessons/0/quiz/pools/1/questions/1", content.Twice},
	"pool key twice": {func(d *schema.CourseDocument) {
		q := lesson(d, "quiz").Quiz
		q.Pools = append(q.Pools, schema.QuestionPool{Key: "pool", Draw: 1, Questions: []string{"order"}})
	}, "modules/1/lessons/0/quiz/pools/1/key", content.Twice},
	"question twice":    {func(d *schema.CourseDocument) { question(d, "order").Key = "single" }, "modules/1/lessons/0/quiz/questions/2/key", content.Twice},
	"question text":     {func(d *schema.CourseDocument) { delete(question(d, "order").Text, "en") }, "modules/1/lessons/0/quiz/questions/2/text/en", content.Missing},
	"half explained":    {func(d *schema.CourseDocument) { question(d, "order").Explanation = map[string]string{"de": "x"} }, "modules/1/lessons/0/quiz/questions/2/explanation/en", content.Missing},
	"no points":         {func(d *schema.CourseDocument) { question(d, "order").Points = 0 }, "modules/1/lessons/0/quiz/questions/2/points", content.Range},
	"question kind":     {func(d *schema.CourseDocument) { question(d, "order").Kind = "ESSAY" }, "modules/1/lessons/0/quiz/questions/2/kind", content.Unknown},
	"one choice":        {func(d *schema.CourseDocument) { q := question(d, "order"); q.Choices = q.Choices[:1] }, "modules/1/lessons/0/quiz/questions/2/choices", content.Missing},
	"choice twice":      {func(d *schema.CourseDocument) { question(d, "order").Choices[1].Key = "a" }, "modules/1/lessons/0/quiz/questions/2/choices/1/key", content.Twice},
	"choice text twice": {func(d *schema.CourseDocument) { question(d, "order").Choices[1].Text["de"] = "Antwort a" }, "modules/1/lessons/0/quiz/questions/2/choices/1/text/de", content.Twice},
	"many choices": {func(d *schema.CourseDocument) {
		q := question(d, "order")
		for i := range 11 {
			q.Choices = append(q.Choices, choice(fmt.Sprint(i), false))
		}
	}, "modules/1/lessons/0/quiz/questions/2/choices", content.TooLong},
	"order with right": {func(d *schema.CourseDocument) { question(d, "order").Choices[1].Correct = true }, "modules/1/lessons/0/quiz/questions/2/choices/1/correct", content.Unwanted},
	"none right":       {func(d *schema.CourseDocument) { question(d, "single").Choices[0].Correct = false }, "modules/1/lessons/0/quiz/questions/0/choices", content.OneRight},
	"two right":        {func(d *schema.CourseDocument) { question(d, "single").Choices[1].Correct = true }, "modules/1/lessons/0/quiz/questions/0/choices", content.OneRight},
	"none of many": {func(d *schema.CourseDocument) {
		for i := range 2 {
			question(d, "multiple").Choices[i].Correct = false
		}
	}, "modules/1/lessons/0/quiz/questions/1/choices", content.OneRight},
	"one pair":          {func(d *schema.CourseDocument) { q := question(d, "match"); q.Pairs = q.Pairs[:1] }, "modules/1/lessons/0/quiz/questions/3/pairs", content.Missing},
	"pair twice":        {func(d *schema.CourseDocument) { question(d, "match").Pairs[1].Key = "x" }, "modules/1/lessons/0/quiz/questions/3/pairs/1/key", content.Twice},
	"same right side":   {func(d *schema.CourseDocument) { question(d, "match").Pairs[1].Right["en"] = "rx" }, "modules/1/lessons/0/quiz/questions/3/pairs/1/right/en", content.Twice},
	"pairs of a choice": {func(d *schema.CourseDocument) { question(d, "single").Pairs = question(d, "match").Pairs }, "modules/1/lessons/0/quiz/questions/0/pairs", content.Unwanted},
	"choices of pairs":  {func(d *schema.CourseDocument) { question(d, "match").Choices = question(d, "single").Choices }, "modules/1/lessons/0/quiz/questions/3/choices", content.Unwanted},
	"no number":         {func(d *schema.CourseDocument) { question(d, "number").Number = nil }, "modules/1/lessons/0/quiz/questions/4/number", content.Missing},
	"bad number":        {func(d *schema.CourseDocument) { question(d, "number").Number.Value = "1e3" }, "modules/1/lessons/0/quiz/questions/4/number/value", content.BadNumber},
	"bad tolerance":     {func(d *schema.CourseDocument) { question(d, "number").Number.Tolerance = "x" }, "modules/1/lessons/0/quiz/questions/4/number/tolerance", content.BadNumber},
	"tolerance below":   {func(d *schema.CourseDocument) { question(d, "number").Number.Tolerance = "-1" }, "modules/1/lessons/0/quiz/questions/4/number/tolerance", content.Range},
	"long unit":         {func(d *schema.CourseDocument) { question(d, "number").Number.Unit = strings.Repeat("x", 21) }, "modules/1/lessons/0/quiz/questions/4/number/unit", content.TooLong},
	"number of a text":  {func(d *schema.CourseDocument) { question(d, "text").Number = &schema.NumberAnswer{Value: "1"} }, "modules/1/lessons/0/quiz/questions/5/number", content.Unwanted},
	"nothing accepted":  {func(d *schema.CourseDocument) { delete(question(d, "text").Accepted, "de") }, "modules/1/lessons/0/quiz/questions/5/accepted/de", content.Missing},
	"empty accepted":    {func(d *schema.CourseDocument) { question(d, "text").Accepted["en"][0] = " \u0301" }, "modules/1/lessons/0/quiz/questions/5/accepted/en/0", content.Missing},
	"accepted in other": {func(d *schema.CourseDocument) { question(d, "text").Accepted["fr"] = []string{"x"} }, "modules/1/lessons/0/quiz/questions/5/accepted/fr", content.BadLanguage},
	"accepted of one":   {func(d *schema.CourseDocument) { question(d, "single").Accepted = map[string][]string{"en": {"x"}} }, "modules/1/lessons/0/quiz/questions/0/accepted", content.Unwanted},
	"exact choice":      {func(d *schema.CourseDocument) { question(d, "single").Exact = true }, "modules/1/lessons/0/quiz/questions/0/exact", content.Unwanted},

	"no assignment":  {func(d *schema.CourseDocument) { lesson(d, "work").Assignment = nil }, "modules/1/lessons/1/assignment", content.Missing},
	"work of a text": {func(d *schema.CourseDocument) { lesson(d, "text").Assignment = lesson(d, "work").Assignment }, "modules/0/lessons/0/assignment", content.Unwanted},
	"no rubric":      {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.Rubric = nil }, "modules/1/lessons/1/assignment/rubric", content.Missing},
	"rubric points":  {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.Rubric[1].Points = 0 }, "modules/1/lessons/1/assignment/rubric/1/points", content.Range},
	"rubric twice":   {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.Rubric[1].Key = "care" }, "modules/1/lessons/1/assignment/rubric/1/key", content.Twice},
	"rubric title":   {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.Rubric[1].Title["en"] = " " }, "modules/1/lessons/1/assignment/rubric/1/title/en", content.Missing},
	"work pass mark": {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.PassingPercent = 120 }, "modules/1/lessons/1/assignment/passingPercent", content.Unreachable},
	"files":          {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.MaxFiles = 21 }, "modules/1/lessons/1/assignment/maxFiles", content.Range},
	"handed in":      {func(d *schema.CourseDocument) { lesson(d, "work").Assignment.Attempts = -1 }, "modules/1/lessons/1/assignment/attempts", content.Range},
	"certificate": {func(d *schema.CourseDocument) {
		d.Certificate.Title = nil
		d.Certificate.Title = map[string]string{"en": "x"}
	}, "certificate/title/de", content.Missing},
	"criteria":         {func(d *schema.CourseDocument) { d.Certificate.Criteria["en"] = "" }, "certificate/criteria/en", content.Missing},
	"valid":            {func(d *schema.CourseDocument) { d.Certificate.ValidMonths = 601 }, "certificate/validMonths", content.Range},
	"reminds for good": {func(d *schema.CourseDocument) { d.Certificate.ValidMonths = 0 }, "certificate/remindDays", content.Contradicts},
	"reminds too soon": {func(d *schema.CourseDocument) { d.Certificate.ValidMonths = 3 }, "certificate/remindDays/0", content.Contradicts},
	"reminds on day 0": {func(d *schema.CourseDocument) { d.Certificate.RemindDays[1] = 0 }, "certificate/remindDays/1", content.Range},
	"reminds twice":    {func(d *schema.CourseDocument) { d.Certificate.RemindDays[1] = 90 }, "certificate/remindDays/1", content.Twice},
	"too large":        {func(d *schema.CourseDocument) { lesson(d, "text").Body["en"] = strings.Repeat("x", content.MaxBytes) }, "", content.TooLong},
}

func keys(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint("k", i))
	}
	return out
}

func same(key string, n int) (out []string) {
	for range n {
		out = append(out, key)
	}
	return out
}

func TestMistakesAreToldWithTheirPath(t *testing.T) {
	for name, c := range spoiled {
		t.Run(name, func(t *testing.T) {
			doc := course()
			c.spoil(&doc)
			_, problems := content.Check(doc)
			require.NotEmpty(t, problems)
			at := strings.Join(problems[0].Path, "/")
			for i := range problems { // the one that is meant, among what follows from it
				if p := strings.Join(problems[i].Path, "/"); p == c.path && problems[i].Code == c.code {
					at = p
					require.NotEmpty(t, problems[i].Text.EN)
					require.NotEmpty(t, problems[i].Text.DE)
					require.NotEqual(t, problems[i].Text.EN, problems[i].Text.DE)
					require.NotContains(t, problems[i].Text.EN+problems[i].Text.DE, "%!")
				}
			}
			require.Equal(t, c.path, at, "%v", problems)
			require.LessOrEqual(t, len(problems), 21, "%v", problems)
			refused := problems.Refusals("input", "document")
			require.Equal(t, append([]string{"input", "document"}, problems[0].Path...), refused[0].Field)
			require.Equal(t, problems[0].Code, refused[0].Code)
			require.NotEmpty(t, problems.Error())
		})
	}
}

func TestAPracticeQuizMayBeDoneByLooking(t *testing.T) {
	doc := course()
	lesson(&doc, "quiz").Completion.Rule = schema.DoneOnView
	_, problems := content.Check(doc)
	require.Empty(t, problems)
}

func TestNoMoreMistakesAreToldThanAnybodyReads(t *testing.T) {
	doc := course()
	doc.Modules = []schema.CourseModule{{Key: "x", Title: say("x", "x"), Lessons: make([]schema.Lesson, content.MaxLessons)}}
	_, problems := content.Check(doc)
	require.Len(t, problems, 500)
	_, problems = content.Check(schema.CourseDocument{})
	require.NotEmpty(t, problems)
	require.Equal(t, "no mistakes", content.Problems(nil).Error())
}

func TestWhatIsFarTooMuchIsRefusedSoon(t *testing.T) {
	many := keys(300_000)
	for path, spoil := range map[string]func(d *schema.CourseDocument){
		"languages":                    func(d *schema.CourseDocument) { d.Languages = many },
		"prerequisites":                func(d *schema.CourseDocument) { d.Prerequisites = many },
		"modules":                      func(d *schema.CourseDocument) { d.Modules = make([]schema.CourseModule, 60_000) },
		"modules/0/lessons/0/requires": func(d *schema.CourseDocument) { lesson(d, "text").Requires = many },
		"certificate/remindDays":       func(d *schema.CourseDocument) { d.Certificate.RemindDays = make([]int, 1_000_000) },
	} {
		doc := course()
		spoil(&doc)
		_, problems := content.Check(doc)
		require.Len(t, problems, 1, path)
		require.Equal(t, path, strings.Join(problems[0].Path, "/"))
		require.Equal(t, content.TooLong, problems[0].Code)
	}
	doc := course()
	_, problems := content.CheckCorrection(&doc, schema.QuestionCorrection{Lesson: "quiz", Question: "single", Correct: many})
	require.Len(t, problems, 1)
}

func TestALongCircleIsNamed(t *testing.T) {
	doc := course()
	m := &doc.Modules[0]
	for i := range 300 {
		l := m.Lessons[0]
		l.Key = fmt.Sprint("l", i)
		l.Requires = []string{fmt.Sprint("l", i+1)}
		m.Lessons = append(m.Lessons, l)
	}
	m.Lessons[len(m.Lessons)-1].Requires = nil
	_, problems := content.Check(doc)
	require.Empty(t, problems, "a chain, and no circle")
	m.Lessons[len(m.Lessons)-1].Requires = []string{"l297"}
	_, problems = content.Check(doc)
	require.Len(t, problems, 1)
	require.Equal(t, content.Circle, problems[0].Code)
	require.Contains(t, problems[0].Text.EN, "l297 → l298 → l299 → l297")
}

func TestCoursesThatWaitForEachOther(t *testing.T) {
	courses := map[string][]string{"a": {"b"}, "b": {"c"}, "c": {}, "d": {"e"}, "e": {"d"}, "f": {"new"}, "g": {"f"}}
	of := func(key string) ([]string, bool) { list, known := courses[key]; return list, known }
	check := func(prerequisites ...string) content.Problems {
		return content.CheckPrerequisites("new", &schema.CourseDocument{Prerequisites: prerequisites}, of)
	}
	require.Empty(t, check("a", "c", "d"), "a circle of others is theirs")
	require.Equal(t, content.Unknown, check("a", "x")[0].Code)
	require.Equal(t, []string{"prerequisites", "1"}, check("a", "x")[0].Path)
	require.Equal(t, content.Circle, check("new")[0].Code)
	p := check("a", "g")
	require.Len(t, p, 1)
	require.Equal(t, content.Circle, p[0].Code)
	require.Contains(t, p[0].Text.DE, "new → g → f → new")
}

func TestCorrectionsAreCheckedAgainstTheQuestion(t *testing.T) {
	doc := course()
	fix := func(q string) schema.QuestionCorrection {
		return schema.QuestionCorrection{Lesson: "quiz", Question: q, Note: " a note "}
	}
	for name, c := range map[string]struct {
		fix  func() schema.QuestionCorrection
		path string
		code string
	}{
		"void":   {func() schema.QuestionCorrection { x := fix("match"); x.Void = true; return x }, "", ""},
		"single": {func() schema.QuestionCorrection { x := fix("single"); x.Correct = []string{"a", "b"}; return x }, "", ""},
		"order":  {func() schema.QuestionCorrection { x := fix("order"); x.Correct = []string{"b", "a"}; return x }, "", ""},
		"number": {func() schema.QuestionCorrection {
			x := fix("number")
			x.Number = &schema.NumberAnswer{Value: " 1,5 "}
			return x
		}, "", ""},
		"text": {func() schema.QuestionCorrection {
			x := fix("text")
			x.Accepted = map[string][]string{"en": {" x "}, "de": {"y"}}
			return x
		}, "", ""},
		"unknown lesson": {func() schema.QuestionCorrection { x := fix("text"); x.Lesson = "text"; return x }, "lesson", content.Unknown},
		"unknown":        {func() schema.QuestionCorrection { return fix("x") }, "question", content.Unknown},
		"void and right": {func() schema.QuestionCorrection {
			x := fix("single")
			x.Void, x.Correct = true, []string{"a"}
			return x
		}, "void", content.Contradicts},
		"match":         {func() schema.QuestionCorrection { x := fix("match"); x.Correct = []string{"x"}; return x }, "void", content.Unwanted},
		"nothing":       {func() schema.QuestionCorrection { return fix("single") }, "correct", content.Missing},
		"no choice":     {func() schema.QuestionCorrection { x := fix("multiple"); x.Correct = []string{"a", "z"}; return x }, "correct/1", content.Unknown},
		"choice twice":  {func() schema.QuestionCorrection { x := fix("multiple"); x.Correct = []string{"a", "a"}; return x }, "correct/1", content.Twice},
		"half an order": {func() schema.QuestionCorrection { x := fix("order"); x.Correct = []string{"b"}; return x }, "correct", content.Missing},
		"no number":     {func() schema.QuestionCorrection { return fix("number") }, "number", content.Missing},
		"bad number": {func() schema.QuestionCorrection {
			x := fix("number")
			x.Number = &schema.NumberAnswer{Value: "x"}
			return x
		}, "number/value", content.BadNumber},
		"one language": {func() schema.QuestionCorrection {
			x := fix("text")
			x.Accepted = map[string][]string{"en": {"x"}}
			return x
		}, "accepted/de", content.Missing},
		"other kind": {func() schema.QuestionCorrection {
			x := fix("single")
			x.Correct, x.Number = []string{"a"}, &schema.NumberAnswer{Value: "1"}
			return x
		}, "number", content.Unwanted},
		"keys of a text": {func() schema.QuestionCorrection {
			x := fix("text")
			x.Correct, x.Accepted = []string{"a"}, map[string][]string{"en": {"x"}, "de": {"y"}}
			return x
		}, "correct", content.Unwanted},
	} {
		t.Run(name, func(t *testing.T) {
			before := c.fix()
			clean, problems := content.CheckCorrection(&doc, before)
			require.Equal(t, c.fix(), before, "what was handed in stays as it was")
			require.Equal(t, "a note", clean.Note)
			if c.code == "" {
				require.Empty(t, problems)
				return
			}
			require.Equal(t, c.path, strings.Join(problems[0].Path, "/"), "%v", problems)
			require.Equal(t, c.code, problems[0].Code)
		})
	}
	require.Equal(t, course(), doc, "the course stays as it was")
}

func TestTheLanguageThatSomebodyReads(t *testing.T) {
	doc := &schema.CourseDocument{Languages: []string{"en-GB", "de", "fr"}}
	for _, c := range []struct {
		wanted []string
		want   string
	}{
		{nil, "en-GB"}, {[]string{""}, "en-GB"}, {[]string{"de"}, "de"}, {[]string{"DE"}, "de"}, {[]string{"de-AT"}, "de"}, {[]string{"de_CH"}, "de"},
		{[]string{"en"}, "en-GB"}, {[]string{"en-US"}, "en-GB"}, {[]string{"it", "fr", "de"}, "fr"}, {[]string{"it"}, "en-GB"}, {[]string{"d"}, "en-GB"},
	} {
		require.Equal(t, c.want, content.Language(doc, c.wanted...), c.wanted)
	}
	require.Empty(t, content.Language(&schema.CourseDocument{}, "de"))
}

func TestWhatACourseHas(t *testing.T) {
	doc := course()
	var order []string
	for i, l := range content.Lessons(&doc) {
		order = append(order, l.Key)
		found, at := content.Find(&doc, l.Key)
		require.Same(t, l, found)
		require.Equal(t, i+1, at.Number)
		require.Same(t, l, &doc.Modules[at.Module].Lessons[at.Lesson])
	}
	require.Equal(t, []string{"text", "video", "file", "link", "quiz", "work"}, order)
	require.Equal(t, content.Totals{
		Modules: 2, Lessons: 6, Optional: 1, Minutes: 90, OptionalMinutes: 5, Videos: 1, Quizzes: 1, Assignments: 1,
		VideoSeconds: 600, Questions: 6, Answers: 5,
	}, content.Count(&doc))
	l, at := content.Find(&doc, "x")
	require.Nil(t, l)
	require.Equal(t, content.Place{}, at)
	require.Len(t, quiz.Draw(lesson(&doc, "quiz").Quiz, quiz.Seed{}), content.Asked(lesson(&doc, "quiz").Quiz))
}
