package quiz

import "foyer/schema"

// Change is what corrections do to an attempt that was graded before.
type Change struct {
	ID            string
	Before, After Score
	// Questions are those whose points change.
	Questions []PointsChange
	// Passes and Loses say that it is passed now and was not, and the other way round.
	Passes, Loses bool
	// Points are the new ones of all its questions, in hundredths.
	Points []int
}

// PointsChange is what becomes of the points for a question, in hundredths.
type PointsChange struct {
	Key           string
	Before, After int
}

// Settled is what an attempt is worth after the change. Unless it is asked for, nobody
// who was told to have passed loses that: the points are the new ones all the same.
func (c Change) Settled(mayLose bool) Score {
	s := c.After
	s.Passed = s.Passed || c.Before.Passed && !mayLose
	return s
}

// Regraded is what corrections do to many attempts.
type Regraded struct {
	// Changes are the attempts of which something changes, in the order handed in.
	Changes []Change
	// Looked is how many attempts were judged; open ones are not.
	Looked, Passes, Loses int
}

// Regrade judges attempts anew and changes nothing: it returns what would change. What
// was before is what is kept with the attempt, since that is what people were told.
func Regrade(quiz *schema.Quiz, attempts []Attempt, corrections Corrections) Regraded {
	out := Regraded{}
	for i := range attempts {
		a := &attempts[i]
		if a.EndedAt.IsZero() {
			continue
		}
		out.Looked++
		now := Grade(quiz, a.Questions, corrections)
		c := Change{
			ID: a.ID, Before: a.Score, After: now.Score, Points: now.Points, Questions: pointsChanged(a.Questions, now.Points),
			Passes: !a.Score.Passed && now.Passed, Loses: a.Score.Passed && !now.Passed,
		}
		if c.Before == c.After && len(c.Questions) == 0 {
			continue
		}
		out.Changes = append(out.Changes, c)
		if c.Passes {
			out.Passes++
		}
		if c.Loses {
			out.Loses++
		}
	}
	return out
}

func pointsChanged(asked []schema.AttemptQuestion, after []int) []PointsChange {
	var out []PointsChange
	for i := range asked {
		before := 0
		if asked[i].Points != nil {
			before = *asked[i].Points
		}
		if before != after[i] {
			out = append(out, PointsChange{Key: asked[i].Key, Before: before, After: after[i]})
		}
	}
	return out
}
