package models

// Fact is what is published about a model and was computed again by others.
type Fact struct {
	Name string
	// Options and Rules are what the DIMACS file has: variables and clauses. For
	// Renault they are values and constraints.
	Options, Rules int
	// Core options are in every valid configuration, Dead ones in none.
	Core, Dead int
	// Count is the number of valid configurations, where it is known exactly, and
	// Digits how many digits it has, where at least that is.
	Count  string
	Digits int
	// UVL tells that the model comes in this form too. UVLFeatures is how many
	// features that has, and UVLCore and UVLDead are the same facts about them.
	UVL              bool
	UVLFeatures      int
	UVLCore, UVLDead int
}

// Facts are those of SOURCES.md, smallest model first. The DIMACS file of
// automotive01 has 10,300 clauses where SOURCES.md speaks of 10,311. What is
// published about pc-richmond is about its 364 features; the clauses of its DIMACS
// file are about 377 variables, 13 more, so core, dead and count are of the UVL.
var Facts = []Fact{
	{Name: "berkeleydb", Options: 117, Rules: 417, Core: 14, Dead: 6, Count: "32", Digits: 2, UVL: true, UVLFeatures: 117, UVLCore: 14, UVLDead: 6},
	{Name: "subsea", Options: 145, Rules: 378, Core: 24, Count: "31980064896", Digits: 11, UVL: true, UVLFeatures: 145, UVLCore: 24},
	{Name: "printer", Options: 172, Rules: 309, Core: 49, Count: "2278241108363321839974600000", Digits: 28, UVL: true, UVLFeatures: 172, UVLCore: 49},
	{Name: "uclibc", Options: 313, Rules: 1_240, Core: 44, Dead: 31, Count: "16601881363009992107753731518030151680000", Digits: 41, UVL: true, UVLFeatures: 313, UVLCore: 44, UVLDead: 31},
	{Name: Renault, Options: 340, Rules: 147, Dead: 2},
	{Name: "pc-richmond", Options: 377, Rules: 1_356, Core: 9, Digits: 21, UVL: true, UVLFeatures: 364, UVLCore: 9},
	{Name: "windows8", Options: 461, Rules: 1_724, Core: 2, Digits: 54, UVL: true, UVLFeatures: 461, UVLCore: 2},
	{Name: "financial-2017-05-22", Options: 557, Rules: 4_992, Core: 29, Digits: 3, UVL: true, UVLFeatures: 557, UVLCore: 29},
	{Name: "financial-2017-09-28", Options: 704, Rules: 6_545, Core: 18, Digits: 6, UVL: true, UVLFeatures: 704, UVLCore: 18},
	{Name: "financial-2018-05-09", Options: 771, Rules: 7_238, Core: 22, Digits: 14, UVL: true, UVLFeatures: 771, UVLCore: 22},
	{Name: "automotive01", Options: 2_513, Rules: 10_300, Core: 100, Dead: 195, Digits: 211, UVL: true, UVLFeatures: 2_513, UVLCore: 100, UVLDead: 195},
}

// What is known of the sold cars of Renault.
const (
	SalesRows    = 15_972 // rows
	SalesColumns = 48     // variables of a row
	SalesValid   = 564    // rows that the constraints allow
	SalesUnknown = 1_143  // rows with a value that the model does not have
)
