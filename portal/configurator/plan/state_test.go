package plan_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
	"foyer/portal/configurator/plan"
	"foyer/schema"
)

func TestDefaultsFillWhatIsOpenAndExcludeNothing(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state()
	require.True(t, s.Consistent)
	require.True(t, s.Complete)
	require.Empty(t, s.Open)
	require.Equal(t, choices(pick("wood", "pine"), pick("finish", "oil"), number("width", "1")), m.selected(s))
	wood := m.group(s, "wood")
	require.Equal(t, plan.OptionState{Key: "pine", Status: engine.StatusPossible, Selected: true, ByDefault: true}, wood.Options[0])
	require.Equal(t, plan.OptionState{Key: "oak", Status: engine.StatusPossible}, wood.Options[1])
	require.Equal(t, plan.OptionState{Key: "teak", Status: engine.StatusExcluded}, wood.Options[2], "before its time")
	width := m.group(s, "width").Number
	require.Equal(t, &plan.NumberState{Presence: engine.StatusForced, Min: 50, Max: 300, Value: ref(int64(100)), ByDefault: true}, width)
	require.Equal(t, engine.StatusPossible, m.group(s, "shelves").Number.Presence)
	require.Nil(t, m.group(s, "shelves").Number.Value)
}

func TestADefaultGivesWayByItself(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("wood", "oak"))
	finish := m.group(s, "finish")
	require.Equal(t, engine.StatusExcluded, finish.Options[0].Status)
	require.False(t, finish.Options[0].Selected)
	require.Equal(t, []string{"finish"}, s.Open)
	require.False(t, s.Complete)
	require.Equal(t, choices(pick("wood", "oak"), number("width", "1")), m.selected(s))

	s = m.state(pick("finish", "oil"))
	require.Equal(t, choices(pick("wood", "pine"), pick("finish", "oil"), number("width", "1")), m.selected(s))
	require.False(t, m.group(s, "finish").Options[0].ByDefault)
	require.Equal(t, engine.StatusChosen, m.group(s, "finish").Options[0].Status)
}

func TestEarlierDefaultsCountForLaterOnes(t *testing.T) {
	doc := cabinet()
	doc.Groups[0].Default = "oak"
	m := ready(t, doc, winter)
	s := m.state()
	require.Equal(t, choices(pick("wood", "oak"), number("width", "1")), m.selected(s), "oil gives way to oak, which comes first")
	require.Equal(t, engine.StatusPossible, m.group(s, "finish").Options[0].Status, "a default excludes nothing")
	s = m.state(pick("finish", "oil"))
	require.Equal(t, choices(pick("wood", "pine"), pick("finish", "oil"), number("width", "1")), m.selected(s), "only pine is left")
	require.Equal(t, engine.StatusForced, m.group(s, "wood").Options[0].Status)
}

func TestAnotherAnswerOfAGroupTakesThePlaceOfTheFormer(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("wood", "oak"), pick("finish", "lacquer"), number("width", "3"))
	statuses := func(s *plan.State, key string) (out []string) {
		for _, o := range m.group(s, key).Options {
			out = append(out, o.Status.String())
		}
		return out
	}
	require.Equal(t, []string{"POSSIBLE", "CHOSEN", "EXCLUDED"}, statuses(s, "wood"))
	require.Equal(t, []string{"EXCLUDED", "CHOSEN", "POSSIBLE"}, statuses(s, "finish"), "oak is not oiled")
	require.Equal(t, []string{"EXCLUDED", "FORCED"}, statuses(s, "feet"))
	require.Equal(t, &plan.NumberState{Presence: engine.StatusChosen, Min: 50, Max: 300, Value: ref(int64(300))}, m.group(s, "width").Number)

	s = m.state(schema.ConfigurationChoice{Group: "feet", Absent: true}, number("width", "1"), schema.ConfigurationChoice{Group: "extras", Absent: true})
	require.Equal(t, []string{"POSSIBLE", "POSSIBLE"}, statuses(s, "feet"))
	require.Equal(t, []string{"POSSIBLE", "EXCLUDED", "POSSIBLE"}, statuses(s, "extras"))
	require.Equal(t, int64(200), m.group(s, "width").Number.Max, "wide ones need feet")

	q := m.ask(pick("wood", "oak"))
	q.Plain = true
	s, err := m.plan.State(t.Context(), q)
	require.NoError(t, err)
	require.Equal(t, []string{"EXCLUDED", "CHOSEN", "EXCLUDED"}, statuses(s, "wood"))
}

