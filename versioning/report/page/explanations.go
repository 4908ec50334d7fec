package page

import (
	"encoding/json"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
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
	cells  map[string]*shown.Cell
	tables map[string]*shown.Table
	texts  map[string]string
}

// Take keeps what Write shows of the cell's Explanation, and sets the Explanation to nil. Take does
// not change a cell that has no Explanation.
func (e *Explanations) Take(c *matrix.Cell) {
	if c.Explanation == nil {
		return
	}
	e.Add(c.String(), shown.Of(*c))
	c.Explanation = nil
}

// Add keeps what is shown of the cell of that name, matrix.Cell.String: another process has explained it.
func (e *Explanations) Add(cell string, of shown.Cell) {
	if e.cells == nil {
		e.cells = map[string]*shown.Cell{}
	}
	e.cells[cell] = e.shared(of)
}

// shared has each text and each table only once.
func (e *Explanations) shared(c shown.Cell) *shown.Cell {
	if e.tables == nil {
		e.tables, e.texts = map[string]*shown.Table{}, map[string]string{}
	}
	for _, text := range []*string{&c.Place, &c.Meaning, &c.What, &c.Notices, &c.Do, &c.Code} {
		e.once(text)
	}
	for i := range c.Notes {
		e.once(&c.Notes[i])
	}
	if c.Table == nil {
		return &c
	}
	key, err := json.Marshal(c.Table)
	if err != nil {
		return &c // its table is then shared with no other cell
	}
	if same := e.tables[string(key)]; same != nil {
		c.Table = same
		return &c
	}
	e.tables[string(key)] = c.Table
	e.once(&c.Table.Unreached)
	for i := range c.Table.Tasks {
		task := &c.Table.Tasks[i]
		e.once(&task.Heading)
		for j := range task.Lines {
			line := &task.Lines[j]
			for _, text := range []*string{&line.Hidden, &line.History, &line.Code, &line.Source} {
				e.once(text)
			}
			for k := range line.Values {
				v := &line.Values[k]
				for _, text := range []*string{&v.Field, &v.Recorded, &v.Now, &v.Reason} {
					e.once(text)
				}
			}
		}
	}
	return &c
}

// once replaces the text by one like it that is there already.
func (e *Explanations) once(text *string) {
	if same, ok := e.texts[*text]; ok {
		*text = same
		return
	}
	e.texts[*text] = *text
}
