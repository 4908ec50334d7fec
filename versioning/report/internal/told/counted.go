package told

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// counted are how many have the worst answer, of all.
type counted struct {
	by  map[finding.Answer]int
	all int
}

func (c *counted) add(a finding.Answer, n int) {
	if c.by == nil {
		c.by = map[finding.Answer]int{}
	}
	c.by[a] += n
	c.all += n
}

// transition counts the recordings of one.
func (c *counted) transition(t finding.Transition) {
	for _, g := range t.Groups {
		if hit := g.Open + g.Closed; hit > 0 {
			c.add(g.Answer, hit)
			c.add(finding.Safe, g.Recordings-hit)
			continue
		}
		c.add(g.Answer, g.Recordings)
	}
}

// text is "breaks 3 of 4", with the word for what is counted where that is not the recordings.
func (c *counted) text(worst finding.Answer, word string, short bool) string {
	if worst == finding.NotAsked {
		return "–"
	}
	text := map[finding.Answer]string{
		finding.Breaks: "breaks", finding.Changes: "changes", finding.Unknown: CannotTell,
		finding.Otherwise: "answers otherwise", finding.Doubted: "look at findings", finding.Safe: "safe",
	}[worst]
	n := c.by[worst]
	if n == 0 || worst == finding.Safe && word == "" {
		return text
	}
	if word != "" && !short {
		return fmt.Sprintf("%s: %s of %s", strings.TrimSuffix(text, " for"), prose.Thousands(n), prose.Plural(c.all, word))
	}
	if worst == finding.Unknown {
		text += " for"
	}
	return fmt.Sprintf("%s %s of %s", text, prose.Thousands(n), prose.Thousands(c.all))
}
