package rules

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"foyer/portal/configurator/engine"
)

func TestSpreadsheetsAreTables(t *testing.T) {
	want := &engine.Table{Columns: []string{"engine", "body", "depth"}, Rows: [][]engine.Cell{
		{{Options: []string{"diesel", "petrol"}}, {Options: []string{"2 doors"}}, {Ranges: [][2]int64{{50, 75}, {100, 100}}}},
		{{Any: true}, {Absent: true, Options: []string{"4x4"}}, {Ranges: [][2]int64{{200, 300}}}},
	}}
	for _, text := range []string{
		"engine,body,depth\ndiesel|petrol,2 doors,5..7.5|10 cm\n*,none|4x4,20 cm..\n",
		"\ufeffengine;body;depth\r\ndiesel | petrol;\"2 doors\";5 .. 7,5 cm | 10\r\n*; none | 4x4 ;0,2 m..\r\n",
		"engine\tbody\tdepth\ndiesel|petrol\t2 doors\t50 mm..75 mm|100 mm\n\n*\tnone|4x4\t20..",
	} {
		got, err := car().CSV(text, false)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		again(t, car(), engine.Rule{Table: got})
	}
}

func TestSpreadsheetsMistakes(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"engine,gearbx\ndiesel,auto", "line 1, column 8: There is no group gearbx. Did you mean gearbox?"},
		{"", "line 1, column 1: The table has no rows."},
		{"engine,gearbox\n", "line 1, column 1: The table has no rows."},
		{"engine,gearbox\ndiesel,auto\ndiesle,\n*\npetrol,*|auto\n", `line 3, column 1: Row 2, column engine: The group engine has no option diesle. Did you mean diesel?
line 3, column 8: Row 2, column gearbox: The cell is empty. Write * for any value, or none for nothing chosen.
line 4, column 1: Row 3: This row has 1 cells, but the table has 2 columns.
line 5, column 8: Row 4, column gearbox: * stands for everything, so it stands alone.`},
		{"width\n820\nwide\n1 kg\n99\n1.2.3\n\"0,8 m\"", `line 2, column 1: Row 1, column width: The number never has this value: it goes in steps of 50 mm from 500 mm.
line 3, column 1: Row 2, column width: Here a number or a range such as 800..1200 is needed; * stands for all.
line 4, column 1: Row 3, column width: kg and mm cannot be compared or added.
line 5, column 1: Row 4, column width: width goes from 500 mm to 3000 mm.
line 6, column 1: Row 5, column width: Here a number or a range such as 800..1200 is needed; * stands for all.
line 7, column 1: Row 6, column width: Here a number or a range such as 800..1200 is needed; * stands for all.`},
		{"engine\n\"die\"sel", "line 2, column 5: Here the quotation marks are not as in CSV: they enclose a whole value and are doubled within it."},
		{"engine\n\xff", "line 2, column 1: This is not UTF-8 text from here on. Save it as UTF-8."},
	} {
		_, err := car().CSV(c.text, false)
		require.EqualError(t, err, c.want, c.text)
		var all Errors
		require.True(t, errors.As(err, &all))
		for _, e := range all {
			require.NotEmpty(t, e.In("de"))
		}
	}
}

func TestLargeSpreadsheets(t *testing.T) {
	got, err := car().CSV("engine,gearbox,body\n"+strings.Repeat("diesel,manual|auto,estate\n", MaxRows), true)
	require.NoError(t, err)
	require.Len(t, got.Rows, MaxRows)
	require.True(t, got.Forbids)
	_, err = car().CSV("engine\n"+strings.Repeat("diesel\n", MaxRows+1), false)
	require.ErrorContains(t, err, "more than 250,000 rows")
	_, err = car().CSV(strings.Repeat("x", MaxCSV+1), false)
	require.ErrorContains(t, err, "longer than")
	_, err = car().CSV("engine\n"+strings.Repeat("diesle\n", MaxRows), false)
	require.Len(t, err, MaxErrors)
	_, err = car().CSV(strings.Repeat("gearbx,", 1_000_000), false)
	require.Len(t, err, MaxErrors)
}
