package content

import (
	"slices"
	"strconv"
	"strings"

	"foyer/portal/problem"
	"foyer/schema"
)

// graph checks what lessons require of each other.
func (c *checker) graph(doc *schema.CourseDocument) {
	lessons := Lessons(doc)
	known := make(map[string]*schema.Lesson, len(lessons))
	for _, l := range lessons {
		if known[l.Key] == nil {
			known[l.Key] = l
		}
	}
	sound := true
	c.each("modules", len(doc.Modules), func(i int) {
		c.each("lessons", len(doc.Modules[i].Lessons), func(j int) {
			sound = c.requires(&doc.Modules[i].Lessons[j], known) && sound
		})
	})
	if !sound {
		return // what is missing or its own condition is told; circles are of the rest
	}
	if ring := circle(keysInOrder(lessons), func(key string) []string { return known[key].Requires }); ring != nil {
		_, at := Find(doc, ring[0])
		c.say(Circle, waiting.Format(strings.Join(append(ring, ring[0]), " → ")),
			"modules", strconv.Itoa(at.Module), "lessons", strconv.Itoa(at.Lesson), "requires")
	}
}

var waiting = problem.Text{
	EN: "These wait for each other, so that none can ever be done: %s.",
	DE: "Diese warten aufeinander, sodass keine je erledigt werden kann: %s.",
}

func (c *checker) requires(l *schema.Lesson, known map[string]*schema.Lesson) bool {
	if !c.most(len(l.Requires), MaxRequires, "requires") {
		return false
	}
	sound := true
	for i, key := range l.Requires {
		at := []string{"requires", strconv.Itoa(i)}
		other := known[key]
		switch {
		case other == nil:
			c.say(Unknown, problem.Text{EN: "There is no lesson %q.", DE: "Es gibt keine Lektion %q."}.Format(key), at...)
			sound = false
		case key == l.Key:
			c.say(Circle, problem.Text{EN: "A lesson cannot require itself.", DE: "Eine Lektion kann sich nicht selbst voraussetzen."}, at...)
			sound = false
		case slices.Contains(l.Requires[:i], key):
			c.say(Twice, problem.Text{EN: "%q is there twice.", DE: "%q ist doppelt."}.Format(key), at...)
		case other.Optional && !l.Optional:
			c.say(Contradicts, problem.Text{
				EN: "The lesson %q is optional, and yet the course could not be finished without it.",
				DE: "Die Lektion %q ist freiwillig, und doch wäre der Kurs ohne sie nicht abzuschließen.",
			}.Format(key), at...)
		}
	}
	return sound
}

func keysInOrder(lessons []*schema.Lesson) []string {
	out := make([]string, len(lessons))
	for i, l := range lessons {
		out[i] = l.Key
	}
	return out
}

// circle is the first ring of keys that lead back to themselves, nil if there is none.
// It walks with a stack of its own: chains may be as long as a course.
func circle(keys []string, next func(string) []string) []string {
	const onPath, done = 1, 2
	state := map[string]int{}
	for _, start := range keys {
		if state[start] != 0 {
			continue
		}
		path, open := []string{start}, [][]string{next(start)}
		state[start] = onPath
		for len(path) > 0 {
			top := len(path) - 1
			if len(open[top]) == 0 {
				state[path[top]] = done
				path, open = path[:top], open[:top]
				continue
			}
			key := open[top][0]
			open[top] = open[top][1:]
			switch state[key] {
			case onPath:
				return slices.Clone(path[slices.Index(path, key):])
			case 0:
				state[key] = onPath
				path, open = append(path, key), append(open, next(key))
			}
		}
	}
	return nil
}

// CheckPrerequisites says what is wrong with the courses that have to be finished
// before the one with a key: unknown ones, itself, and circles. of are the prerequisites
// of another course, and whether there is one of that key.
func CheckPrerequisites(key string, doc *schema.CourseDocument, of func(key string) (prerequisites []string, known bool)) Problems {
	c := &checker{}
	for i, p := range doc.Prerequisites {
		at := []string{"prerequisites", strconv.Itoa(i)}
		if p == key {
			c.say(Circle, problem.Text{EN: "A course cannot require itself.", DE: "Ein Kurs kann sich nicht selbst voraussetzen."}, at...)
			continue
		}
		if _, known := of(p); !known {
			c.say(Unknown, problem.Text{EN: "There is no course %q.", DE: "Es gibt keinen Kurs %q."}.Format(p), at...)
			continue
		}
		if way := wayTo(key, p, of); way != nil {
			c.say(Circle, waiting.Format(strings.Join(append([]string{key}, way...), " → ")), at...)
		}
	}
	return c.found
}

// wayTo is a shortest way along prerequisites from one course to another, both named;
// nil if there is none.
func wayTo(to, from string, of func(string) ([]string, bool)) []string {
	before, queue := map[string]string{from: ""}, []string{from}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		if key == to {
			var way []string
			for ; key != ""; key = before[key] {
				way = append(way, key)
			}
			slices.Reverse(way)
			return way
		}
		list, _ := of(key)
		for _, next := range list {
			if _, seen := before[next]; !seen && next != "" {
				before[next] = key
				queue = append(queue, next)
			}
		}
	}
	return nil
}
