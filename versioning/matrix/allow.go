package matrix

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// AllowUse is a rule of Options.Allow. Cells is the number of cells in which the rule has allowed a
// difference.
type AllowUse struct {
	Rule  compare.Allow
	Cells int
}

// Allowed returns the rules in their order, with the number of cells that used each rule. An unused
// rule allows a difference that no cell has. The rule may be misspelled, or the difference is gone.
func Allowed(matrices ...*Matrix) (uses []AllowUse) {
	at := map[compare.Allow]int{}
	for _, m := range matrices {
		for _, rule := range m.Allow {
			if _, ok := at[rule]; !ok {
				at[rule] = len(uses)
				uses = append(uses, AllowUse{Rule: rule})
			}
		}
		for c := range m.Cells() {
			counted := map[compare.Allow]bool{}
			for _, a := range c.Allowed {
				if i, ok := at[a.Rule]; ok && !counted[a.Rule] {
					uses[i].Cells++
					counted[a.Rule] = true
				}
			}
		}
	}
	return uses
}

// An UnusedAllowError reports rules that no cell has used.
type UnusedAllowError struct{ Rules []compare.Allow }

func (e *UnusedAllowError) Error() string {
	paths := make([]string, len(e.Rules))
	for i, rule := range e.Rules {
		paths[i] = rule.String()
	}
	return fmt.Sprintf("no difference needs the allow rule %s: remove it, or spell the path as the report does",
		strings.Join(paths, ", "))
}

// Unused returns an *UnusedAllowError if there are rules that no cell has used, else nil. The
// answer is reliable only if every cell was judged. Below the level compare.Values, Unused returns
// nil, because a rule can be about something that is not compared there.
func Unused(matrices ...*Matrix) error {
	e := &UnusedAllowError{}
	for _, m := range matrices {
		if !m.Level.Includes(compare.Values) {
			return nil
		}
	}
	for _, use := range Allowed(matrices...) {
		if use.Cells == 0 {
			e.Rules = append(e.Rules, use.Rule)
		}
	}
	if len(e.Rules) == 0 {
		return nil
	}
	return e
}