func TestAQuantityHasItsDefaultWhenItsOptionIsThere(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(pick("extras", "shelf"))
	require.Equal(t, &plan.NumberState{Presence: engine.StatusForced, Min: 1, Max: 9, Value: ref(int64(2)), ByDefault: true}, m.group(s, "shelves").Number)
	s = m.state(pick("extras", "shelf"), number("shelves", "7"))
	require.Equal(t, ref(int64(7)), m.group(s, "shelves").Number.Value)
	require.False(t, m.group(s, "shelves").Number.ByDefault)
	s = m.state(number("shelves", "7"))
	require.True(t, m.group(s, "extras").Options[2].Selected, "a quantity needs what it is of")

	doc := cabinet()
	doc.Groups[2].Default = "shelf"
	m = ready(t, doc, winter)
	require.Contains(t, m.selected(m.state()), number("shelves", "2"), "the default brings its quantity")
	require.NotContains(t, m.selected(m.state(pick("extras", "light"))), number("shelves", "2"))
}

func TestCompleteMeansThatAllRulesAreKept(t *testing.T) {
	doc := cabinet()
	doc.Rules = append(doc.Rules, schema.ConfigurationRule{Key: "something", Text: "atleast(1, extras.*, feet.wheels)", Message: say("x", "x")})
	m := ready(t, doc, winter)
	s := m.state()
	require.False(t, s.Complete, "no group asks for it, but a rule does")
	require.Equal(t, []string{"extras", "feet"}, s.Open)
	require.True(t, m.state(pick("feet", "wheels")).Complete)
}

func TestStepsAreShownByWhatIsSelected(t *testing.T) {
	m := ready(t, cabinet(), winter)
	require.Equal(t, []bool{true, true, false}, m.state().Visible)
	require.Equal(t, []bool{true, true, true}, m.state(pick("wood", "oak")).Visible)
	require.Equal(t, []bool{true, true, true}, m.state(number("width", "2")).Visible)
	require.Equal(t, []bool{true, true, false}, m.state(number("width", "1.75")).Visible)
}

func TestValidityBeginsAtItsBeginningAndEndsBeforeItsEnd(t *testing.T) {
	for _, c := range []struct {
		at         time.Time
		teak, lock bool
	}{
		{spring.Add(-time.Microsecond), false, false}, {spring, true, true},
		{summer.Add(-time.Microsecond), true, true}, {summer, false, true},
	} {
		m := ready(t, cabinet(), c.at)
		s := m.state()
		require.Equal(t, c.teak, m.group(s, "wood").Options[2].Status == engine.StatusPossible, c.at)
		require.Equal(t, c.lock, m.group(s, "extras").Options[1].Status == engine.StatusPossible, c.at)
	}
}

func TestChoicesThatContradictEachOtherSayWhy(t *testing.T) {
	m := ready(t, cabinet(), winter)
	s := m.state(number("width", "1"), pick("wood", "oak"), pick("finish", "oil"))
	require.False(t, s.Consistent)
	require.False(t, s.Complete)
	require.Equal(t, []int{1, 2}, s.Conflict.Because)
	require.Equal(t, choices(pick("wood", "oak"), pick("finish", "oil")), s.Conflict.Choices)
	require.Equal(t, []int{0}, s.Conflict.Rules)
	require.Equal(t, []string{"Oak is not oiled."}, m.plan.Sentences(s.Conflict, false, schema.English))
	require.Equal(t, choices(pick("wood", "oak"), pick("finish", "oil"), number("width", "1")), m.selected(s))
	require.Equal(t, engine.StatusExcluded, m.group(s, "wood").Options[0].Status)
	require.Empty(t, m.plan.Deltas(s, plan.Rates{Currency: "EUR"}, nil))
}

func TestBudgetAndContextEndAQuestion(t *testing.T) {
	m := ready(t, cabinet(), winter)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := m.plan.State(ctx, m.ask(pick("wood", "oak"), pick("finish", "oil")))
	if err != nil { // what is known already may be answered all the same
		require.ErrorIs(t, err, context.Canceled)
	}
	_, err = m.plan.State(t.Context(), m.ask(pick("wood", "fir")))
	var refused *plan.ChoiceError
	require.ErrorAs(t, err, &refused)
}

func TestAPlanIsAskedInParallel(t *testing.T) {
	m := ready(t, cabinet(), spring)
	want := m.state(pick("wood", "oak"), pick("extras", "shelf"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				s, err := m.plan.State(context.Background(), m.ask(pick("wood", "oak"), pick("extras", "shelf")))
				if err != nil || len(s.Groups) != len(want.Groups) || s.Complete != want.Complete {
					t.Error("another answer", err)
				}
				m.plan.Deltas(s, plan.Rates{Currency: "EUR"}, nil)
			}
		})
	}
	all.Wait()
}
