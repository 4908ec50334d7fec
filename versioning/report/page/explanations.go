package page

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
)

// Explanations are what Write shows of explained cells. An Explanation holds the trace of its
// replay with all events. The traces of many cells need too much memory to keep. So call Take while
// the matrix is judged:
//
//	var explanations page.Explanations
//	m, err := matrix.Judge(ctx, family, sources, matrix.Options{
//		Replay: replay.Options{Explain: true},
//		Each:   explanations.Take,
//	})
//	err = page.Write(w, page.Options{Explanations: &explanations}, m)
//
// The zero value is empty and ready to use. Only one goroutine at a time may use Explanations.
type Explanations struct {
	cells  map[string]*shownCell
	tables map[string]*shownTable
	texts  map[string]string
}

// Take keeps what Write shows of the cell's Explanation, and sets the Explanation to nil. Take does
// not change a cell that has no Explanation.
func (e *Explanations) Take(c *matrix.Cell) {
	if c.Explanation == nil {
		return
	}
	if e.cells == nil {
		e.cells = map[string]*shownCell{}
	}
	e.cells[c.String()] = e.shown(*c)
	c.Explanation = nil
}

// shownCell is what is shown of a cell's Explanation.
type shownCell struct {
	place, meaning         string
	what, notice, do, code string
	notes                  []string
	table                  *shownTable
}

// A shownTable is history and code side by side. Cells with the same one share it.
type shownTable struct {
	Tasks []shownTask
	// Unreached says that the history goes on where the replay does not.
	Unreached string
}

type shownTask struct {
	// Heading names the Workflow Task, or those that are left out.
	Heading string
	First   bool
	Lines   []shownLine
}

// A shownLine is a line of the table, or if Hidden is not empty what is said of
// lines that are left out.
type shownLine struct {
	Hidden                string
	Mark                  string
	First                 bool
	Event                 int64
	History, Code, Source string
	Values                []shownValue
}

// A shownValue is a difference below a line. Reason is that of the rule that allows
// it.
type shownValue struct{ Field, Recorded, Now, Reason string }

func (e *Explanations) shown(c matrix.Cell) *shownCell {
	if e.tables == nil {
		e.tables, e.texts = map[string]*shownTable{}, map[string]string{}
	}
	v, says := sidebyside.New(report.Explained{Cell: c}, false), advice.ExplainLive(c.Result, c.Effects)
	s := &shownCell{
		place: e.text(v.Place()), meaning: e.text(v.Meaning()),
		what: e.text(says.What), notice: e.text(says.Notices), do: e.text(says.Do),
		code: e.once(prose.PlainLines(says.Code)),
	}
	for _, note := range says.Notes {
		s.notes = append(s.notes, e.text(note))
	}
	s.table = e.tableOf(v)
	return s
}

// tableOf returns the table, or one like it that is there already.
func (e *Explanations) tableOf(v *sidebyside.View) *shownTable {
	blocks := v.Blocks()
	if len(blocks) == 0 {
		return nil
	}
	t := &shownTable{Unreached: e.text(v.Unreached(blocks))}
	for i := 0; i < len(blocks); {
		if n := sidebyside.HiddenBlocks(blocks[i:]); n > 0 {
			t.Tasks = append(t.Tasks, shownTask{Heading: e.text(sidebyside.HiddenText(blocks[i : i+n]))})
			i += n
			continue
		}
		t.Tasks = append(t.Tasks, e.task(v, blocks[i]))
		i++
	}
	key, err := json.Marshal(t)
	if err != nil {
		return t // which is then shared with no other cell
	}
	if same := e.tables[string(key)]; same != nil {
		return same
	}
	e.tables[string(key)] = t
	return t
}

func (e *Explanations) task(v *sidebyside.View, block sidebyside.Block) shownTask {
	t := shownTask{Heading: e.text(block.Heading()), First: block.First}
	for i := 0; i < len(block.Lines); {
		n := i
		for n < len(block.Lines) && block.Hidden[n] {
			n++
		}
		if n > i {
			t.Lines = append(t.Lines, shownLine{Hidden: e.text(sidebyside.LeftOut(block.Lines[i:n]))})
			i = n
			continue
		}
		t.Lines = append(t.Lines, e.line(v, block.Lines[i]))
		i++
	}
	return t
}

func (e *Explanations) line(v *sidebyside.View, line sidebyside.Line) shownLine {
	s := shownLine{
		Mark: line.Mark, First: line.First, Event: line.Event,
		History: e.text(line.History), Code: e.text(line.Code), Source: e.text(line.Source),
	}
	for i, d := range line.Differences {
		if i == sidebyside.MostDifferences {
			s.Values = append(s.Values,
				shownValue{Field: e.text("… and " + prose.Plural(len(line.Differences)-i, "more difference"))})
			break
		}
		recorded, now := d.Recorded, d.Now
		if max(utf8.RuneCountInString(recorded), utf8.RuneCountInString(now)) > longestValue {
			recorded, now = sidebyside.Window(recorded, now, longestValue)
		}
		s.Values = append(s.Values,
			shownValue{e.text(v.Field(d)), e.text(sidebyside.Value(recorded)), e.text(sidebyside.Value(now)),
				e.text(v.Rule(d).Reason)})
	}
	return s
}

// longestValue is the number of characters of a value that the page has.
const longestValue = 2000

// text returns the text as it can be shown, and each one only once.
func (e *Explanations) text(text string) string {
	return e.once(prose.Plain(text))
}

// once returns a text like this one that is there already.
func (e *Explanations) once(text string) string {
	if same, ok := e.texts[text]; ok {
		return same
	}
	e.texts[text] = text
	return text
}
