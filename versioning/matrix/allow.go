package matrix

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// AllowUse is a rule of Options.Allow with the number of cells in which it
// has allowed a difference.
type AllowUse struct {
	Rule  compare.Allow
	Cells int
}

// Allowed returns the rules in their order with how often they were used in the
// matrices. A rule that is never used allows what nobody has: it may be
// misspelled, or the difference is gone.
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

// Unused returns an *UnusedAllowError if rules are left over in matrices of which
// every cell was judged, else nil. Below the level compare.Values it says nothing: a
// rule can be for what is not compared there.
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
