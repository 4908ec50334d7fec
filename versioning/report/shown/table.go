package shown

import (
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
)

// A Table is history and code side by side.
type Table struct {
	Tasks []Task
	// Unreached says that the history goes on where the replay does not.
	Unreached string `json:",omitempty"`
}

// A Task is a Workflow Task of a Table.
type Task struct {
	// Heading names the Workflow Task, or those that are left out.
	Heading string
	First   bool   `json:",omitempty"`
	Lines   []Line `json:",omitempty"`
}

// A Line is a line of the Table, or if Hidden is not empty what is said of
// lines that are left out.
type Line struct {
	Hidden  string  `json:",omitempty"`
	Mark    string  `json:",omitempty"`
	First   bool    `json:",omitempty"`
	Event   int64   `json:",omitempty"`
	History string  `json:",omitempty"`
	Code    string  `json:",omitempty"`
	Source  string  `json:",omitempty"`
	Values  []Value `json:",omitempty"`
}

// A Value is a difference below a line. Reason is that of the rule that allows
// it.
type Value struct {
	Field    string
	Recorded string `json:",omitempty"`
	Now      string `json:",omitempty"`
	Reason   string `json:",omitempty"`
}

func tableOf(v *sidebyside.View) *Table {
	blocks := v.Blocks()
	if len(blocks) == 0 {
		return nil
	}
	t := &Table{Unreached: prose.Plain(v.Unreached(blocks))}
	for i := 0; i < len(blocks); {
		if n := sidebyside.HiddenBlocks(blocks[i:]); n > 0 {
			t.Tasks = append(t.Tasks, Task{Heading: prose.Plain(sidebyside.HiddenText(blocks[i : i+n]))})
			i += n
			continue
		}
		t.Tasks = append(t.Tasks, taskOf(v, blocks[i]))
		i++
	}
	return t
}

func taskOf(v *sidebyside.View, block sidebyside.Block) Task {
	t := Task{Heading: prose.Plain(block.Heading()), First: block.First}
	for i := 0; i < len(block.Lines); {
		n := i
		for n < len(block.Lines) && block.Hidden[n] {
			n++
		}
		if n > i {
			t.Lines = append(t.Lines, Line{Hidden: prose.Plain(sidebyside.LeftOut(block.Lines[i:n]))})
			i = n
			continue
		}
		t.Lines = append(t.Lines, lineOf(v, block.Lines[i]))
		i++
	}
	return t
}

func lineOf(v *sidebyside.View, line sidebyside.Line) Line {
	s := Line{
		Mark: line.Mark, First: line.First, Event: line.Event,
		History: prose.Plain(line.History), Code: prose.Plain(line.Code), Source: prose.Plain(line.Source),
	}
	for i, d := range line.Differences {
		if i == sidebyside.MostDifferences {
			s.Values = append(s.Values,
				Value{Field: prose.Plain("… and " + prose.Plural(len(line.Differences)-i, "more difference"))})
			break
		}
		recorded, now := d.Recorded, d.Now
		if max(utf8.RuneCountInString(recorded), utf8.RuneCountInString(now)) > longestValue {
			recorded, now = sidebyside.Window(recorded, now, longestValue)
		}
		s.Values = append(s.Values,
			Value{prose.Plain(v.Field(d)), prose.Plain(sidebyside.Value(recorded)), prose.Plain(sidebyside.Value(now)),
				prose.Plain(v.Rule(d).Reason)})
	}
	return s
}

// longestValue is the number of characters of a value that a page has.
const longestValue = 2000
