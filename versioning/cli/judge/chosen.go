package judge

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// chosen says which cell was taken, out of which, and what other arguments show. It is empty for a
// cell that was named.
type chosen struct {
	line   string
	others []string
}

// mostOthers is the number of other cells that are named.
const mostOthers = 3

// choice says which cell was taken.
func (c commands) choice(a asked, r ranked) (says chosen) {
	first := r.worst[0]
	count := shell.Counted(r.cells, "cell")
	switch {
	case r.cells == 1 && first.found != nil:
		says.line = fmt.Sprintf("%s: the only cell of %s (%s)", c.argument(first.place), a.of, first.why())
	case first.found != nil:
		says.line = fmt.Sprintf("%s: the worst of %s of %s (%s)", c.argument(first.place), count, a.of, first.why())
	case r.safe == 0:
		says.line = fmt.Sprintf("%s: none of the %s of %s breaks, and none proves anything; this one is next to %s",
			c.argument(first.place), count, a.of, c.newest(first))
	case r.safe < r.cells:
		says.line = fmt.Sprintf("%s: none of the %s of %s breaks, %d are safe; this one is next to %s",
			c.argument(first.place), count, a.of, r.safe, c.newest(first))
	default:
		says.line = fmt.Sprintf("%s: all %s of %s are safe; this one is next to %s",
			c.argument(first.place), count, a.of, c.newest(first))
	}
	says.others = c.others(a, r)
	return says
}

func (c commands) newest(of candidate) string {
	if of.family.Catalogue {
		return "the changes of " + of.family.Name
	}
	return "the newest stage, " + of.family.Stages[len(of.family.Stages)-1].Name
}

// others are the commands for the worst of each other family, or of each other finding if there is
// one family.
func (c commands) others(a asked, r ranked) (lines []string) {
	told := map[*versioning.Family]bool{r.worst[0].family: true}
	more := 0
	for _, other := range r.worst[1:] {
		argument := c.argument(other.place)
		if len(a.scopes) > 1 {
			if told[other.family] {
				continue
			}
			told[other.family] = true
			if a.scopes[0].names == nil {
				argument = prose.ShellWord(other.family.Name)
			}
		}
		if len(lines) == mostOthers {
			more++
			continue
		}
		lines = append(lines, fmt.Sprintf("%s explain %s  # %s", c.Name, argument, other.why()))
	}
	families := ""
	if len(a.scopes) < len(c.Families) {
		for _, s := range a.scopes {
			families += " " + prose.ShellWord(s.family.Name)
		}
	}
	text := "# all cells"
	if more > 0 {
		text = fmt.Sprintf("# %d more, and all cells", more)
	}
	return append(lines, fmt.Sprintf("%s matrix%s  %s", c.Name, families, text))
}

// text is what stands before the explanation.
func (says chosen) text() string {
	if says.line == "" {
		return ""
	}
	return says.line + "\nOthers:\n  " + strings.Join(says.others, "\n  ") + "\n\n"
}
