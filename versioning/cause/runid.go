package cause

import (
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// serviceRunID is how a service writes a run ID. Another one is made up by somebody, and
// can be a part of any word.
var serviceRunID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// WithoutRunID replaces the run ID with RUN-ID in the user's names and values. The SDK makes the
// IDs of Child Workflows from the run ID, and every recording has another run ID. A run ID that
// does not look like a run ID of the Temporal Service stays.
func (c *Cause) WithoutRunID(run string) {
	if !serviceRunID.MatchString(run) {
		return
	}
	texts := []*string{}
	if p := c.Parting; p != nil {
		sides := []*compare.Side{p.Recorded, p.Now, p.Instead, p.Elsewhere}
		if p.Ends != nil {
			sides = append(sides, p.Ends.Recorded, p.Ends.Now)
		}
		for _, s := range sides {
			if s != nil {
				texts = append(texts, &s.Name, &s.To, &s.Error)
			}
		}
		if p.Difference != nil {
			texts = append(texts, &p.Difference.Path, &p.Difference.Recorded, &p.Difference.Now)
		}
	}
	if c.Value != nil {
		texts = append(texts, &c.Value.Recorded)
	}
	if c.Unstable != nil {
		texts = append(texts, &c.Unstable.Path)
	}
	if c.Failure != nil {
		texts = append(texts, &c.Failure.Text, &c.Failure.Subject)
	}
	if a := c.Ahead; a != nil {
		texts = append(texts, &a.Result, &a.Text, &a.Recorded, &a.Now)
	}
	for _, text := range texts {
		*text = strings.ReplaceAll(*text, run, "RUN-ID")
	}
}
